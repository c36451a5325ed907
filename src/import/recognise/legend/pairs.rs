//! Explanations in a text: a short name, sign or colour with the status it stands for, either one first.

use std::borrow::Cow;

use crate::domain::text;
use crate::import::vocabulary::statuses::StatusWords;
use crate::import::vocabulary::words;
use crate::sheet::colour::Colour;

use super::status_of;

/// Letters of a short name: "ĐTH" is one, a word of a sentence is longer unless it is in capitals.
const LONGEST_NAME: usize = 4;
const LONGEST_IN_CAPITALS: usize = 6;
/// Signs of a mark ("✓✓").
const LONGEST_SIGN: usize = 2;
/// Words of a colour with what stands before it ("ô tô màu xanh lá cây").
const WORDS_OF_COLOUR: usize = 6;

/// What is explained.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Name {
    /// A few letters, a number or a sign, in small letters.
    Short(String),
    /// The colours that a word may mean.
    Colours(&'static [Colour]),
}

/// A name with the status it stands for.
pub(super) type Pair = (Name, StatusWords);

/// Words that stand between a name and its status.
const BETWEEN: [&str; 5] = [" là ", " nếu ", " ứng với ", " tương ứng ", " nghĩa là "];
/// Words that stand between a status and its name.
const WRITTEN: [&str; 8] =
    [" ghi số ", " ghi ", " đánh số ", " đánh dấu ", " đánh ", " ký hiệu ", " kí hiệu ", " tô "];

/// The pairs in one text, in their order.
pub(super) fn explained(raw: &str) -> Vec<Pair> {
    let pairs = by_pieces(raw);
    if pairs.len() > 1 {
        return pairs;
    }
    let others = [by_signs(raw), by_numbers(raw)];
    others.into_iter().find(|found| found.len() > pairs.len()).unwrap_or(pairs)
}

/// "1. Hoàn thành 2. Đang thực hiện", "a) hoàn thành; b) đang thực hiện": a number or a letter before each status.
fn by_numbers(raw: &str) -> Vec<Pair> {
    let marked = raw.char_indices().filter(|(_, c)| matches!(c, '.' | ')'));
    let items: Vec<(usize, usize)> = marked
        .filter_map(|(at, sign)| {
            let name = raw[..at].rsplit([' ', '\n', ';', ',', ':', '(']).next()?;
            let short = name.chars().count() == 1 && name.chars().all(char::is_alphanumeric);
            short.then(|| (at - name.len(), at + sign.len_utf8()))
        })
        .collect();
    let ends = items.iter().map(|(start, _)| *start).skip(1).chain([raw.len()]);
    let pair = |((start, after), end): (&(usize, usize), usize)| {
        let name = short_name(&raw[*start..*after].replace(')', ""))?;
        let said = raw.get(*after..end)?.trim_matches(|c: char| c.is_whitespace() || ";,.()".contains(c));
        Some((Name::Short(name), status_of(said)?))
    };
    items.iter().zip(ends).filter_map(pair).collect()
}

fn by_pieces(raw: &str) -> Vec<Pair> {
    let mut pairs: Vec<Pair> = Vec::new();
    let whole = raw.split([';', ',', '\n', '/', '|']).filter_map(bracketed);
    let parts = raw.split([';', ',', '.', '\n', '(', ')', '/', '|']).filter_map(pair);
    for pair in whole.chain(parts) {
        if pairs.iter().all(|(name, _)| *name != pair.0) {
            pairs.push(pair);
        }
    }
    pairs
}

/// "● Đã hoàn thành ◐ Đang thực hiện": nothing but the signs parts the statuses, which follow them or stand before them.
fn by_signs(raw: &str) -> Vec<Pair> {
    let mut signs: Vec<(usize, usize)> = Vec::new();
    for (at, sign) in raw.char_indices().filter(|(_, c)| is_symbol(*c)) {
        let end = at + sign.len_utf8();
        match signs.last_mut().filter(|last| last.1 == at) {
            Some(last) => last.1 = end,
            None => signs.push((at, end)),
        }
    }
    let trim = |text: &str| -> String {
        text.trim_matches(|c: char| c.is_whitespace() || ":;,.=()".contains(c) || text::is_dash(c)).to_owned()
    };
    let ends = signs.iter().map(|(at, _)| *at).skip(1).chain([raw.len()]);
    let starts = [0].into_iter().chain(signs.iter().map(|(_, end)| *end));
    let named = |(at, end): (usize, usize), said: &str| {
        Some((Name::Short(short_name(&raw[at..end])?), status_of(last_part(&trim(said)))?))
    };
    let after: Vec<Pair> =
        signs.iter().zip(ends).filter_map(|(sign, next)| named(*sign, &raw[sign.1..next])).collect();
    let before: Vec<Pair> =
        signs.iter().zip(starts).filter_map(|(sign, last)| named(*sign, &raw[last..sign.0])).collect();
    if after.len() >= before.len() { after } else { before }
}

/// Signs that are no letters, no punctuation and no arrows: ● ◐ ○ ✓ ★ √ ×, pictures.
fn is_symbol(c: char) -> bool {
    matches!(c, '×' | '~' | '\u{2200}'..='\u{2bff}' | '\u{1f000}'..='\u{1faff}')
}

