//! What the letters of symbol fonts look like: a ü in Wingdings is a tick. Only signs that people put in place of an answer.

/// Whether the letters of a font are signs.
pub fn is_of_signs(font: &str) -> bool {
    signs(font).is_some()
}

fn signs(font: &str) -> Option<&'static [(char, char)]> {
    match font.trim().to_lowercase().as_str() {
        "wingdings" => Some(&WINGDINGS),
        "wingdings 2" => Some(&WINGDINGS_2),
        "webdings" => Some(&WEBDINGS),
        "marlett" => Some(&MARLETT),
        "symbol" => Some(&SYMBOL),
        _ => None,
    }
}

/// The sign that a character shows in a font; none when the font has letters.
pub fn shown(font: &str, c: char) -> Option<char> {
    let signs = signs(font)?;
    // Excel may store the place of a sign in the private area of Unicode.
    let code = u32::from(c);
    let plain = if (0xf020..=0xf0ff).contains(&code) { char::from_u32(code - 0xf000)? } else { c };
    signs.iter().find(|(letter, _)| *letter == plain).map(|(_, sign)| *sign)
}

static WINGDINGS: [(char, char); 17] = [
    ('ü', '✓'),
    ('û', '✗'),
    ('þ', '☑'),
    ('ý', '☒'),
    ('x', '☒'),
    ('¨', '☐'),
    ('o', '☐'),
    ('q', '☐'),
    ('p', '☐'),
    ('r', '☐'),
    ('n', '■'),
    ('l', '●'),
    ('m', '○'),
    ('¡', '○'),
    ('«', '★'),
    ('v', '◆'),
    ('u', '◆'),
];
static WINGDINGS_2: [(char, char); 8] =
    [('P', '✓'), ('O', '✗'), ('Q', '☒'), ('R', '☑'), ('S', '☒'), ('T', '☒'), ('£', '☐'), ('*', '☐')];
static WEBDINGS: [(char, char); 5] = [('a', '✓'), ('r', '✗'), ('c', '☐'), ('g', '■'), ('n', '●')];
static MARLETT: [(char, char); 5] = [('a', '✓'), ('b', '✓'), ('r', '✗'), ('h', '●'), ('n', '●')];
static SYMBOL: [(char, char); 4] = [('Ö', '√'), ('·', '•'), ('´', '×'), ('*', '∗')];

#[cfg(test)]
mod tests {
    use super::shown;

    #[test]
    fn letters_of_symbol_fonts_are_signs() {
        for (font, letter, sign) in [
            ("Wingdings", 'ü', Some('✓')),
            ("Wingdings", '\u{f0fc}', Some('✓')),
            ("wingdings 2", 'P', Some('✓')),
            ("Webdings", 'a', Some('✓')),
            ("Marlett", 'b', Some('✓')),
            ("Symbol", 'Ö', Some('√')),
            ("Times New Roman", 'ü', None),
            ("Wingdings", 'Z', None),
        ] {
            assert_eq!(shown(font, letter), sign, "{font} {letter}");
        }
    }
}
