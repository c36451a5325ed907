//! Vietnamese text: NFC, folding of blanks and dashes, comparing keys, well-formed syllables. The text itself is never
//! changed by a key. Called for every cell of a workbook, so plain ASCII and text that is already in order take a
//! short way.

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// Whether a text has control characters other than tabs and line breaks: no field of ours holds them.
pub fn has_control(text: &str) -> bool {
    text.chars().any(|c| c.is_control() && !matches!(c, '\t' | '\n' | '\r'))
}

/// NFC, line breaks, non-breaking and zero-width blanks folded to one blank, ends trimmed. For display and storing.
///
/// The soft hyphen counts as a blank, as in Unicode text it is one to the eye; text in TCVN3 (where it is the letter
/// ư) must be converted first.
pub fn tidy(text: &str) -> String {
    if text.chars().all(is_usual) || is_nfc_quick(text.chars()) == IsNormalized::Yes {
        fold_blanks(text.chars(), text.len())
    } else {
        fold_blanks(text.nfc(), text.len())
    }
}

fn fold_blanks(chars: impl Iterator<Item = char>, capacity: usize) -> String {
    let mut tidy = String::with_capacity(capacity);
    for c in chars {
        if !is_blank(c) {
            tidy.push(c);
        } else if !tidy.is_empty() && !tidy.ends_with(' ') {
            tidy.push(' ');
        }
    }
    tidy.truncate(tidy.trim_end_matches(' ').len());
    tidy
}

/// Whether the character is empty space to the eye, zero-width ones and the soft hyphen included.
pub fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' | '\u{ad}')
}

/// Whether the character is one of the dashes that people and word processors write for each other.
pub fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}')
}

/// Comparing key that keeps diacritics: case folded, one kind of dash without blanks beside it, the place of the tone
/// mark ignored (hoà = hòa, thuý = thúy, khoẻ = khỏe; not after q), i/y as the only vowel alike (Mỹ = Mĩ), ð = đ.
pub fn key(text: &str) -> String {
    if text.chars().all(is_usual) {
        return fold_words(Tidied::new(text), text.len());
    }
    let lower = tidy(text).to_lowercase();
    fold_words(lower.chars(), lower.len())
}

fn fold_words(lower: impl Iterator<Item = char>, capacity: usize) -> String {
    let mut key = String::with_capacity(capacity);
    let mut chars = lower.peekable();
    let (mut before, mut last) = (' ', ' ');
    while let Some(c) = chars.next() {
        let next = chars.peek().copied().unwrap_or(' ');
        if is_dash(c) {
            key.truncate(key.trim_end_matches(' ').len());
            key.push('-');
            (before, last) = (last, '-');
            continue;
        }
        if c == ' ' && last == '-' {
            continue;
        }
        let after_q = last == 'q';
        let folded = match (c, moved_tone(c, next)) {
            (_, Some((first, second))) if !after_q => {
                chars.next();
                key.push(first);
                last = first;
                second
            }
            ('ð', _) => 'đ',
            _ if is_lone_y(c, (before, last), next) => i_for_y(c),
            _ => c,
        };
        key.push(folded);
        (before, last) = (last, folded);
    }
    key
}

/// Whether a character is one of those that nearly all texts are made of: ASCII, composed Latin and Vietnamese letters,
/// the usual dashes and quotes. Such characters are in NFC and have one lower-case form of one character, so that a text
/// of them takes the short way.
pub fn is_usual(c: char) -> bool {
    c.is_ascii()
        || matches!(c, '\u{a0}'..='\u{12f}' | '\u{131}'..='\u{1b0}' | '\u{1ea0}'..='\u{1ef9}' | '\u{2010}'..='\u{2026}')
}

/// The lower-case form of a usual character ([`is_usual`]).
pub fn lower(c: char) -> char {
    match c {
        '\u{0}'..='\u{7f}' => c.to_ascii_lowercase(),
        'à'..='ÿ' | 'ă' | 'đ' | 'ĩ' | 'ũ' | 'ơ' | 'ư' => c,
        // Capital and small letters alternate; the small ones have the odd numbers.
        'Ạ'..='ỹ' => char::from_u32(u32::from(c) | 1).unwrap_or(c),
        _ => c.to_lowercase().next().unwrap_or(c),
    }
}

/// A text of usual characters, tidied and in lower case, character by character.
struct Tidied<'t> {
    rest: std::str::Chars<'t>,
    ahead: Option<char>,
    begun: bool,
}

impl<'t> Tidied<'t> {
    fn new(text: &'t str) -> Tidied<'t> {
        Tidied { rest: text.chars(), ahead: None, begun: false }
    }
}

impl Iterator for Tidied<'_> {
    type Item = char;

