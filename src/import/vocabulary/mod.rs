//! The words the reader knows, from data files that a clerk can edit (`seeds/vocabulary`). Compiled in; read once.

pub mod headings;
pub mod money;
pub mod places;
mod plain;
pub mod statuses;

use crate::domain::text;

/// The records of an embedded data file: lines that begin with `#` are remarks, the first other line names the columns.
pub(crate) fn records(data: &'static str) -> impl Iterator<Item = csv::StringRecord> {
    csv::ReaderBuilder::new()
        .comment(Some(b'#'))
        .flexible(true)
        .from_reader(data.as_bytes())
        .into_records()
        .filter_map(Result::ok)
}

/// The plain key of a text as words: no diacritics, lower case, everything that is no letter, digit or `%` a blank.
pub fn words(raw: &str) -> String {
    plain::words(raw).unwrap_or_else(|| words_of(&text::key(raw)))
}

/// The words of a comparing key: those of the text it is the key of.
fn words_of(key: &str) -> String {
    let mut words = String::with_capacity(key.len());
    for c in key.chars() {
        text::without_marks(c, |c| {
            if c.is_alphanumeric() || c == '%' {
                if c == '%' && !words.is_empty() && !words.ends_with(' ') {
                    words.push(' ');
                }
                words.push(c);
            } else if !words.is_empty() && !words.ends_with(' ') {
                words.push(' ');
            }
        });
    }
    words.truncate(words.trim_end().len());
    words
}

/// Whether `part` stands in `whole` as whole words; the place of its first word, counted in words.
pub fn word_position(whole: &str, part: &str) -> Option<usize> {
    let mut from = 0;
    while let Some(found) = whole.get(from..).and_then(|rest| rest.find(part)) {
        let (start, end) = (from + found, from + found + part.len());
        let begins = start == 0 || whole.as_bytes().get(start - 1) == Some(&b' ');
        let ends = end == whole.len() || whole.as_bytes().get(end) == Some(&b' ');
        if begins && ends {
            return Some(whole[..start].matches(' ').count());
        }
        from = end;
    }
    None
}

/// Words with shortened ones written out, in the order of the list; none when there is none.
fn written_out(key: &str, shortened: &[(&str, &str)]) -> Option<String> {
    shortened.iter().find(|(short, _)| word_position(key, short).is_some())?;
    let mut padded = format!(" {key} ");
    for (short, long) in shortened {
        padded = padded.replace(&format!(" {short} "), &format!(" {long} "));
    }
    Some(padded.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn words_fold_case_marks_and_signs() {
        assert_eq!(words("  Tỷ lệ (%)\nhoàn thành: "), "ti le % hoan thanh");
        assert_eq!(words("Đơn vị/Cá nhân chủ trì"), "don vi ca nhan chu tri");
    }

    proptest! {
        #[test]
        fn the_short_way_and_the_long_way_lead_to_the_same_words(
            text in "[ -~ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵĂÂĐÊÔƠƯÁẠẮỘỜỨÝðÐ\u{a0}–—“”…\u{ad}\u{200b}%]{0,40}"
        ) {
            prop_assert_eq!(words(&text), words_of(&text::key(&text)));
        }

        #[test]
        fn syllables_with_y_have_the_same_words_either_way(text in "[qQhkùúuüoòaàyýỳYỲÿŷi%²œ. -]{0,16}") {
            prop_assert_eq!(words(&text), words_of(&text::key(&text)));
        }

        #[test]
        fn any_text_has_the_same_words_either_way(text in any::<String>()) {
            prop_assert_eq!(words(&text), words_of(&text::key(&text)));
        }
    }

    #[test]
    fn after_a_vowel_of_another_language_a_y_stays_in_both_ways() {
        for text in ["üy-", "Ýy", "öy", "ëy.", "ïy", "åy", "uy ùy quý thuý mỹ"] {
            assert_eq!(words(text), words_of(&text::key(text)), "{text}");
        }
    }

    #[test]
    fn a_part_is_found_as_whole_words_only() {
        assert_eq!(word_position("don vi chu tri", "chu tri"), Some(2));
        assert_eq!(word_position("thoi hanh", "han"), None);
    }
}
