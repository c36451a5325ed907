//! The words of a usual text in one pass. Every cell of a workbook is compared by its words, several times over; nearly
//! all are made of Latin and Vietnamese letters, digits and signs, whose words need no comparing key on the way.

use std::sync::LazyLock;

use crate::domain::syllable::split_tone;
use crate::domain::text;

/// What a character adds to the words, by its place: 0 where only the long way can tell, `Y` for a y, which may be an i.
struct Letters {
    low: [u8; LOW],
    high: [u8; HIGH],
}

/// Characters up to U+01FF, and from U+1E00 to U+20FF.
const LOW: usize = 0x200;
const HIGH_FROM: u32 = 0x1e00;
const HIGH: usize = 0x300;
const Y: u8 = b'Y';

static LETTERS: LazyLock<Letters> = LazyLock::new(|| {
    let of = |number: usize, from: u32| {
        let c = u32::try_from(number).ok().and_then(|number| char::from_u32(from + number));
        c.map_or(0, letter)
    };
    Letters {
        low: std::array::from_fn(|number| of(number, 0)),
        high: std::array::from_fn(|number| of(number, HIGH_FROM)),
    }
});

/// What one character adds, told the long way.
fn letter(c: char) -> u8 {
    if !text::is_usual(c) {
        return 0;
    }
    let mut left = Vec::new();
    if !text::is_blank(c) && !text::is_dash(c) {
        text::without_marks(text::lower(c), |c| left.push(c));
    }
    match left.as_slice() {
        [] => b' ',
        ['y'] if "yýỳỷỹỵ".contains(text::lower(c)) => Y,
        ['y'] => 0,
        // A vowel of another language (ü): whether an i is meant after it, only the long way can tell.
        ['a' | 'e' | 'i' | 'o' | 'u'] if !is_vowel_of_ours(text::lower(c)) => 0,
        ['%'] => b'%',
        [c] if c.is_ascii_alphanumeric() => u8::try_from(*c).unwrap_or(0),
        [c] if !c.is_alphanumeric() => b' ',
        _ => 0,
    }
}

/// Whether a small letter is a Vietnamese vowel, with or without its tone.
fn is_vowel_of_ours(lower: char) -> bool {
    "aeiou".contains(split_tone(lower).0) || "ăâêôơư".contains(split_tone(lower).0)
}

/// The words of a text, as [`super::words`] gives them; `None` when a character needs the long way.
pub(super) fn words(raw: &str) -> Option<String> {
    let letters = &*LETTERS;
    let of = |c: char| {
        let number = u32::from(c);
        let low = usize::try_from(number).ok().and_then(|number| letters.low.get(number));
        let high = || usize::try_from(number.checked_sub(HIGH_FROM)?).ok();
        low.or_else(|| letters.high.get(high()?)).copied().unwrap_or(0)
    };
    let mut words = String::with_capacity(raw.len());
    // The two letters before, and whether words have begun and a blank is due.
    let (mut before, mut last, mut apart) = (b' ', b' ', false);
    let mut chars = raw.chars().peekable();
    while let Some(c) = chars.next() {
        let letter = match of(c) {
            0 => return None,
            Y if ends_as_i((before, last), chars.peek().map_or(b' ', |next| of(*next))) => b'i',
            Y => b'y',
            letter => letter,
        };
        if letter == b' ' {
            apart = true;
        } else {
            if (apart || letter == b'%') && !words.is_empty() {
                words.push(' ');
            }
            apart = false;
            words.push(char::from(letter));
        }
        (before, last) = (last, letter);
    }
    Some(words)
}

/// Whether a y after these two letters is the only vowel of its syllable and its end, where i is written too.
fn ends_as_i((before, last): (u8, u8), next: u8) -> bool {
    let ends = !next.is_ascii_alphanumeric() && next != 0;
    let vowel = matches!(last, b'a' | b'e' | b'i' | b'o' | b'y');
    ends && if last == b'u' { before == b'q' } else { last.is_ascii_alphabetic() && !vowel }
}
