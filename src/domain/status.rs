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
        let digits = plain[..end].trim_end();
        let start =
            digits.rfind(|c: char| !(c.is_ascii_digit() || matches!(c, ',' | '.'))).map_or(0, |at| at + 1);
        digits[start..].replace(',', ".").parse::<f64>().is_ok_and(|percent| percent < 100.0)
    });
    percent || part_of_count(plain)
}

fn part_of_count(plain: &str) -> bool {
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
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn every_line_of_the_vocabulary_is_read() {
        let lines = include_str!("../../seeds/vocabulary/status.csv").lines().skip(1).count();
        assert_eq!(VOCABULARY.len(), lines);
        for entry in VOCABULARY.iter() {
            assert!(!entry.words.is_empty());
            assert!(
                entry.status.is_some() != (entry.timeliness.is_some() && entry.alone.is_some()),
                "{:?}",
                entry.words
            );
        }
    }

    /// Each line: text | status | timeliness. A status of `?` is a finding.
    #[test]
    fn status_words_have_their_meaning() {
        let table = "
            Đã hoàn thành | completed |
            Hoàn thành | completed |
            NHIỆM VỤ ĐÃ HOÀN THÀNH | completed |
            Đã thực hiện | completed |
            Xong | completed |
            Đã xong | completed |
            HT | completed |
            Đã hoàn thành: Công văn số 12/STTTT-CNTT | completed |
            Đã ban hành Kế hoạch số 5/KH-UBND | completed |
            Đã hoàn thành (đúng hạn) | completed | in_time
            Hoàn thành đúng hạn | completed | in_time
            Đã hoàn thành (quá hạn) | completed | late
            Hoàn thành (trễ hạn) | completed | late
            Hoàn thành trước hạn | completed | in_time
            Hoàn thành 100% | completed |
            Chờ xác nhận | completed |
            Hoàn thành 60% | in_progress |
            Đã hoàn thành 3/5 nội dung | in_progress |
            Hoàn thành ngày 28/3/2020 | completed |
            Chưa hoàn thành | in_progress |
            Chưa hoàn thành (trong hạn) | in_progress | in_time
            Chưa hoàn thành (quá hạn) | in_progress | late
            Chưa thể hoàn thành | in_progress |
            Cơ bản hoàn thành | in_progress |
            Phấn đấu hoàn thành trong tháng 6 | in_progress |
            Đang thực hiện | in_progress |
            ĐANG  THỰC HIỆN | in_progress |
            đang triển khai | in_progress |
            Dang thuc hien | in_progress |
            Đang thực hiện (trong hạn) | in_progress | in_time
            Đang thực hiện (quá hạn) | in_progress | late
            Đã ban hành kế hoạch, đang triển khai | in_progress |
            Quá hạn | in_progress | late
            Trễ hạn | in_progress | late
            Chậm tiến độ | in_progress | late
            Chưa đến hạn | in_progress | in_time
            Sắp hết hạn (7 ngày) | in_progress | in_time
            Đúng hạn | completed | in_time
            Thực hiện lại | in_progress |
            Trả lại | in_progress |
            Từ chối xác nhận | in_progress |
            Chưa thực hiện | not_started |
            Chưa triển khai | not_started |
            Chưa TH | not_started |
            Chưa thực hiện (quá hạn) | not_started | late
            Thường xuyên | ongoing |
            Thực hiện thường xuyên | ongoing |
            Tạm dừng | suspended |
            Tạm hoãn | suspended |
            Nhiệm vụ bị hủy | cancelled |
            Rút ra khỏi chương trình | cancelled |
            Không tiếp tục xây dựng | cancelled |
            Không thuộc thẩm quyền | not_applicable |
            Không thuộc thẩm quyền của Sở | not_applicable |
            Giao lại đơn vị khác | not_applicable |
            Từ chối thực hiện | not_applicable |
            Không hạn | ? |
            Tốt | ? |
            x | ? |
            123 | ? |";
        for line in table.lines().map(str::trim).filter(|line| !line.is_empty()) {
            let cells: Vec<&str> = line.split('|').map(str::trim).collect();
            let reading = read(cells[0]);
            assert_eq!(reading.status.map_or("?", ReportedStatus::as_str), cells[1], "{line}");
            assert_eq!(reading.timeliness.map_or("", Timeliness::as_str), cells[2], "{line}");
            assert_eq!(reading.findings.is_empty(), cells[1] != "?", "{line}");
        }
    }

    #[test]
    fn completion_carries_its_day_and_its_document() {
        let reading = read("Đã hoàn thành: Công văn số 12/STTTT-CNTT ngày 28/3/2020");
        assert_eq!(reading.completed_on, NaiveDate::from_ymd_opt(2020, 3, 28));
        assert_eq!(reading.document.as_deref(), Some("12/STTTT-CNTT"));
        assert_eq!(read("Đang thực hiện đến 28/3/2020").completed_on, None);
        assert_eq!(document_number("QĐ 45/2020/QĐ-UBND.").as_deref(), Some("45/2020/QĐ-UBND"));
        assert_eq!(document_number("ngày 30/6/2020, 3/5 việc"), None);
    }

    #[test]
    fn blanks_say_nothing_and_marks_are_marks() {
        for blank in ["", " ", "-", "–"] {
            assert_eq!(read(blank), StatusReading::default());
        }
        for mark in ["x", "X", " x ", "×", "✓"] {
            assert!(is_mark(mark), "{mark}");
        }
        for other in ["", "xx", "xong", "1"] {
            assert!(!is_mark(other), "{other}");
        }
    }

    #[test]
    fn only_what_a_unit_may_state_becomes_progress() {
        assert_eq!(ReportedStatus::Completed.progress(), Some(Progress::Completed));
        assert_eq!(ReportedStatus::Ongoing.progress(), Some(Progress::InProgress));
        assert_eq!(ReportedStatus::Suspended.progress(), None);
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_fault(text in any::<String>()) {
            let _ = (read(&text), is_mark(&text), document_number(&text));
        }
    }
}
