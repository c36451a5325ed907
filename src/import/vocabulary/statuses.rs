//! Words of a status: what a department means by them. Marks (x) are no words; see `normalise::status`.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::import::reading::{ReportedStatus, Timeliness};

use super::{records, words};

mod remainder;
mod time;
mod written_out;

use remainder::{Left, leaves_open, left};
use written_out::{without_lead, written_out};

/// What the words of a status say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StatusWords {
    /// The status; none when the words speak of time only ("Chưa đến hạn") or name what the office decides.
    pub status: Option<ReportedStatus>,
    /// In time or late.
    pub timeliness: Option<Timeliness>,
    /// Whether words follow those that were understood ("Đã hoàn thành: Công văn số 12").
    pub more_follows: bool,
    /// Why a person should confirm it.
    pub doubt: Option<Doubt>,
}

/// Why the words of a status are not sure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// An abbreviation that stands for several phrases ("ĐTH": đang or đã thực hiện).
    Abbreviation,
    /// Completed, and then something that is still to be done.
    Mixed,
}

#[derive(Clone, Copy)]
struct Entry {
    status: Option<ReportedStatus>,
    timeliness: Option<Timeliness>,
    may_go_on: bool,
    doubt: Option<Doubt>,
}

static STATUSES: LazyLock<HashMap<String, Entry>> = LazyLock::new(|| {
    records(include_str!("../../../seeds/vocabulary/statuses.csv"))
        .map(|record| {
            let [status, timeliness, phrase, how] =
                [0, 1, 2, 3].map(|index| record.get(index).unwrap_or_default());
            let timeliness = match timeliness {
                "in_time" => Some(Timeliness::InTime),
                "late" => Some(Timeliness::Late),
                _ => None,
            };
            let doubt = (how == "code").then_some(Doubt::Abbreviation);
            let entry = Entry { status: status_named(status), timeliness, may_go_on: how == "begin", doubt };
            (words(phrase), entry)
        })
        .collect()
});

fn status_named(name: &str) -> Option<ReportedStatus> {
    use ReportedStatus::{Cancelled, Completed, InProgress, NotApplicable, NotStarted, Ongoing, Suspended};
    [Completed, InProgress, NotStarted, Ongoing, Suspended, Cancelled, NotApplicable]
        .into_iter()
        .find(|status| status.as_str() == name)
}

/// Most words a phrase of the data has, with room for clerks' additions.
const LONGEST_PHRASE: usize = 8;

/// What a text says as a status: the longest known phrase it begins with, and what the rest leaves of it. None when it
/// begins with none, or leaves open which it is.
pub fn understand(raw: &str) -> Option<StatusWords> {
    understand_by(raw, begin)
}

/// What a text says as a status by its first words alone: "Nhiệm vụ đã hoàn thành" speaks of tasks.
pub fn named(raw: &str) -> Option<StatusWords> {
    understand_by(raw, plain_begin)
}

fn understand_by(raw: &str, begin: fn(&str) -> Option<StatusWords>) -> Option<StatusWords> {
    if let Some(found) = said_twice(raw) {
        return Some(found);
    }
    let found = begin(raw)?;
    if leaves_open(raw, plain_begin) { None } else { Some(found) }
}

/// One status said twice, as bilingual forms do: "Completed / Hoàn thành", "Hủy (Cancelled)".
fn said_twice(raw: &str) -> Option<StatusWords> {
    if !raw.contains(['/', '(', '\n']) {
        return None;
    }
    let mut parts = raw.split(['/', '(', ')', '\n']).filter(|part| !words(part).is_empty());
    let (first, second) = (parts.next()?, parts.next()?);
    let whole = |part| plain_begin(part).filter(|words| !words.more_follows && words.status.is_some());
    let (first, second) = parts.next().is_none().then(|| whole(first).zip(whole(second))).flatten()?;
    (first.status == second.status).then(|| StatusWords {
        timeliness: first.timeliness.or(second.timeliness),
        doubt: first.doubt.and(second.doubt),
        ..first
    })
}