    fn next(&mut self) -> Option<char> {
        if let Some(ahead) = self.ahead.take() {
            return Some(ahead);
        }
        let c = self.rest.next()?;
        if !is_blank(c) {
            self.begun = true;
            return Some(lower(c));
        }
        let after = lower(self.rest.by_ref().find(|c| !is_blank(*c))?);
        if !self.begun {
            self.begun = true;
            return Some(after);
        }
        self.ahead = Some(after);
        Some(' ')
    }
}

/// The old place of a tone mark (hòa) moved to the new one (hoà): the two letters to write instead.
fn moved_tone(c: char, next: char) -> Option<(char, char)> {
    let moved = match (c, next) {
        ('ò', 'a') => ('o', 'à'),
        ('ó', 'a') => ('o', 'á'),
        ('ỏ', 'a') => ('o', 'ả'),
        ('õ', 'a') => ('o', 'ã'),
        ('ọ', 'a') => ('o', 'ạ'),
        ('ò', 'e') => ('o', 'è'),
        ('ó', 'e') => ('o', 'é'),
        ('ỏ', 'e') => ('o', 'ẻ'),
        ('õ', 'e') => ('o', 'ẽ'),
        ('ọ', 'e') => ('o', 'ẹ'),
        ('ù', 'y') => ('u', 'ỳ'),
        ('ú', 'y') => ('u', 'ý'),
        ('ủ', 'y') => ('u', 'ỷ'),
        ('ũ', 'y') => ('u', 'ỹ'),
        ('ụ', 'y') => ('u', 'ỵ'),
        _ => return None,
    };
    Some(moved)
}

/// Whether `c` is a y that ends its syllable as the only vowel (mỹ, lý, quy; not tay, thuý), where i is written too.
fn is_lone_y(c: char, (before, last): (char, char), next: char) -> bool {
    if !matches!(c, 'y' | 'ý' | 'ỳ' | 'ỷ' | 'ỹ' | 'ỵ') || next.is_alphanumeric() {
        return false;
    }
    // Any u, so that the plain key of a misspelt "qữỵ" is a key too.
    match base_letter(last) {
        'u' => before == 'q',
        _ => last.is_alphabetic() && !is_vowel(last),
    }
}

fn i_for_y(y: char) -> char {
    match y {
        'ý' => 'í',
        'ỳ' => 'ì',
        'ỷ' => 'ỉ',
        'ỹ' => 'ĩ',
        'ỵ' => 'ị',
        _ => 'i',
    }
}

fn is_vowel(lower: char) -> bool {
    matches!(base_letter(lower), 'a' | 'e' | 'i' | 'o' | 'u' | 'y')
}

/// Comparing key without diacritics (đ = d): for headings, aliases typed without accents, search columns.
pub fn plain_key(text: &str) -> String {
    let key = key(text);
    if key.is_ascii() {
        return key;
    }
    let mut plain = String::with_capacity(key.len());
    for c in key.chars() {
        without_marks(c, |c| plain.push(c));
    }
    plain
}

