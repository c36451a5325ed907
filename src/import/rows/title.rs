//! Statuses that titles of sections and tables give to the tasks below them.

use crate::import::reading::ReportedStatus;
use crate::import::vocabulary::{statuses, words};

use super::stt;

/// The status that a title gives to all tasks below it: "B. NHIỆM VỤ ĐANG THỰC HIỆN". Only when the title says nothing
/// else; "TÌNH HÌNH THỰC HIỆN NHIỆM VỤ QUÝ I" gives none.
pub fn status_of_title(title: &str) -> Option<statuses::StatusWords> {
    let text = stt::leading(title).map_or(title, |(_, rest)| rest);
    let key = words(text);
    let mut rest = key.as_str();
    const BEFORE: [&str; 14] = [
        "danh muc",
        "danh sach",
        "cac",
        "nhung",
        "nhiem vu",
        "cong viec",
        "noi dung",
        "bang",
        "bieu",
        "phan",
        "tong hop",
        "nhom",
        "duoc giao",
        "viec",
    ];
    while let Some(next) = BEFORE
        .iter()
        .filter_map(|word| rest.strip_prefix(word))
        .find(|after| after.is_empty() || after.starts_with(' '))
    {
        rest = next.trim_start();
    }
    let rest = without_count(rest);
    // "Nhiệm vụ hoàn thành trong tháng 9": those that are due then, or those that were completed; only "đã" tells.
    let within = |word: &str| rest.contains(word);
    if rest.starts_with("hoan thanh ") && [" trong ", " truoc ", " den "].into_iter().any(within) {
        return None;
    }
    // "Đang triển khai, còn trong hạn": what is said about time goes with the status.
    let timed = statuses::named(rest).filter(|words| {
        words.status.is_some() && words.timeliness.is_some() && rest.split(' ').count() <= MOST_WORDS
    });
    if let Some(words) = timed {
        return Some(statuses::StatusWords { more_follows: false, ..words });
    }
    let undated = rest.split(" den ").next().unwrap_or(rest).split(" trong ").next().unwrap_or(rest);
    let words = statuses::named(undated.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' '))?;
    (!words.more_follows).then_some(words)
}

/// Words of a status with what it says about time.
const MOST_WORDS: usize = 8;

/// Whether a title states how far its tasks are. "NHIỆM VỤ THƯỜNG XUYÊN" names a kind of work.
pub fn says_how_far(words: &statuses::StatusWords) -> bool {
    words.status.is_some_and(|status| status != ReportedStatus::Ongoing) && words.doubt.is_none()
}

/// "đã hoàn thành (02 nhiệm vụ)", "chưa thực hiện: 01 nhiệm vụ": how many there are says nothing else.
fn without_count(key: &str) -> &str {
    ["nhiem vu", "cong viec", "nv", "viec"]
        .iter()
        .filter_map(|counted| key.strip_suffix(counted))
        .map(str::trim_end)
        .find(|before| before.ends_with(|c: char| c.is_ascii_digit()))
        .map_or(key, |before| before.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' '))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::reading::ReportedStatus;

    #[test]
    fn titles_give_a_status_only_when_they_name_one() {
        let status = |title: &str| status_of_title(title).and_then(|words| words.status);
        assert_eq!(status("A. NHIỆM VỤ ĐÃ HOÀN THÀNH"), Some(ReportedStatus::Completed));
        assert_eq!(status("II. Các nhiệm vụ đang thực hiện"), Some(ReportedStatus::InProgress));
        assert_eq!(status("C. Danh mục nhiệm vụ chưa thực hiện"), Some(ReportedStatus::NotStarted));
        assert_eq!(status("I. Nhiệm vụ đã hoàn thành (02 nhiệm vụ)"), Some(ReportedStatus::Completed));
        assert_eq!(status("Nhiệm vụ chưa thực hiện: 01 nhiệm vụ"), Some(ReportedStatus::NotStarted));
        assert_eq!(status("TÌNH HÌNH THỰC HIỆN NHIỆM VỤ QUÝ I/2020"), None);
        assert_eq!(status("I. Lĩnh vực Bưu chính"), None);
        assert_eq!(status("B. NHIỆM VỤ ĐANG TRIỂN KHAI, CÒN TRONG HẠN"), Some(ReportedStatus::InProgress));
        assert_eq!(status("NHIỆM VỤ HOÀN THÀNH TRONG THÁNG 9/2020"), None);
        assert_eq!(status("NHIỆM VỤ ĐÃ HOÀN THÀNH TRONG THÁNG 3/2020"), Some(ReportedStatus::Completed));
    }
}
