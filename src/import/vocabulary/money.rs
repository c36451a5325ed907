//! Headings of money: budgets and what was paid out of them. A share paid out says nothing about how far a task is.

use super::{word_position, words};

/// Money that is paid or accounted for, whatever else the heading names ("Tiến độ giải ngân (%)").
const PAID: [&str; 4] = ["giai ngan", "quyet toan", "thanh toan", "tam ung"];
/// Money, unless the heading names the work that is paid for ("Tiến độ công việc từ vốn ODA").
const MONEY: [&str; 14] = [
    "kinh phi",
    "du toan",
    "von",
    "ngan sach",
    "trieu dong",
    "ti dong",
    "tr d",
    "tr dong",
    "tong muc dau tu",
    "so tien",
    "bao nhieu tien",
    "chi phi",
    "nghin dong",
    "ngan dong",
];
/// The work itself.
const WORK: [&str; 6] = ["cong viec", "nhiem vu", "du an", "khoi luong", "dau viec", "hang muc"];
/// What a column under "Kinh phí và tiến độ" is about besides money.
const PROGRESS: [&str; 3] = ["tien do", "hoan thanh", "ket qua"];

/// Whether a heading, its levels joined with " / ", is about money: it says so itself, or stands in a group of money and
/// names no work.
pub fn is_of_money(heading: &str) -> bool {
    let mut levels = heading.rsplit(" / ").map(words);
    let leaf = levels.next().unwrap_or_default();
    let has = |key: &str, list: &[&str]| list.iter().any(|word| word_position(key, word).is_some());
    if has(&leaf, &PAID) || has(&leaf, &MONEY) && !has(&leaf, &WORK) {
        return true;
    }
    let of_work = has(&leaf, &WORK) || has(&leaf, &PROGRESS);
    !of_work && levels.any(|group| has(&group, &PAID) || has(&group, &MONEY))
}

#[cfg(test)]
mod tests {
    use super::is_of_money;

    #[test]
    fn money_is_told_from_work() {
        for (heading, of_money) in [
            ("Tỷ lệ giải ngân (%)", true),
            ("Tiến độ giải ngân vốn đầu tư công (%)", true),
            ("Kinh phí (tr.đ) / Đã thực hiện", true),
            ("Kinh phí (tr.đ) / Tỷ lệ (%)", true),
            ("Vốn / KH 2020", true),
            ("Tỷ lệ quyết toán", true),
            ("Dự toán được duyệt", true),
            ("Số tiền đã chi (đồng)", true),
            ("Tốn bao nhiêu tiền", true),
            ("Tiến độ công việc (%)", false),
            ("Kinh phí và tiến độ / Tiến độ (%)", false),
            ("Kinh phí / Tiến độ công việc (%)", false),
            ("Tiến độ dự án vốn ODA (%)", false),
            ("Tỷ lệ hoàn thành (%)", false),
        ] {
            assert_eq!(is_of_money(heading), of_money, "{heading}");
        }
    }
}
