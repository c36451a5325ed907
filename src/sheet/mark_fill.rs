//! The colour of a cell that we marked. Nobody else uses these colours, so that a marked cell is known again by nothing
//! but its fill, whatever program saved the file in between and wherever the row has moved; and each says what colour of
//! the sender's it covers, so that a sheet whose colours mean something says the same with our marks as without.

use super::colour::Colour;
use crate::domain::finding::Severity;

/// A fill of ours. As red, green and blue: the high digits are the severity, the low digit of red the colour beneath, that
/// of green the fill that is kept, that of blue a check on the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MarkFill {
    /// The most severe finding of the cell.
    pub severity: Severity,
    /// The colour that the sender's own fill has for a reader.
    pub beneath: Option<Colour>,
    /// Which of the sender's fills of that colour lies beneath, in the list that our sheet of findings keeps; 0 when none
    /// is kept.
    pub kept: u8,
}

/// Every severity, with the high digits of its colour: light enough to print and to read black text on.
const BASES: [(Severity, [u8; 3]); 4] = [
    (Severity::Info, [0xD0, 0xF0, 0xF0]),
    (Severity::Warning, [0xF0, 0xF0, 0xC0]),
    (Severity::Ask, [0xF0, 0xE0, 0xD0]),
    (Severity::Error, [0xF0, 0xC0, 0xC0]),
];

impl MarkFill {
    /// The most fills of one colour that can be told apart.
    pub const MOST_KEPT: u8 = 15;

    /// The fill of a cell that has no colour of its own.
    pub fn plain(severity: Severity) -> MarkFill {
        MarkFill { severity, beneath: None, kept: 0 }
    }

    /// Red, green and blue in six digits: `FFC0CA`.
    pub fn rgb(self) -> String {
        let MarkFill { severity, beneath, kept } = self;
        let at = BASES.iter().position(|(known, _)| *known == severity).unwrap_or(0);
        let [red, green, blue] = BASES[at].1;
        let beneath = beneath.and_then(|colour| u8::try_from(colour.number() + 1).ok()).unwrap_or(0);
        let kept = kept.min(MarkFill::MOST_KEPT);
        let check = (1 + 3 * at + usize::from(beneath) + 9 * usize::from(kept)) & 15;
        format!("{:02X}{:02X}{:02X}", red + 15 - beneath, green + kept, usize::from(blue) + check)
    }

    /// The fill with this colour ("FFC0CA", with or without two digits of opacity before); none for a colour that is not
    /// exactly one of ours.
    pub fn of_rgb(text: &str) -> Option<MarkFill> {
        let digits = text.get(text.len().checked_sub(6)?..)?;
        let [_, red, green, blue] = u32::from_str_radix(digits, 16).ok()?.to_be_bytes();
        let high = [red, green, blue].map(|part| part & 0xF0);
        let severity = BASES.iter().find(|(_, base)| *base == high)?.0;
        let beneath = match 15 - (red & 0x0F) {
            0 => None,
            number => Some(Colour::numbered(u32::from(number) - 1)?),
        };
        let mark = MarkFill { severity, beneath, kept: green & 0x0F };
        (mark.rgb() == digits.to_uppercase()).then_some(mark)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fill_of_ours_says_what_it_covers_and_no_two_are_alike() {
        let colours = (0..).map_while(Colour::numbered).map(Some).chain([None]);
        let mut all = std::collections::BTreeSet::new();
        for beneath in colours {
            for (severity, _) in BASES {
                for kept in 0..=MarkFill::MOST_KEPT {
                    let mark = MarkFill { severity, beneath, kept };
                    assert_eq!(MarkFill::of_rgb(&format!("ff{}", mark.rgb().to_lowercase())), Some(mark));
                    assert!(all.insert(mark.rgb()), "{mark:?}");
                }
            }
        }
        assert_eq!(all.len(), 9 * 4 * 16);
    }

    #[test]
    fn the_light_colours_that_people_use_are_not_ours() {
        let theirs = "FFF2CC FCE4D6 FFC7CE DDEBF7 FFEB9C C6EFCE F8CBAD FFE699 F4CCCC FCE5CD D9EAD3 FFEFD5 FFFACD FFC0CB FFC0C0 \
                      FFE0D0 FFF0C0 DFF0FF D0F0FF FFCCCC FFCDD2 FECACA F8D7DA FFF3CD FFFFCC CCFFFF FFCC99 FDE9D9 FBE5D6 FBE4D5 \
                      FDEADA DAEEF3 DBE5F1 F2DCDB FEF2CB FFF9C4 FFF8C5 FFE5D9 FFE5D0 FFDDDD DEEAF6 DEEBF7 E2EFDA EDEDED FFFFFF";
        for rgb in theirs.split_whitespace() {
            assert_eq!(MarkFill::of_rgb(rgb), None, "{rgb}");
        }
        assert!(["", "FFF", "zzzzzz", "đđđ"].iter().all(|text| MarkFill::of_rgb(text).is_none()));
    }
}
