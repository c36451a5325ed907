//! Legacy Vietnamese encodings in Unicode cells: TCVN3 (ABC) and VNI, recognised by scoring whole columns.
//!
//! "Contains Vietnamese letters" says nothing: 15 of the 74 TCVN3 codes and 11 VNI marks are Vietnamese letters
//! themselves. What tells is the share of well-formed syllables before and after conversion. The tables are
//! `seeds/vocabulary/tcvn3.csv` and `vni.csv`.

use std::collections::HashMap;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;

use super::syllable::{Tone, is_wellformed, split_tone};
use super::text::is_dash;

/// How text is stored in a column or workbook.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Encoding {
    /// Unicode, any normal form.
    Unicode,
    /// TCVN 5712:1993, fonts `.Vn…`; ư is U+00AD.
    Tcvn3,
    /// VNI-Windows, fonts `VNI-…`.
    Vni,
}

/// A conversion is believed when at least this share of the marked words becomes well-formed ...
pub const ENOUGH: f64 = 0.7;
/// ... and at least this much more of them than before.
pub const CLEAR_GAIN: f64 = 0.3;
/// After so many marked words the verdict does not change any more; the rest of a long column is not read.
const SAMPLE: u32 = 2_000;

/// The encoding of a run of cells that belong together (a column, a sheet), by the share of well-formed Vietnamese
/// syllables before and after conversion. The cells must be as stored: folding blanks would drop the TCVN3 letter ư.
pub fn detect<'a>(cells: impl Iterator<Item = &'a str>) -> Encoding {
    let mut score = Score::default();
    for word in cells.flat_map(marked_words).take(SAMPLE as usize) {
        score.count(word);
    }
    score.verdict()
}

/// The share of marked words that are well-formed Vietnamese syllables as they stand; 0 when there are none.
pub fn share_wellformed<'a>(cells: impl Iterator<Item = &'a str>) -> f64 {
    let mut score = Score::default();
    for word in cells.flat_map(marked_words).take(SAMPLE as usize) {
        score.count(word);
    }
    f64::from(score.unicode) / f64::from(score.words.max(1))
}

#[derive(Default)]
struct Score {
    words: u32,
    unicode: u32,
    tcvn3: u32,
    vni: u32,
}

impl Score {
    fn count(&mut self, word: &str) {
        self.words += 1;
        // ð and Ð stand for đ and Đ in text from broken converters (see `repair_eth`); they are no sign of TCVN3.
        let composed: String = word.nfc().map(|c| if matches!(c, 'ð' | 'Ð') { 'đ' } else { c }).collect();
        self.unicode += u32::from(is_wellformed(&composed));
        if word.chars().all(|c| u32::from(c) <= 0xff) {
            self.tcvn3 += u32::from(is_wellformed(&from_tcvn3(word)));
            self.vni += u32::from(is_wellformed(&from_vni(word)));
        }
    }

    fn verdict(&self) -> Encoding {
        if self.words == 0 {
            return Encoding::Unicode;
        }
        let share = |count: u32| f64::from(count) / f64::from(self.words);
        let (encoding, best) =
            if self.vni > self.tcvn3 { (Encoding::Vni, self.vni) } else { (Encoding::Tcvn3, self.tcvn3) };
        if share(best) >= ENOUGH && share(best) - share(self.unicode) >= CLEAR_GAIN {
            encoding
        } else {
            Encoding::Unicode
        }
    }
}

/// Words with at least one letter beyond ASCII. Words with digits and single signs (×, ·, µ) prove nothing.
fn marked_words(cell: &str) -> impl Iterator<Item = &str> {
    cell.split(|c: char| {
        c.is_ascii_punctuation()
            || is_dash(c)
            || matches!(c, '“' | '”' | '‘' | '’' | '…')
            || is_stored_blank(c)
    })
    .filter(|word| {
        !word.is_ascii() && !word.contains(|c: char| c.is_ascii_digit()) && word.chars().nth(1).is_some()
    })
}

/// A blank that is no letter in any encoding: the soft hyphen is ư in TCVN3.
fn is_stored_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200b}'..='\u{200d}' | '\u{feff}')
}

