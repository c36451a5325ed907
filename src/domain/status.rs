//! Status words: what "Đã hoàn thành (đúng hạn)", "Xong" or "Chưa TH" say. The words are in
//! `seeds/vocabulary/status.csv`; `alone` there is the status of a word of timeliness that stands by itself.

use std::sync::LazyLock;

use chrono::NaiveDate;

use super::date;
use super::finding::FindingCode;
use super::progress::Progress;
use super::table::rows;
use super::text::{is_blank, is_dash, plain_key, words};

/// Status as a department writes it (words of the samples; wider than `Progress`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ReportedStatus {
    /// Đã hoàn thành.
    Completed,
    /// Đang thực hiện.
    InProgress,
    /// Chưa thực hiện.
    NotStarted,
    /// Thường xuyên.
    Ongoing,
    /// Tạm dừng.
    Suspended,
    /// Huỷ, rút.
    Cancelled,
    /// Không thuộc thẩm quyền.
    NotApplicable,
}

impl ReportedStatus {
    /// Every status.
    pub const ALL: [ReportedStatus; 7] = [
        ReportedStatus::Completed,
        ReportedStatus::InProgress,
        ReportedStatus::NotStarted,
        ReportedStatus::Ongoing,
        ReportedStatus::Suspended,
        ReportedStatus::Cancelled,
        ReportedStatus::NotApplicable,
    ];

    /// The status with this stable name.
    pub fn parse(name: &str) -> Option<ReportedStatus> {
        ReportedStatus::ALL.into_iter().find(|status| status.as_str() == name)
    }

    /// The progress that a unit states with it; none for what only the office decides (the words are kept).
    pub fn progress(self) -> Option<Progress> {
        match self {
            ReportedStatus::Completed => Some(Progress::Completed),
            ReportedStatus::InProgress | ReportedStatus::Ongoing => Some(Progress::InProgress),
            ReportedStatus::NotStarted => Some(Progress::NotStarted),
            ReportedStatus::Suspended | ReportedStatus::Cancelled | ReportedStatus::NotApplicable => None,
        }
    }

    /// The Vietnamese words for it, as they stand within a sentence.
    pub fn label(self) -> &'static str {
        match self {
            ReportedStatus::Completed => "đã hoàn thành",
            ReportedStatus::InProgress => "đang thực hiện",
            ReportedStatus::NotStarted => "chưa thực hiện",
            ReportedStatus::Ongoing => "thường xuyên",
            ReportedStatus::Suspended => "tạm dừng",
            ReportedStatus::Cancelled => "đã huỷ",
            ReportedStatus::NotApplicable => "không thuộc thẩm quyền",
        }
    }

    /// The stable name, as in the samples.
    pub fn as_str(self) -> &'static str {
        match self {
            ReportedStatus::Completed => "completed",
            ReportedStatus::InProgress => "in_progress",
            ReportedStatus::NotStarted => "not_started",
            ReportedStatus::Ongoing => "ongoing",
            ReportedStatus::Suspended => "suspended",
            ReportedStatus::Cancelled => "cancelled",
            ReportedStatus::NotApplicable => "not_applicable",
        }
    }
}

/// "trong hạn" / "quá hạn" beside a status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Timeliness {
    /// Trong hạn, đúng hạn.
    InTime,
    /// Quá hạn, trễ hạn.
    Late,
}

impl Timeliness {
    /// The stable name, as in the samples.
    pub fn as_str(self) -> &'static str {
        match self {
            Timeliness::InTime => "in_time",
            Timeliness::Late => "late",
        }
    }

    fn parse(name: &str) -> Option<Timeliness> {
        [Timeliness::InTime, Timeliness::Late].into_iter().find(|timeliness| timeliness.as_str() == name)
    }
}

/// What a status cell says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StatusReading {
    /// The status.
    pub status: Option<ReportedStatus>,
    /// In time or late, where written.
    pub timeliness: Option<Timeliness>,
    /// Day of completion, where the text of a completed task holds a date.
    pub completed_on: Option<NaiveDate>,
    /// Number of the document that proves it ("Công văn số 12/STTTT-CNTT").
    pub document: Option<String>,
    /// Findings about it.
    pub findings: Vec<FindingCode>,
}

/// A line of the vocabulary.
struct Entry {
    status: Option<ReportedStatus>,
    timeliness: Option<Timeliness>,
    alone: Option<ReportedStatus>,
    words: Vec<String>,
}

/// Longest phrases first, so that "chưa hoàn thành" is seen before "hoàn thành".
static VOCABULARY: LazyLock<Vec<Entry>> = LazyLock::new(|| {
    let mut entries: Vec<Entry> = rows(include_str!("../../seeds/vocabulary/status.csv"))
        .filter_map(|row| {
            let [status, timeliness, alone, phrase] = row.as_slice() else {
                return None;
            };
            Some(Entry {
                status: ReportedStatus::parse(status),
                timeliness: Timeliness::parse(timeliness),
                alone: ReportedStatus::parse(alone),
                words: words(&plain_key(phrase)).map(str::to_owned).collect(),
            })
        })
        .collect();
    entries.sort_by_key(|entry| std::cmp::Reverse(entry.words.len()));
    entries
});

