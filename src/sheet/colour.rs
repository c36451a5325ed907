//! Colours as people name them: of a fill (red, green and blue), and in words ("màu xanh").

/// A colour that a legend may name. White, and shades of it, are no colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Colour {
    /// Đỏ.
    Red,
    /// Cam.
    Orange,
    /// Vàng.
    Yellow,
    /// Xanh lá cây.
    Green,
    /// Xanh dương.
    Blue,
    /// Tím.
    Purple,
    /// Hồng.
    Pink,
    /// Xám.
    Grey,
}

/// Names without diacritics; longer ones first. "Xanh" alone is green or blue.
const NAMES: [(&str, &[Colour]); 20] = [
    ("xanh la cay", &[Colour::Green]),
    ("xanh la", &[Colour::Green]),
    ("xanh luc", &[Colour::Green]),
    ("xanh nuoc bien", &[Colour::Blue]),
    ("xanh da troi", &[Colour::Blue]),
    ("xanh duong", &[Colour::Blue]),
    ("xanh lam", &[Colour::Blue]),
    ("xanh bien", &[Colour::Blue]),
    ("xanh", &[Colour::Green, Colour::Blue]),
    ("luc", &[Colour::Green]),
    ("da cam", &[Colour::Orange]),
    ("cam", &[Colour::Orange]),
    ("vang", &[Colour::Yellow]),
    ("do", &[Colour::Red]),
    ("tim", &[Colour::Purple]),
    ("hong", &[Colour::Pink]),
    ("xam", &[Colour::Grey]),
    ("ghi", &[Colour::Grey]),
    ("green", &[Colour::Green]),
    ("red", &[Colour::Red]),
];

/// Words that may stand before a colour: "ô tô màu đỏ", "nền vàng".
const BEFORE: [&str; 9] = ["nhiem vu", "dong", "o", "to", "nen", "mau", "chu", "danh dau", "duoc"];

impl Colour {
    /// Every colour, in the order of their numbers.
    const ALL: [Colour; 8] = [
        Colour::Red,
        Colour::Orange,
        Colour::Yellow,
        Colour::Green,
        Colour::Blue,
        Colour::Purple,
        Colour::Pink,
        Colour::Grey,
    ];

    /// The number by which the reading child names the colour.
    pub fn number(self) -> u32 {
        self as u32
    }

    /// The colour of this number.
    pub fn numbered(number: u32) -> Option<Colour> {
        Colour::ALL.get(usize::try_from(number).ok()?).copied()
    }

    /// The list of this colour alone.
    pub fn alone(self) -> &'static [Colour] {
        let all: &'static [Colour] = &Colour::ALL;
        all.get(self as usize..=self as usize).unwrap_or_default()
    }

    /// The colours that some words name and say nothing else; empty when they name none. The words are without diacritics.
    pub fn named(words: &str) -> &'static [Colour] {
        let mut rest = words.trim();
        while let Some(after) =
            BEFORE.iter().find_map(|word| rest.strip_prefix(word).and_then(|rest| rest.strip_prefix(' ')))
        {
            rest = after;
        }
        NAMES.iter().find(|(name, _)| *name == rest).map_or(&[], |(_, colours)| *colours)
    }

    /// The colour of a fill; none for white, black and what is nearly white.
    pub fn of_rgb(red: u8, green: u8, blue: u8) -> Option<Colour> {
        let (r, g, b) = (i32::from(red), i32::from(green), i32::from(blue));
        let (most, least) = (r.max(g).max(b), r.min(g).min(b));
        let spread = most - least;
        if spread < 18 {
            // Light greys are bands of a table as often as they say something.
            return (90..=217).contains(&most).then_some(Colour::Grey);
        }
        let hue = if most == r {
            (60 * (g - b) / spread + 360) % 360
        } else if most == g {
            60 * (b - r) / spread + 120
        } else {
            60 * (r - g) / spread + 240
        };
        Some(match hue {
            0..=15 | 346..=360 => Colour::Red,
            16..=41 => Colour::Orange,
            42..=66 => Colour::Yellow,
            67..=168 => Colour::Green,
            169..=254 => Colour::Blue,
            255..=299 => Colour::Purple,
            _ => Colour::Pink,
        })
    }

    /// A fill of this colour, red, green and blue in six digits.
    pub fn rgb(self) -> &'static str {
        match self {
            Colour::Red => "FF0000",
            Colour::Orange => "FFA500",
            Colour::Yellow => "FFFF00",
            Colour::Green => "92D050",
            Colour::Blue => "00B0F0",
            Colour::Purple => "7030A0",
            Colour::Pink => "FF66FF",
            Colour::Grey => "BFBFBF",
        }
    }

    /// The name in Vietnamese.
    pub fn label(self) -> &'static str {
        match self {
            Colour::Red => "đỏ",
            Colour::Orange => "cam",
            Colour::Yellow => "vàng",
            Colour::Green => "xanh lá cây",
            Colour::Blue => "xanh dương",
            Colour::Purple => "tím",
            Colour::Pink => "hồng",
            Colour::Grey => "xám",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fills_people_use_have_the_names_people_use() {
        for (rgb, colour) in [
            (0x00FF_0000, Some(Colour::Red)),
            (0x00C0_0000, Some(Colour::Red)),
            (0x00FF_C7CE, Some(Colour::Red)),
            (0x00FF_C000, Some(Colour::Yellow)),
            (0x00FF_FF00, Some(Colour::Yellow)),
            (0x00FF_EB9C, Some(Colour::Yellow)),
            (0x00ED_7D31, Some(Colour::Orange)),
            (0x0000_B050, Some(Colour::Green)),
            (0x0092_D050, Some(Colour::Green)),
            (0x00C6_EFCE, Some(Colour::Green)),
            (0x0000_B0F0, Some(Colour::Blue)),
            (0x0044_72C4, Some(Colour::Blue)),
            (0x0070_30A0, Some(Colour::Purple)),
            (0x00BF_BFBF, Some(Colour::Grey)),
            (0x00FF_FFFF, None),
            (0x00F2_F2F2, None),
        ] {
            let [_, red, green, blue] = u32::to_be_bytes(rgb);
            assert_eq!(Colour::of_rgb(red, green, blue), colour, "{rgb:06X}");
        }
    }

    #[test]
    fn a_colour_has_one_number() {
        assert!(Colour::ALL.iter().all(|colour| Colour::numbered(colour.number()) == Some(*colour)));
        assert_eq!(Colour::numbered(8), None);
        for colour in Colour::ALL {
            let [_, red, green, blue] = u32::from_str_radix(colour.rgb(), 16).unwrap().to_be_bytes();
            assert_eq!(Colour::of_rgb(red, green, blue), Some(colour));
        }
    }

    #[test]
    fn colours_are_named_with_and_without_the_word_colour() {
        assert_eq!(Colour::named("o to mau do"), [Colour::Red]);
        assert_eq!(Colour::named("nen vang"), [Colour::Yellow]);
        assert_eq!(Colour::named("xanh"), [Colour::Green, Colour::Blue]);
        assert!(Colour::named("do an").is_empty() && Colour::named("").is_empty());
    }
}
