//! Texts of old files are bytes of some code page. Which one, the file says, the fonts say, and the words say: a program on
//! a Vietnamese Windows writes code page 1258 and often names none, or names 1252; the fonts of TCVN3 and VNI want their
//! bytes as 1252 shows them, whatever the file says.

use std::borrow::Cow;

use encoding_rs::{
    BIG5, EUC_KR, Encoding, GBK, IBM866, MACINTOSH, SHIFT_JIS, UTF_8, WINDOWS_874, WINDOWS_1250,
    WINDOWS_1251, WINDOWS_1252, WINDOWS_1253, WINDOWS_1254, WINDOWS_1255, WINDOWS_1256, WINDOWS_1257,
    WINDOWS_1258,
};
use unicode_normalization::UnicodeNormalization;

use crate::domain::legacy_text::{self, detect, share_wellformed};

/// What the font of a cell says about its bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Charset {
    /// Nothing: they are in the code page of the file.
    OfFile,
    /// A font of TCVN3 (`.VnTime`) or VNI: bytes as 1252 shows them; a later phase knows what they mean.
    Legacy,
    /// The font is set to Vietnamese: code page 1258.
    Vietnamese,
}

impl Charset {
    /// By the font's name and its number of a character set (Excel 5 and later).
    pub(super) fn of_font(name: &str, number: u8) -> Self {
        const VIETNAMESE: u8 = 163;
        let name = name.trim_start().to_ascii_lowercase();
        match number {
            _ if name.starts_with(".vn") || name.starts_with("vni") => Charset::Legacy,
            VIETNAMESE => Charset::Vietnamese,
            _ => Charset::OfFile,
        }
    }
}

/// The code page of a file.
#[derive(Clone, Copy, Debug)]
pub(super) struct CodePage(&'static Encoding);

impl CodePage {
    /// The code page that the file names, unless its words are plainly of another one.
    pub(super) fn of(declared: Option<u16>, labels: &[&[u8]]) -> Self {
        let named = CodePage(declared.and_then(encoding).unwrap_or(WINDOWS_1252));
        let western = CodePage(WINDOWS_1252).all(labels);
        if detect(western.iter().map(|text| &**text)) != legacy_text::Encoding::Unicode {
            return CodePage(WINDOWS_1252);
        }
        let share = |page: CodePage| share_wellformed(page.all(labels).iter().map(|text| &**text));
        let as_named = share(named);
        let better = |page: &CodePage| {
            let share = share(*page);
            share >= legacy_text::ENOUGH && share - as_named >= legacy_text::CLEAR_GAIN
        };
        let utf8 = labels.iter().all(|label| std::str::from_utf8(label).is_ok());
        let others = [utf8.then_some(UTF_8), Some(WINDOWS_1258)];
        others.into_iter().flatten().map(CodePage).find(better).unwrap_or(named)
    }

    /// The text of these bytes in a cell with such a font.
    pub(super) fn text(self, bytes: &[u8], charset: Charset) -> Cow<'_, str> {
        let encoding = match charset {
            Charset::OfFile => self.0,
            Charset::Legacy => WINDOWS_1252,
            Charset::Vietnamese if self.0 == UTF_8 => UTF_8,
            Charset::Vietnamese => WINDOWS_1258,
        };
        // Some programs end their texts with NUL, as C does.
        let length = bytes.iter().rposition(|byte| *byte != 0).map_or(0, |last| last + 1);
        let (text, _) = encoding.decode_without_bom_handling(&bytes[..length]);
        // Windows-1258 writes tone marks as characters of their own; the text is the same composed.
        if encoding == WINDOWS_1258 && !text.is_ascii() { Cow::Owned(text.nfc().collect()) } else { text }
    }

    fn all<'b>(self, labels: &[&'b [u8]]) -> Vec<Cow<'b, str>> {
        labels.iter().map(|label| self.text(label, Charset::OfFile)).collect()
    }
}

/// The encoding of a code page number; none for those of DOS that no Windows program wrote.
fn encoding(number: u16) -> Option<&'static Encoding> {
    Some(match number {
        866 => IBM866,
        874 => WINDOWS_874,
        932 => SHIFT_JIS,
        936 => GBK,
        949 => EUC_KR,
        950 => BIG5,
        1250 => WINDOWS_1250,
        1251 => WINDOWS_1251,
        1252 | 0x8001 => WINDOWS_1252,
        1253 => WINDOWS_1253,
        1254 => WINDOWS_1254,
        1255 => WINDOWS_1255,
        1256 => WINDOWS_1256,
        1257 => WINDOWS_1257,
        1258 => WINDOWS_1258,
        10_000 | 0x8000 => MACINTOSH,
        65_001 => UTF_8,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// "Sở Thông tin và Truyền thông" as code page 1258, TCVN3, VNI and UTF-8 write it.
    const WINDOWS: &[u8] = b"S\xF5\xD2 Th\xF4ng tin v\xE0 Truy\xEA\xCCn th\xF4ng";
    const TCVN3: &[u8] = b"S\xEB Th\xABng tin v\xB5 Truy\xD2n th\xABng";
    const VNI: &[u8] = b"S\xF4\xFB Tho\xE2ng tin va\xF8 Truye\xE0n tho\xE2ng";
    const UTF8: &[u8] = "Sở Thông tin và Truyền thông".as_bytes();

    #[test]
    fn the_words_tell_the_code_page_where_the_file_does_not() {
        let unicode = "Sở Thông tin và Truyền thông";
        let tcvn3 = "Së Th«ng tin vµ TruyÒn th«ng";
        let vni = "Sôû Thoâng tin vaø Truyeàn thoâng";
        for (declared, label, text) in [
            (Some(1258), WINDOWS, unicode),
            (Some(1252), WINDOWS, unicode),
            (None, WINDOWS, unicode),
            (Some(437), WINDOWS, unicode),
            (Some(1252), TCVN3, tcvn3),
            (Some(1258), TCVN3, tcvn3),
            (None, TCVN3, tcvn3),
            (Some(1258), VNI, vni),
            (Some(1252), VNI, vni),
            (None, UTF8, unicode),
            (Some(65_001), UTF8, unicode),
            (None, b"caf\xE9 cr\xE8me", "café crème"),
            (Some(1251), b"\xCF\xEB\xE0\xED", "План"),
            (None, b"plain\0", "plain"),
        ] {
            let page = CodePage::of(declared, &[label]);
            assert_eq!(page.text(label, Charset::OfFile), text, "{declared:?} {label:?}");
        }
    }

    #[test]
    fn a_font_knows_better_than_the_file() {
        assert_eq!(Charset::of_font(".VnTimeH", 0), Charset::Legacy);
        assert_eq!(Charset::of_font("VNI-Times", 163), Charset::Legacy);
        assert_eq!(Charset::of_font("Times New Roman", 163), Charset::Vietnamese);
        assert_eq!(Charset::of_font("Times New Roman", 0), Charset::OfFile);
        let page = CodePage::of(Some(1258), &[WINDOWS]);
        assert_eq!(page.text(TCVN3, Charset::Legacy), "Së Th«ng tin vµ TruyÒn th«ng");
        let page = CodePage::of(Some(1252), &[TCVN3]);
        assert_eq!(page.text(WINDOWS, Charset::Vietnamese), "Sở Thông tin và Truyền thông");
    }
}