/// The text in Unicode NFC. `upper` when the font name ends in H (TCVN3 capitals are a matter of the font). A cell
/// that holds letters which the encoding does not have was typed in Unicode and stays as it is.
pub fn convert(text: &str, encoding: Encoding, upper: bool) -> String {
    let typed_in_unicode = text.chars().any(|c| c.is_alphabetic() && u32::from(c) > 0xff);
    let converted = match encoding {
        Encoding::Tcvn3 if !typed_in_unicode => from_tcvn3(text),
        Encoding::Vni if !typed_in_unicode => from_vni(text),
        Encoding::Unicode | Encoding::Tcvn3 | Encoding::Vni => text.nfc().collect(),
    };
    if upper { converted.to_uppercase() } else { converted }
}

/// The pairs of a table: the stored characters and the letter they mean. A line that is none is left out; a test
/// counts them.
fn pairs(table: &'static str) -> impl Iterator<Item = (Vec<char>, char)> {
    table.lines().filter_map(|line| {
        let (stored, letter) = line.split_once(',')?;
        let stored = stored.split(' ').map(code_point).collect::<Option<Vec<char>>>()?;
        Some((stored, letter.chars().next()?))
    })
}

fn code_point(written: &str) -> Option<char> {
    u32::from_str_radix(written.strip_prefix("U+")?, 16).ok().and_then(char::from_u32)
}

static TCVN3: LazyLock<HashMap<char, char>> = LazyLock::new(|| {
    pairs(include_str!("../../seeds/vocabulary/tcvn3.csv"))
        .filter_map(|(stored, letter)| Some((*stored.first()?, letter)))
        .collect()
});

static VNI: LazyLock<HashMap<(char, Option<char>), char>> = LazyLock::new(|| {
    pairs(include_str!("../../seeds/vocabulary/vni.csv"))
        .filter_map(|(stored, letter)| Some(((*stored.first()?, stored.get(1).copied()), letter)))
        .collect()
});

fn from_tcvn3(text: &str) -> String {
    let mut unicode = String::with_capacity(text.len());
    for stored in text.chars() {
        let letter = TCVN3.get(&stored).copied().unwrap_or(stored);
        let (bare, tone) = split_tone(letter);
        let capital = unicode.chars().next_back().filter(|last| last.is_uppercase());
        // Some converters write a capital with tone as the capital and the small letter: "A¸" is Á.
        if tone != Tone::Level && capital.is_some_and(|last| last.to_lowercase().eq([bare])) {
            unicode.pop();
            unicode.extend(letter.to_uppercase());
        } else {
            unicode.push(letter);
        }
    }
    unicode
}

fn from_vni(text: &str) -> String {
    let mut unicode = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(first) = chars.next() {
        // Longest first: "aù" is á before "a" stays a.
        if let Some(letter) = VNI.get(&(first, chars.peek().copied())) {
            chars.next();
            unicode.push(*letter);
        } else {
            unicode.push(VNI.get(&(first, None)).copied().unwrap_or(first));
        }
    }
    unicode
}

/// Text with ð and Ð (U+00F0, U+00D0) where đ and Đ are meant, mended; none when there is nothing to mend.
///
/// Only for text known to be Unicode: in TCVN3 Ð is the letter é. Mended are texts with letters that only Vietnamese
/// has, words that become well-formed syllables, and capital abbreviations (QÐ, NÐ-CP); Icelandic stays.
pub fn repair_eth(text: &str) -> Option<String> {
    if !text.contains(['ð', 'Ð']) {
        return None;
    }
    let vietnamese = text.nfc().any(is_vietnamese_only);
    let mut mended = String::with_capacity(text.len());
    for piece in text.split_inclusive(|c: char| !c.is_alphabetic()) {
        let with_d = piece.replace('ð', "đ").replace('Ð', "Đ");
        let word: String = with_d.trim_end_matches(|c: char| !c.is_alphabetic()).nfc().collect();
        let abbreviation = word.chars().all(|c| c.is_ascii_uppercase() || c == 'Đ');
        mended.push_str(if vietnamese || abbreviation || is_wellformed(&word) { &with_d } else { piece });
    }
    (mended != text).then_some(mended)
}

