//! How our words in a note are known again. Other programs join the runs of a note, split them, and lose its author, so
//! that nothing but the text itself can tell: ours stands between two signs that nobody sees and nobody types.

use std::ops::Range;

/// Zero width space.
const SIGN: char = '\u{200b}';

/// What our words begin with.
const NAME: &str = "[Giao Ban]";

/// Our words for a note; below the sender's where there are any.
pub(super) fn framed(text: &str, below: bool) -> String {
    let above = if below { "\n" } else { "" };
    format!("{SIGN}{above}{NAME} {}{SIGN}", text.replace(SIGN, ""))
}

/// Where our words stand in a note. Without their end they go as far as the note.
pub(super) fn ours_in(note: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = note.get(at..).and_then(|rest| rest.find(SIGN)).map(|start| at + start) {
        let inside = start + SIGN.len_utf8();
        let rest = note.get(inside..).unwrap_or_default();
        at = inside;
        if rest.trim_start().starts_with(NAME) {
            at = rest.find(SIGN).map_or(note.len(), |end| inside + end + SIGN.len_utf8());
            found.push(start..at);
        }
    }
    found
}

/// A text without the parts that stand in `gone`; `start` is where the text stands among what `gone` counts.
pub(super) fn without(text: &str, start: usize, gone: &[Range<usize>]) -> String {
    let kept = |at: &usize| gone.iter().all(|part| !part.contains(at));
    text.char_indices().filter(|(at, _)| kept(&(start + at))).map(|(_, c)| c).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_words_are_told_from_the_senders() {
        let ours = framed("Tỷ lệ “12\u{200b}0” lớn hơn 100%.", true);
        for (note, left) in [
            (format!("của Sở{ours}"), "của Sở"),
            (format!("của Sở{ours} và thêm"), "của Sở và thêm"),
            (format!("a{ours}b{}", framed("Một", false)), "ab"),
            ("[Giao Ban] nói thế nào?".to_owned(), "[Giao Ban] nói thế nào?"),
            ("\u{200b}của\u{200b} Sở".to_owned(), "\u{200b}của\u{200b} Sở"),
            ("của Sở\u{200b}\r\n [Giao Ban] cụt".to_owned(), "của Sở"),
        ] {
            assert_eq!(without(&note, 0, &ours_in(&note)), left, "{note:?}");
        }
        let note = format!("của Sở{ours}");
        let (first, second) = note.split_at("của Sở".len() + 9);
        let gone = ours_in(&note);
        assert_eq!(without(first, 0, &gone) + &without(second, first.len(), &gone), "của Sở");
    }
}
