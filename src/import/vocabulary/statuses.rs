//! Words of a status: what a department means by them. Marks (x) are no words; see `normalise::status`.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::import::reading::{ReportedStatus, Timeliness};

use super::{records, words};

/// What the words of a status say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StatusWords {
    /// The status; none when the words speak of time only ("Chưa đến hạn") or name what the office decides.
    pub status: Option<ReportedStatus>,
    /// In time or late.
    pub timeliness: Option<Timeliness>,
    /// Whether words follow those that were understood ("Đã hoàn thành: Công văn số 12").
    pub more_follows: bool,
    /// Whether this is an abbreviation that stands for several phrases ("ĐTH": đang or đã thực hiện).
    pub doubtful: bool,
}

#[derive(Clone, Copy)]
struct Entry {
    status: Option<ReportedStatus>,
    timeliness: Option<Timeliness>,
    may_go_on: bool,
    doubtful: bool,
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
            let (may_go_on, doubtful) = (how == "begin", how == "code");
            (words(phrase), Entry { status: status_named(status), timeliness, may_go_on, doubtful })
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

/// What a text says as a status: the longest known phrase it begins with. None when it begins with none.
pub fn understand(raw: &str) -> Option<StatusWords> {
    let key = words(raw);
    let key = key.trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ');
    let ends: Vec<usize> =
        key.match_indices(' ').map(|(at, _)| at).chain([key.len()]).take(LONGEST_PHRASE).collect();
    for end in ends.into_iter().rev() {
        let Some(entry) = key.get(..end).filter(|part| !part.is_empty()).and_then(|part| STATUSES.get(part))
        else {
            continue;
        };
        let rest = key.get(end..).unwrap_or_default().trim();
        if !rest.is_empty() && !entry.may_go_on {
            continue;
        }
        return Some(StatusWords {
            status: if is_part_done(entry.status, rest) {
                Some(ReportedStatus::InProgress)
            } else {
                entry.status
            },
            timeliness: entry.timeliness.or_else(|| timeliness_of(rest)),
            more_follows: !rest.is_empty(),
            doubtful: entry.doubtful,
        });
    }
    None
}

/// What the heading of a column says as a status: "Đã hoàn thành (x)", "Chưa thực hiện". A remark in brackets says how to
/// mark, or in time or late; anything else that follows makes the heading speak of something else.
pub fn as_heading(raw: &str) -> Option<StatusWords> {
    let whole = understand(raw)?;
    if !whole.more_follows {
        return Some(whole);
    }
    let (named, _) = raw.split_once('(')?;
    understand(named)
        .filter(|words| !words.more_follows)
        .map(|words| StatusWords { timeliness: words.timeliness.or(whole.timeliness), ..words })
}

/// "Hoàn thành 80%" is not done; "Hoàn thành 100%" is.
fn is_part_done(status: Option<ReportedStatus>, rest: &str) -> bool {
    let share = rest.trim_start_matches("duoc ").trim_start_matches("khoang ").trim_start_matches("dat ");
    let Some((number, _)) = share.split_once(" %").or_else(|| share.split_once('%')) else { return false };
    status == Some(ReportedStatus::Completed)
        && number
            .split(' ')
            .next()
            .and_then(|whole| whole.parse::<u32>().ok())
            .is_some_and(|percent| percent < 100)
}

fn timeliness_of(rest: &str) -> Option<Timeliness> {
    match rest {
        "trong han" | "dung han" | "dung tien do" | "truoc han" | "chua den han" => Some(Timeliness::InTime),
        "qua han" | "tre han" | "cham" | "cham tien do" | "da qua han" | "muon" => Some(Timeliness::Late),
        _ => None,
    }
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
            assert_eq!(understand(raw).map(|words| words.doubtful), Some(doubtful), "{raw}");
        }
    }

    #[test]
    fn prose_is_no_status() {
        for raw in ["UBND tỉnh đã ban hành Kế hoạch số 45/KH-UBND", "Phòng CNTT", "x", "", "60%"]
        {
            assert_eq!(understand(raw), None, "{raw}");
        }
    }
}