fn is_vietnamese_only(c: char) -> bool {
    matches!(c, 'ă' | 'Ă' | 'ơ' | 'Ơ' | 'ư' | 'Ư' | 'đ' | 'Đ' | '\u{1ea0}'..='\u{1ef9}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(cells: &[&str]) -> Encoding {
        detect(cells.iter().copied())
    }

    #[test]
    fn the_tables_are_whole() {
        assert_eq!((TCVN3.len(), VNI.len()), (74, 134));
    }

    #[test]
    fn legacy_columns_are_recognised() {
        for (cells, want) in [
            (&["TiÕng ViÖt cã 29 ch÷ c¸i"][..], Encoding::Tcvn3),
            (&["Së Th«ng tin vµ TruyÒn th«ng tØnh Lµo Cai", "§ang thùc hiÖn", "", "TTTT"], Encoding::Tcvn3),
            (&["Th\u{ad}êng xuyªn", "trong n¨m 2020"], Encoding::Tcvn3),
            (&["Së"], Encoding::Tcvn3),
            (&["Tieáng Vieät coù 29 chöõ caùi"], Encoding::Vni),
            (&["Sôû Thoâng tin vaø Truyeàn thoâng", "Ñang thöïc hieän"], Encoding::Vni),
        ] {
            assert_eq!(of(cells), want, "{cells:?}");
        }
    }

    #[test]
    fn other_columns_stay_as_they_are() {
        for cells in [
            &["Đang thực hiện", "Đã hoàn thành", "Chưa thực hiện"][..],
            &["Hà", "Bình", "Ninh", "hoà", "tàu", "có", "là"],
            &["Ðang thực hiện", "Ðã có", "ðã"],
            &["Tie\u{302}\u{301}ng Vie\u{323}\u{302}t", "hoa\u{300}n tha\u{300}nh"],
            &["café", "résumé", "naïve", "São Paulo", "Müller", "José"],
            &["×", "× ", "·", "µ", "5÷10", "½", "10×20", "±5%", "25°C", "m²"],
            &["Progress report", "100", "30/6/2020", "TTTT-CNTT"],
            &["«Chuyển đổi số»", "Windows®", "© Bộ TTTT", "§ 5"],
            &["há", "hí", "hô", "xà", "mì", "bé", "đò"],
            &[],
        ] {
            assert_eq!(of(cells), Encoding::Unicode, "{cells:?}");
        }
    }

    #[test]
    fn stored_text_becomes_unicode() {
        for (stored, encoding, upper, want) in [
            ("TiÕng ViÖt cã 29 ch÷ c¸i", Encoding::Tcvn3, false, "Tiếng Việt có 29 chữ cái"),
            ("Th\u{ad}êng xuyªn", Encoding::Tcvn3, false, "Thường xuyên"),
            ("b¸o c¸o tiÕn ®é", Encoding::Tcvn3, true, "BÁO CÁO TIẾN ĐỘ"),
            ("A¸ ¢Ê £Õ ¦\u{f8} N¦íC", Encoding::Tcvn3, false, "Á Ấ Ế Ứ NƯớC"),
            ("Tieáng Vieät coù 29 chöõ caùi", Encoding::Vni, false, "Tiếng Việt có 29 chữ cái"),
            ("ÑAÕ HOAØN THAØNH", Encoding::Vni, false, "ĐÃ HOÀN THÀNH"),
            ("Đã hoàn thành", Encoding::Tcvn3, false, "Đã hoàn thành"),
            ("Vie\u{323}\u{302}t", Encoding::Unicode, false, "Việt"),
            ("30/6/2020", Encoding::Tcvn3, false, "30/6/2020"),
        ] {
            assert_eq!(convert(stored, encoding, upper), want, "{stored}");
        }
    }

    #[test]
    fn eth_is_mended_in_vietnamese_only() {
        for (text, want) in [
            ("Ðang\u{a0}thực hiện", Some("Đang\u{a0}thực hiện")),
            ("Ðã", Some("Đã")),
            ("ðiều ðộng", Some("điều động")),
            ("Số 12/QÐ-UBND", Some("Số 12/QĐ-UBND")),
            ("Quyết định 5/QÐ-Ttg", Some("Quyết định 5/QĐ-Ttg")),
            ("það er", None),
            ("Đã xong", None),
        ] {
            assert_eq!(repair_eth(text).as_deref(), want, "{text}");
        }
    }
}
