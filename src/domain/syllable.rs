//! Vietnamese syllables: which strings of letters can be one. The measure by which legacy encodings are recognised.

use super::text::base_letter;

/// The tone that a syllable carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Ngang: no mark.
    Level,
    /// Huyền (à).
    Falling,
    /// Sắc (á).
    Rising,
    /// Hỏi (ả).
    Dipping,
    /// Ngã (ã).
    Broken,
    /// Nặng (ạ).
    Heavy,
}

const ONSETS: [&str; 28] = [
    "ngh", "ng", "nh", "gh", "gi", "kh", "ph", "th", "tr", "ch", "qu", "b", "c", "d", "đ", "g", "h", "k",
    "l", "m", "n", "p", "r", "s", "t", "v", "x", "",
];

/// Rimes without their tone, by the vowel that begins them. One that ends in c, ch, k, p or t takes only sắc or nặng.
/// Those in k are of place names (Đắk Lắk).
const RIMES: &str = "\
a ac ach ai ak am an ang anh ao ap at au ay ăc ăk ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây \
e ec em en eng eo ep et ê êch êm ên êng ênh êp êt êu \
i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu \
o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong ooc oong op ot \
ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt \
u ua uân uâng uât uây uc uê uêch uênh ui um un ung uô uôc uôi uôm uôn uông uôt uơ up ut uy uya uych uyên uyêt uyn uynh \
uyp uyt uyu \
ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu \
y yêm yên yêng yêt yêu ynh yt";

/// Whether these letters can be a Vietnamese syllable. Case does not matter; the text must be NFC.
pub fn is_wellformed(syllable: &str) -> bool {
    let Some((letters, tone)) = without_tone(syllable) else {
        return false;
    };
    ONSETS.iter().any(|onset| letters.strip_prefix(onset).is_some_and(|rime| rime_takes(rime, tone)))
}

fn rime_takes(rime: &str, tone: Tone) -> bool {
    let stopped = rime.ends_with(['c', 'k', 'p', 't']) || rime.ends_with("ch");
    (!stopped || matches!(tone, Tone::Rising | Tone::Heavy)) && is_rime(rime)
}

fn is_rime(rime: &str) -> bool {
    use std::collections::HashSet;
    use std::sync::LazyLock;
    static KNOWN: LazyLock<HashSet<&'static str>> = LazyLock::new(|| RIMES.split(' ').collect());
    KNOWN.contains(rime)
}

/// The letters in lower case without the tone mark, and the tone. None when there are two tones or no letters only.
fn without_tone(syllable: &str) -> Option<(String, Tone)> {
    let mut letters = String::with_capacity(syllable.len());
    let mut found = Tone::Level;
    for c in syllable.chars().flat_map(char::to_lowercase) {
        let (letter, tone) = split_tone(c);
        if tone != Tone::Level {
            if found != Tone::Level {
                return None;
            }
            found = tone;
        }
        letters.push(letter);
    }
    // "ngươi" is seven letters with its mark; nothing well-formed is longer than "nghiêng".
    (!letters.is_empty() && letters.chars().count() <= 7).then_some((letters, found))
}

const TONED: [(char, &str); 12] = [
    ('a', "àáảãạ"),
    ('ă', "ằắẳẵặ"),
    ('â', "ầấẩẫậ"),
    ('e', "èéẻẽẹ"),
    ('ê', "ềếểễệ"),
    ('i', "ìíỉĩị"),
    ('o', "òóỏõọ"),
    ('ô', "ồốổỗộ"),
    ('ơ', "ờớởỡợ"),
    ('u', "ùúủũụ"),
    ('ư', "ừứửữự"),
    ('y', "ỳýỷỹỵ"),
];

const TONES: [Tone; 5] = [Tone::Falling, Tone::Rising, Tone::Dipping, Tone::Broken, Tone::Heavy];

/// A lower-case letter without its tone (hat and horn stay: ấ = â + sắc), and the tone.
pub fn split_tone(lower: char) -> (char, Tone) {
    if lower.is_ascii() {
        return (lower, Tone::Level);
    }
    let base = base_letter(lower);
    for (letter, toned) in TONED.iter().filter(|(letter, _)| base_letter(*letter) == base) {
        if let Some(position) = toned.chars().position(|c| c == lower) {
            return (*letter, TONES[position]);
        }
    }
    (lower, Tone::Level)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syllables_of_the_language_are_wellformed() {
        for text in [
            "Triển khai chương trình phổ cập điện thoại thông minh tới dân số",
            "nghiêng giếng gì quốc quyển quỳnh quý khuỷu hoẵng xoong yêu ưỡn ước ỷ ý iêng",
            "NGHỊ QUYẾT ĐẮK LẮK Thừa Thiên Huế loè khuya ngoèo Thuở huơ",
        ] {
            for word in text.split(' ') {
                assert!(is_wellformed(word), "{word}");
            }
        }
    }

    #[test]
    fn other_strings_are_not() {
        for word in [
            "", "TiÕng", "ViÖt", "c¸i", "Tieáng", "chöõ", "hàch", "tãt", "b2b", "café", "Zürich", "áá", "đ",
            "ngã̃",
        ] {
            assert!(!is_wellformed(word), "{word}");
        }
    }

    #[test]
    fn a_tone_comes_off_and_the_hat_stays() {
        assert_eq!(split_tone('ấ'), ('â', Tone::Rising));
        assert_eq!(split_tone('ợ'), ('ơ', Tone::Heavy));
        assert_eq!(split_tone('ỹ'), ('y', Tone::Broken));
        assert_eq!(split_tone('â'), ('â', Tone::Level));
        assert_eq!(split_tone('đ'), ('đ', Tone::Level));
    }
}
