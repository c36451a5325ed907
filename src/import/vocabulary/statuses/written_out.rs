//! Statuses with shortened words ("Đã HT", "Ko thuộc TQ") and with words before them that say nothing of how far a task
//! is ("Hiện vẫn đang làm", "Nhiệm vụ đã hoàn thành").

/// Words as statuses shorten them, without diacritics, and written out.
const SHORTENED: [(&str, &str); 11] = [
    ("h thanh", "hoan thanh"),
    ("t hien", "thuc hien"),
    ("ht", "hoan thanh"),
    ("th", "thuc hien"),
    ("tk", "trien khai"),
    ("ko", "khong"),
    ("k", "khong"),
    ("kg", "khong"),
    ("tq", "tham quyen"),
    ("gq", "giai quyet"),
    ("xl", "xu li"),
];

/// Words before a status, longer ones first.
const BEFORE: [&str; 17] = [
    "nhiem vu nay",
    "nhiem vu",
    "cong viec nay",
    "cong viec",
    "viec nay",
    "viec lam",
    "viec",
    "hien nay",
    "hien tai",
    "hien van",
    "hien",
    "van con",
    "van",
    "con",
    "den nay",
    "duy tri",
    "so",
];

/// The words with shortened ones written out; none when there is none.
pub(super) fn written_out(key: &str) -> Option<String> {
    crate::import::vocabulary::written_out(key, &SHORTENED)
}

/// What follows words that say nothing of how far a task is.
pub(super) fn without_lead(key: &str) -> Option<&str> {
    BEFORE.iter().find_map(|lead| key.strip_prefix(lead)?.strip_prefix(' '))
}
