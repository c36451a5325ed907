//! A legend beside a table says what its short marks mean: "Quy ước: cột C - chưa thực hiện; cột Đ - đang thực hiện".

use std::collections::BTreeMap;

use crate::domain::text;
use crate::import::vocabulary::statuses::{self, StatusWords};

use super::grid::Grid;
use super::header::Header;

/// Letters of a short name: "ĐTH" is one, a word of a sentence is longer.
const LONGEST_NAME: usize = 4;
/// Rows above the heading, and rows at the end of the sheet, that are looked through.
const ROWS: usize = 15;
/// Explanations that make a legend; one alone may be chance.
const FEWEST: usize = 2;

/// What short names stand for, by their comparing key (Đ is not D).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Legend(BTreeMap<String, StatusWords>);

impl Legend {
    /// The legend above or below a table; empty when there is none.
    pub(super) fn of(grid: &Grid<'_>, header: &Header) -> Legend {
        let first = header.rows.first().copied().unwrap_or(0);
        let rows = &grid.sheet.rows;
        let above = rows.partition_point(|row| row.number < first);
        let below = rows.len().saturating_sub(ROWS).max(above);
        let near = rows[above.saturating_sub(ROWS)..above].iter().chain(&rows[below..]);
        let texts = near.flat_map(|row| &row.cells).filter_map(|cell| grid.text(cell));
        let mut named = BTreeMap::new();
        for text in texts {
            let explained = explained(&text);
            if explained.len() >= FEWEST {
                named.extend(explained);
            }
        }
        Legend(named)
    }

    /// What a short name stands for.
    pub(super) fn status(&self, name: &str) -> Option<StatusWords> {
        self.0.get(&text::key(name)).copied()
    }
}

/// The short names that a text explains: "HT: hoàn thành; ĐTH = đang thực hiện".
fn explained(raw: &str) -> Vec<(String, StatusWords)> {
    raw.split([';', ',', '.', '\n', '(', ')', '/']).filter_map(pair).collect()
}

fn pair(part: &str) -> Option<(String, StatusWords)> {
    part.char_indices().filter(|(_, c)| matches!(c, ':' | '=') || text::is_dash(*c)).find_map(|(at, sign)| {
        let name = part[..at].split_whitespace().last()?;
        let short = name.chars().count() <= LONGEST_NAME && name.chars().all(char::is_alphabetic);
        let words = statuses::understand(part[at + sign.len_utf8()..].trim())?;
        (short && words.status.is_some() && !words.more_follows).then(|| (text::key(name), words))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::status::ReportedStatus;

    fn names(raw: &str) -> Vec<(String, Option<ReportedStatus>)> {
        explained(raw).into_iter().map(|(name, words)| (name, words.status)).collect()
    }

    #[test]
    fn a_legend_explains_short_names_by_statuses() {
        let all = [
            ("c".to_owned(), Some(ReportedStatus::NotStarted)),
            ("đ".to_owned(), Some(ReportedStatus::InProgress)),
            ("h".to_owned(), Some(ReportedStatus::Completed)),
        ];
        for raw in [
            "Quy ước: cột C - chưa thực hiện; cột Đ - đang thực hiện; cột H - đã hoàn thành. Đánh dấu (x).",
            "Ghi chú: C: Chưa thực hiện, Đ: Đang thực hiện, H: Hoàn thành",
            "(C = chưa thực hiện; Đ = đang thực hiện; H = đã hoàn thành)",
        ] {
            assert_eq!(names(raw), all, "{raw}");
        }
    }

    #[test]
    fn other_texts_explain_nothing() {
        for raw in [
            "Tình trạng: đã hoàn thành",
            "Sở TTTT: đang thực hiện việc rà soát các nhiệm vụ",
            "Ngày 15-4: hoàn thành",
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        ] {
            assert!(names(raw).len() < FEWEST, "{raw}: {:?}", names(raw));
        }
    }
}
