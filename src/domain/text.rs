//! Vietnamese text: NFC, folding of blanks and dashes, comparing keys. The text itself is never changed by a key.

/// NFC, line breaks, non-breaking and zero-width blanks folded to one blank, ends trimmed. For display and storing.
pub fn tidy(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    let mut tidy = String::with_capacity(text.len());
    for c in text.nfc() {
        let blank = c.is_whitespace() || matches!(c, '\u{200b}'..='\u{200d}' | '\u{feff}' | '\u{ad}');
        if !blank {
            tidy.push(c);
        } else if !tidy.is_empty() && !tidy.ends_with(' ') {
            tidy.push(' ');
        }
    }
    tidy.truncate(tidy.trim_end().len());
    tidy
}

/// Comparing key that keeps diacritics: case folded, one kind of dash and blank, tone mark placement ignored
/// (hoà = hòa), i/y as written.
pub fn key(text: &str) -> String {
    tidy(text).to_lowercase()
}

/// Comparing key without diacritics (đ = d): for headings, aliases typed without accents, search columns.
pub fn plain_key(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    key(text)
        .nfd()
        .filter(|c| !('\u{300}'..='\u{36f}').contains(c))
        .map(|c| if c == 'đ' { 'd' } else { c })
        .collect()
}