/// The status that a text begins with, also when its words are shortened or others stand before it.
fn begin(raw: &str) -> Option<StatusWords> {
    plain_begin(raw).or_else(|| {
        let key = words(raw);
        let written = written_out(&key);
        let whole = written.as_deref().unwrap_or(&key);
        let of_whole = written.as_deref().and_then(|written| begin_words(raw, written));
        // "Mới hoàn thành 50%" says how far it is, "mới hoàn thành" may mean that it is done.
        let begun = || {
            let rest = whole.strip_prefix("moi ")?;
            begin_words(raw, rest).filter(|words| words.status == Some(ReportedStatus::InProgress))
        };
        of_whole.or_else(|| begin_words(raw, without_lead(whole)?)).or_else(begun)
    })
}

fn plain_begin(raw: &str) -> Option<StatusWords> {
    begin_words(raw, &words(raw))
}

/// The status that words begin with; `raw` is the text that they stand for.
fn begin_words(raw: &str, key: &str) -> Option<StatusWords> {
    let key = key.trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ');
    let ends: Vec<usize> =
        key.match_indices(' ').map(|(at, _)| at).chain([key.len()]).take(LONGEST_PHRASE).collect();
    for end in ends.into_iter().rev() {
        let Some(said) = key.get(..end).filter(|part| !part.is_empty()) else { continue };
        let Some(entry) = STATUSES.get(said) else { continue };
        let rest = key.get(end..).unwrap_or_default().trim();
        let time =
            if rest.is_empty() { None } else { time::beside(raw, said).or_else(|| time::beside(rest, "")) };
        let is_short = entry.doubt.is_some() && time.is_some();
        if !rest.is_empty() && !entry.may_go_on && !is_short {
            continue;
        }
        let found = StatusWords {
            status: entry.status,
            timeliness: entry.timeliness.or(time),
            more_follows: !rest.is_empty(),
            doubt: entry.doubt,
        };
        return Some(if rest.is_empty() { found } else { with_rest(found, raw, (said, rest)) });
    }
    None
}

/// What is said in the light of the words that follow.
fn with_rest(found: StatusWords, raw: &str, (said, rest): (&str, &str)) -> StatusWords {
    let in_progress = Some(ReportedStatus::InProgress);
    // "Quá hạn, chưa thực hiện": the words about time come first, the status after them.
    if found.status == in_progress && found.timeliness == Some(Timeliness::Late) && !said.starts_with("dang")
    {
        let status = begin_words(rest, rest).and_then(|words| words.status).or(found.status);
        return StatusWords { status, ..found };
    }
    if found.status != Some(ReportedStatus::Completed) {
        return found;
    }
    match left(raw, rest, OF_DOCUMENTS.contains(&said)) {
        Left::All => found,
        Left::Everything => StatusWords { status: Some(ReportedStatus::NotStarted), ..found },
        Left::Part => StatusWords { status: in_progress, ..found },
        Left::Unsure => StatusWords { status: in_progress, doubt: Some(Doubt::Mixed), ..found },
    }
}

/// What is done may be the document that begins the work: "Đã ban hành kế hoạch, đang triển khai".
const OF_DOCUMENTS: [&str; 3] = ["da ban hanh", "da thuc hien", "da giai quyet"];