/// The pairs of cells beside each other: "HT" | "Hoàn thành". A number names a status only when nothing else stands in
/// the row, else it may be a count.
pub(super) fn beside(texts: &[Cow<'_, str>]) -> Vec<Pair> {
    let pair = |two: &[Cow<'_, str>]| {
        let [name, meaning] = two else { return None };
        let counts = name.bytes().all(|b| b.is_ascii_digit());
        let name = name_of(name).filter(|_| !counts || texts.len() == 2)?;
        Some((name, status_of(meaning)?))
    };
    texts.windows(2).filter_map(pair).collect()
}

/// "HT: hoàn thành", "1 là hoàn thành", "hoàn thành: HT", "hoàn thành ghi số 1".
fn pair(part: &str) -> Option<Pair> {
    let signs = part.char_indices().filter(|(_, c)| matches!(c, ':' | '=' | '→') || text::is_dash(*c));
    let signs = signs.map(|(at, sign)| (at, at + sign.len_utf8()));
    let between = BETWEEN.iter().filter_map(|word| part.find(word).map(|at| (at, at + word.len())));
    let named = signs.clone().chain(between).find_map(|(end, start)| {
        let name = last_name(&part[..end])?;
        Some((name, status_of(&part[start..])?))
    });
    named
        .or_else(|| {
            let uncounted =
                |name: &Name| !matches!(name, Name::Short(name) if name.bytes().all(|b| b.is_ascii_digit()));
            signs.clone().find_map(|(end, start)| {
                let name = name_of(&part[start..]).filter(uncounted)?;
                Some((name, status_of(last_part(&part[..end]))?))
            })
        })
        .or_else(|| {
            WRITTEN.iter().find_map(|word| {
                let at = part.find(word)?;
                let name = name_of(&part[at + word.len()..])?;
                Some((name, status_of(last_part(&part[..at]))?))
            })
        })
        .or_else(|| {
            let (first, rest) = last_part(part).trim().split_once(' ')?;
            let name = Some(first).filter(|first| stands_alone(first)).and_then(short_name)?;
            Some((Name::Short(name), status_of(rest)?))
        })
}

/// Whether a word before a status is a name without more ado: a sign, letters in capitals, an x. A number counts.
fn stands_alone(word: &str) -> bool {
    let capitals = word.chars().all(char::is_uppercase);
    capitals || word.chars().all(is_symbol) || matches!(word, "x" | "v" | "o")
}

/// "(1) Đã hoàn thành", "Đã hoàn thành (HT)"; "Đã hoàn thành (05)" counts.
fn bracketed(piece: &str) -> Option<Pair> {
    let (before, rest) = piece.split_once('(')?;
    let (inner, after) = rest.split_once(')')?;
    let before = last_part(before);
    if before.trim().is_empty() {
        return Some((name_of(inner)?, status_of(after)?));
    }
    let counts = inner.trim().bytes().all(|b| b.is_ascii_digit());
    let name = name_of(inner).filter(|_| !counts && after.trim_matches([' ', '.']).is_empty())?;
    Some((name, status_of(before)?))
}

/// What stands after the last sign: "Ghi chú: Đã hoàn thành" is "Đã hoàn thành".
fn last_part(text: &str) -> &str {
    text.rsplit([':', '=']).next().unwrap_or(text)
}

/// The name at the end of a text: a colour in its last words, or its last word.
fn last_name(before: &str) -> Option<Name> {
    let key = words(before);
    let parts: Vec<&str> = key.split(' ').collect();
    let from = parts.len().saturating_sub(WORDS_OF_COLOUR);
    let colours = (from..parts.len()).map(|start| Colour::named(&parts[start..].join(" ")));
    let says_colour = key.contains("mau ") || key.contains("nen ") || parts.len() <= 3;
    match colours.into_iter().find(|colours| !colours.is_empty()).filter(|_| says_colour) {
        Some(colours) => Some(Name::Colours(colours)),
        None => {
            let last = before.split_whitespace().last()?;
            let alone = before.split_whitespace().nth(1).is_none();
            Some(last).filter(|last| alone || !is_word(last)).and_then(short_name).map(Name::Short)
        }
    }
}

/// Whether a short text is a word of a sentence ("hiệu", "đó") and no name made of first letters ("đth").
fn is_word(text: &str) -> bool {
    let bare = text.trim_matches(|c: char| !c.is_alphanumeric());
    let capitals = bare.chars().all(|c| c.is_uppercase() || c.is_ascii_digit());
    let vowel = words(bare).contains(['a', 'e', 'i', 'o', 'u']);
    !capitals && vowel && bare.chars().nth(1).is_some()
}

/// The name that a whole text is.
fn name_of(text: &str) -> Option<Name> {
    let colours = Colour::named(&words(text));
    if colours.is_empty() { short_name(text).map(Name::Short) } else { Some(Name::Colours(colours)) }
}

/// A short name as it is compared: "(ĐTH)" and "đth" are one.
pub(in crate::import::recognise) fn short_name(text: &str) -> Option<String> {
    let bare = text.trim().trim_matches(['(', ')', '[', ']', '"', '“', '”', '\'', '.', ' ']);
    if text::is_dash(bare.chars().next()?) && bare.chars().nth(1).is_none() {
        return Some("-".to_owned());
    }
    let length = bare.chars().count();
    let letters = bare.chars().all(char::is_alphabetic);
    let capitals = bare.chars().all(char::is_uppercase);
    let number = bare.bytes().all(|b| b.is_ascii_digit());
    let sign = |c: char| {
        !c.is_alphanumeric() && !c.is_whitespace() && !c.is_ascii_punctuation() && !text::is_dash(c)
    };
    let signs = bare.chars().all(|c| sign(c) && c != '…' || matches!(c, '+' | '*' | '#' | '!' | '~'));
    let short = letters && length <= LONGEST_NAME
        || letters && capitals && length <= LONGEST_IN_CAPITALS
        || (number || signs) && length <= LONGEST_SIGN;
    (length > 0 && short).then(|| bare.to_lowercase())
}