/// The reading of a status cell. Blank or a dash says nothing; words that are not known are a finding.
pub fn read(raw: &str) -> StatusReading {
    if raw.chars().all(|c| is_blank(c) || is_dash(c)) {
        return StatusReading::default();
    }
    let plain = plain_key(raw);
    let said = Said::in_words(&words(&plain).collect::<Vec<_>>());
    let mut status = said.status();
    if status == Some(ReportedStatus::Completed) && says_part_of_all(&plain) {
        status = Some(ReportedStatus::InProgress);
    }
    let completed = status == Some(ReportedStatus::Completed);
    StatusReading {
        status,
        timeliness: said.timeliness,
        completed_on: if completed { date::find(raw) } else { None },
        document: document_number(raw),
        findings: if status.is_none() { vec![FindingCode::StatusUnreadable] } else { Vec::new() },
    }
}

/// Whether a cell holds a mark ("x" under "Đã hoàn thành") and nothing else.
pub fn is_mark(raw: &str) -> bool {
    let mut signs = raw.chars().filter(|c| !is_blank(*c));
    matches!(
        signs.next(),
        Some('x' | 'X' | 'х' | 'Х' | '×' | '✓' | '✔' | '✗' | '☑' | '☒' | 'v' | 'V' | '●' | '√')
    ) && signs.next().is_none()
}

/// What the words of a cell say, one after the other.
#[derive(Default)]
struct Said {
    statuses: Vec<ReportedStatus>,
    timeliness: Option<Timeliness>,
    alone: Option<ReportedStatus>,
}

impl Said {
    fn in_words(words: &[&str]) -> Said {
        let mut said = Said::default();
        let mut at = 0;
        while at < words.len() {
            let rest = &words[at..];
            let entry = VOCABULARY.iter().find(|entry| {
                entry.words.len() <= rest.len() && entry.words.iter().zip(rest).all(|(own, word)| own == word)
            });
            let Some(entry) = entry else {
                at += 1;
                continue;
            };
            if let Some(status) = entry.status {
                said.statuses.push(if is_held_back(&words[..at]) { not_yet(status) } else { status });
            }
            said.timeliness = said.timeliness.or(entry.timeliness);
            said.alone = said.alone.or(entry.alone);
            at += entry.words.len();
        }
        said
    }

    /// The first status said, except that whoever is still at work has not completed: "Đã ban hành kế hoạch, đang triển
    /// khai" is in progress.
    fn status(&self) -> Option<ReportedStatus> {
        let first = self.statuses.first().copied().or(self.alone)?;
        let at_work = self.statuses.contains(&ReportedStatus::InProgress);
        Some(if first == ReportedStatus::Completed && at_work { ReportedStatus::InProgress } else { first })
    }
}

/// Whether words shortly before deny or postpone what follows: "chưa thể hoàn thành", "phấn đấu hoàn thành".
fn is_held_back(before: &[&str]) -> bool {
    let near = &before[before.len().saturating_sub(3)..];
    near.iter().any(|word| matches!(*word, "chua" | "khong" | "sap" | "gan" | "se" | "dau" | "kien" | "can"))
}

fn not_yet(status: ReportedStatus) -> ReportedStatus {
    match status {
        ReportedStatus::Completed => ReportedStatus::InProgress,
        ReportedStatus::InProgress
        | ReportedStatus::NotStarted
        | ReportedStatus::Ongoing
        | ReportedStatus::Suspended
        | ReportedStatus::Cancelled
        | ReportedStatus::NotApplicable => status,
    }
}

/// "Hoàn thành 60%" and "hoàn thành 3/5 nội dung" are not completed.
fn says_part_of_all(plain: &str) -> bool {
    let percent = plain.find('%').is_some_and(|end| {
        let before = plain[..end].trim_end();
        let words = before.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, ',' | '.'));
        before[words.len()..].replace(',', ".").parse::<f64>().is_ok_and(|percent| percent < 100.0)
    });
    percent || part_of_count(plain)
}

/// Whether a text without capitals and diacritics counts fewer than all: "3/5 nội dung", but no date.
pub fn part_of_count(plain: &str) -> bool {
    plain.split(' ').any(|word| {
        let Some((done, all)) = word.trim_end_matches([',', '.', ';']).split_once('/') else {
            return false;
        };
        matches!((done.parse::<u32>(), all.parse::<u32>()), (Ok(done), Ok(all)) if done < all && all < 1900)
    }) && date::find(plain).is_none()
}

/// The first number of a document in a text: "12/STTTT-CNTT", "45/2020/QĐ-UBND".
pub fn document_number(text: &str) -> Option<String> {
    text.split(is_blank)
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()))
        .find(|word| {
            word.starts_with(|c: char| c.is_ascii_digit())
                && word.split_once('/').is_some_and(|(_, symbol)| symbol.contains(char::is_uppercase))
        })
        .map(str::to_owned)
}

#[cfg(test)]
mod tests;