/// What the heading of a column says as a status: "Đã hoàn thành (x)", "Chưa thực hiện". A remark in brackets says how to
/// mark, or in time or late; anything else that follows makes the heading speak of something else.
pub fn as_heading(raw: &str) -> Option<StatusWords> {
    let whole = named(raw)?;
    if !whole.more_follows {
        return Some(whole);
    }
    let (before, _) = raw.split_once('(')?;
    named(before)
        .filter(|words| !words.more_follows)
        .map(|words| StatusWords { timeliness: words.timeliness.or(whole.timeliness), ..words })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_a_status_are_understood() {
        use ReportedStatus::{
            Cancelled, Completed, InProgress, NotApplicable, NotStarted, Ongoing, Suspended,
        };
        use Timeliness::{InTime, Late};
        for (raw, status, timeliness) in [
            ("Đã hoàn thành", Some(Completed), None),
            ("HOÀN THÀNH", Some(Completed), None),
            ("Hoàn thành đúng hạn", Some(Completed), Some(InTime)),
            ("Đã hoàn thành (quá hạn)", Some(Completed), Some(Late)),
            ("Đã hoàn thành: Công văn số 12/STTTT", Some(Completed), None),
            ("Hoàn thành 80%", Some(InProgress), None),
            ("Hoàn thành 100%", Some(Completed), None),
            ("Xong", Some(Completed), None),
            ("Đang thực hiện (trong hạn)", Some(InProgress), Some(InTime)),
            ("Đang triển khai", Some(InProgress), None),
            ("Chưa hoàn thành", Some(InProgress), None),
            ("Quá hạn", Some(InProgress), Some(Late)),
            ("Chưa đến hạn", None, Some(InTime)),
            ("Chưa thực hiện", Some(NotStarted), None),
            ("Thường xuyên", Some(Ongoing), None),
            ("TX", Some(Ongoing), None),
            ("HT", Some(Completed), None),
            ("ĐTH", Some(InProgress), None),
            ("Tạm dừng", Some(Suspended), None),
            ("Nhiệm vụ bị hủy", Some(Cancelled), None),
            ("Không thuộc thẩm quyền của Sở", Some(NotApplicable), None),
        ] {
            let understood = understand(raw).expect(raw);
            assert_eq!((understood.status, understood.timeliness), (status, timeliness), "{raw}");
        }
    }

    #[test]
    fn only_abbreviations_of_several_phrases_are_doubtful() {
        for (raw, doubtful) in
            [("ĐTH", true), ("CHT", true), ("HT", false), ("Đang TH", false), ("TX", false)]
        {
            assert_eq!(understand(raw).map(|words| words.doubt.is_some()), Some(doubtful), "{raw}");
        }
    }

    #[test]
    fn what_follows_may_take_a_part_of_it_back() {
        use ReportedStatus::{Completed, InProgress, NotStarted};
        let mixed = Some(Doubt::Mixed);
        for (raw, status, doubt) in [
            ("Hoàn thành 3/5 nội dung", InProgress, None),
            ("Hoàn thành 1 phần", InProgress, None),
            ("Đã thực hiện được 50%", InProgress, None),
            ("Đã hoàn thành dự thảo, đang trình UBND tỉnh", InProgress, None),
            ("Đã ban hành kế hoạch, đang triển khai", InProgress, None),
            ("Đã hoàn thành, còn một số nội dung đang triển khai", InProgress, mixed),
            ("Đã hoàn thành nhưng chưa báo cáo Bộ", InProgress, mixed),
            ("Hoàn thành giai đoạn 1", InProgress, mixed),
            ("Hoàn thành (trừ nội dung 3)", InProgress, mixed),
            ("Quá hạn, chưa thực hiện", NotStarted, None),
            ("Đã hoàn thành và báo cáo Bộ tại CV 12/STTTT ngày 15/4/2020", Completed, None),
            ("Đã hoàn thành: Công văn số 3/5 của Sở", Completed, None),
            ("Hoàn thành, đang chờ nghiệm thu", Completed, None),
            ("Đã hoàn thành. Chưa phát hiện vi phạm", Completed, None),
            ("Đã hoàn thành 100%", Completed, None),
        ] {
            let understood = understand(raw).expect(raw);
            assert_eq!((understood.status, understood.doubt), (Some(status), doubt), "{raw}");
        }
        for raw in ["Hoàn thành/Chưa hoàn thành", "Hoàn thành?", "Đang thực hiện / Đã hoàn thành"]
        {
            assert_eq!(understand(raw), None, "{raw}");
        }
    }

    #[test]
    fn a_status_may_be_said_in_two_languages() {
        use ReportedStatus::{Cancelled, Completed, InProgress, NotStarted, Suspended};
        for (raw, status) in [
            ("Completed / Hoàn thành", Completed),
            ("Hoàn thành/Completed", Completed),
            ("On-going / Đang thực hiện", InProgress),
            ("Chưa thực hiện\nNot started", NotStarted),
            ("Suspended / Tạm dừng", Suspended),
            ("Hủy (Cancelled)", Cancelled),
        ] {
            let understood = understand(raw).expect(raw);
            assert_eq!((understood.status, understood.more_follows), (Some(status), false), "{raw}");
        }
        assert_eq!(understand("Completed / Đang thực hiện"), None);
        let late = understand("Đang thực hiện (chậm tiến độ)").expect("both say in progress");
        assert_eq!(late.timeliness, Some(Timeliness::Late));
    }

    #[test]
    fn prose_is_no_status() {
        for raw in ["UBND tỉnh đã ban hành Kế hoạch số 45/KH-UBND", "Phòng CNTT", "x", "", "60%"]
        {
            assert_eq!(understand(raw), None, "{raw}");
        }
    }
}