/// Hands over what is left of a character of a key without hat, horn and tone: mostly one letter.
pub fn without_marks(c: char, mut take: impl FnMut(char)) {
    match base_letter(c) {
        base if base.is_ascii() => take(base),
        // A letter that is not Vietnamese: its own decomposition without marks.
        _ => [c].into_iter().nfd().filter(|c| !is_mark(*c)).for_each(take),
    }
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

/// The letter without hat, horn and tone, for lower-case Vietnamese letters; any other character as it is.
pub fn base_letter(lower: char) -> char {
    match lower {
        'à' | 'á' | 'â' | 'ã' | 'ă' => 'a',
        'è' | 'é' | 'ê' => 'e',
        'ì' | 'í' | 'ĩ' | 'ỉ' | 'ị' => 'i',
        'ò' | 'ó' | 'ô' | 'õ' | 'ơ' => 'o',
        'ù' | 'ú' | 'ũ' | 'ư' => 'u',
        'ý' | 'ỳ' | 'ỵ' | 'ỷ' | 'ỹ' => 'y',
        'đ' | 'ð' => 'd',
        // From U+1EA0 on, capital and small letters alternate; the capitals have the even numbers.
        'Ạ'..='ự' if u32::from(lower).is_multiple_of(2) => lower,
        'ạ'..='ặ' => 'a',
        'ẹ'..='ệ' => 'e',
        'ọ'..='ợ' => 'o',
        'ụ'..='ự' => 'u',
        other => other,
    }
}

/// The words of a text: runs of letters, digits and combining marks, in order.
pub fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && !is_mark(c)).filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn tidy_folds_blanks_and_composes() {
        for (raw, want) in [
            ("  Sở\u{a0}TTTT \n tỉnh\t", "Sở TTTT tỉnh"),
            ("Tie\u{302}\u{301}n đo\u{323}\u{302}", "Tiến độ"),
            ("a\u{200b}b\u{feff}", "a b"),
            ("\r\n", ""),
            ("", ""),
            ("plain ascii", "plain ascii"),
        ] {
            assert_eq!(tidy(raw), want, "{raw:?}");
        }
    }

    #[test]
    fn keys_treat_spellings_of_the_same_word_alike() {
        for (one, other) in [
            ("Hoà Bình", "Hòa bình"),
            ("Thuý", "thúy"),
            ("KHOẺ", "khỏe"),
            ("Hòang", "Hoàng"),
            ("Hùynh", "huỳnh"),
            ("Mỹ", "Mĩ"),
            ("kỹ thuật", "kĩ thuật"),
            ("Quý II", "quí ii"),
            ("quy định", "qui định"),
            ("Bà Rịa – Vũng Tàu", "Bà Rịa-Vũng Tàu"),
            ("Thi đua — Khen thưởng", "thi đua - khen thưởng"),
            ("Ðắk Lắk", "Đắk Lắk"),
            ("Cục\nTin\u{a0}học", "cục tin học"),
        ] {
            assert_eq!(key(one), key(other), "{one} / {other}");
        }
    }

    #[test]
    fn keys_keep_different_words_apart() {
        for (one, other) in [
            ("thúy", "thúi"),
            ("tay", "tai"),
            ("hòa", "hóa"),
            ("quá", "qúa"),
            ("ma", "má"),
            ("đa", "da"),
            ("Hà Nam", "Hà Nôm"),
            ("giá", "gía"),
        ] {
            assert_ne!(key(one), key(other), "{one} / {other}");
        }
    }

    #[test]
    fn plain_keys_have_no_diacritics() {
        for (raw, want) in [
            ("Đắk Lắk", "dak lak"),
            ("Thừa Thiên – Huế", "thua thien-hue"),
            ("TRƯỚC 30/6/2020", "truoc 30/6/2020"),
            ("Quý II/2020", "qui ii/2020"),
            ("ẶẸỊỌỤỲ ậệỵ", "aeiouy aey"),
            ("Ðiện", "dien"),
            ("café Zürich", "cafe zurich"),
        ] {
            assert_eq!(plain_key(raw), want, "{raw}");
        }
    }

    #[test]
    fn words_are_runs_of_letters_and_digits() {
        let found: Vec<&str> = words("Số 12/KH-UBND, ngày 30/6.").collect();
        assert_eq!(found, ["Số", "12", "KH", "UBND", "ngày", "30", "6"]);
    }

    const LETTERS: &str = "[ -~ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵĂÂĐÊÔƠƯÁẠẮỘỜỨÝðÐ\u{a0}–—\u{ad}\u{200b}]{0,40}";

    proptest! {
        #[test]
        fn a_key_of_a_key_is_itself(text in LETTERS) {
            prop_assert_eq!(key(&key(&text)), key(&text));
            prop_assert_eq!(plain_key(&plain_key(&text)), plain_key(&text));
            prop_assert_eq!(plain_key(&key(&text)), plain_key(&text));
            prop_assert_eq!(tidy(&tidy(&text)), tidy(&text));
        }

        #[test]
        fn normal_forms_have_the_same_keys(text in LETTERS) {
            let decomposed: String = text.nfd().collect();
            prop_assert_eq!(tidy(&decomposed), tidy(&text));
            prop_assert_eq!(key(&decomposed), key(&text));
            prop_assert_eq!(plain_key(&decomposed), plain_key(&text));
        }

        #[test]
        fn plain_keys_of_vietnamese_are_ascii(text in "[a-zăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ ]{0,40}") {
            prop_assert!(plain_key(&text).is_ascii());
        }

        #[test]
        fn the_short_way_and_the_long_way_lead_to_the_same_key(text in LETTERS) {
            let lower = tidy(&text).to_lowercase();
            prop_assert_eq!(fold_words(lower.chars(), 0), key(&text));
            let folded = fold_blanks(text.nfc(), 0);
            prop_assert_eq!(folded, tidy(&text));
        }

        #[test]
        fn any_text_has_a_key(text in any::<String>()) {
            let _ = (key(&text), plain_key(&text), tidy(&text));
        }
    }
}
