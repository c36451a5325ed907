//! Phrases by which rows that are no tasks are known: totals, notes, signatures, place and date.

use chrono::NaiveDate;

use crate::import::vocabulary::places::Place;
use crate::import::vocabulary::{statuses, words};

use super::stt;

/// Whether a text has more words than this. Told before the words are made comparable, which costs far more: nearly all
/// cells of a long sheet are prose or names.
fn is_longer(text: &str, most: usize) -> bool {
    text.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).nth(most).is_some()
}

/// Whether a text names a figure about the tasks above: "Tỷ lệ hoàn thành", "Số nhiệm vụ quá hạn", "Đang thực hiện".
pub fn names_figure(text: &str) -> bool {
    if is_longer(text, 7) {
        return false;
    }
    let key = words(text);
    let begins = ["ti le", "so nhiem vu", "so luong", "so viec", "so hoan thanh", "trong do"];
    begins.iter().any(|begin| begins_with(&key, begin))
        || statuses::named(text).is_some_and(|said| !said.more_follows)
}

/// Whether a text heads a row of totals or averages.
pub fn is_total(text: &str) -> bool {
    if is_longer(text, 7) {
        // "Tổng số: 02 nhiệm vụ; hoàn thành 01; đang thực hiện 01".
        let counted = text.trim_start().starts_with(['T', 't']) && !is_longer(text, 16);
        return counted && {
            let key = words(text);
            let rest =
                ["tong so", "tong cong", "tong nhiem vu"].iter().find_map(|begin| key.strip_prefix(begin));
            rest.is_some_and(|rest| rest.split(' ').take(4).any(|word| word.parse::<u32>().is_ok()))
        };
    }
    let key = words(text);
    let short = key.split(' ').count() <= 7;
    let begins =
        ["tong cong", "tong so", "binh quan", "trung binh", "cong cong", "tong hop chung", "tong nhiem vu"];
    // "Cộng mục I: 04 nhiệm vụ", "Cộng nhóm II".
    let of_group = ["cong muc", "cong nhom", "cong phan", "cong linh vuc", "tong nhom"];
    short
        && (matches!(key.as_str(), "tong" | "cong" | "total" | "luy ke" | "li ke")
            || is_sum_of_letters(&key)
            || of_group.iter().any(|begin| key.starts_with(begin))
            || begins.iter().any(|begin| key.starts_with(begin)))
}

/// "Tổng (A+B)", "Cộng (I+II+III)".
fn is_sum_of_letters(key: &str) -> bool {
    let rest = ["tong ", "cong ", "tong cong "].iter().find_map(|begin| key.strip_prefix(begin));
    rest.is_some_and(|rest| {
        rest.split(' ').all(|part| part.len() == 1 || stt::roman(&part.to_uppercase()).is_some())
    })
}

/// Whether a text begins a row of sums over what it names: "Cộng nguồn A", not "Cộng tác viên". Only the figures of the
/// row can tell.
pub fn may_be_sum(text: &str) -> bool {
    let low = text.trim_start().to_lowercase();
    low.strip_prefix("cộng ").is_some_and(|rest| !rest.starts_with("tác")) && !is_longer(text, 7)
}

/// Whether a text is a remark below a table, not a task.
pub fn is_note(text: &str) -> bool {
    let key = words(text);
    let trimmed = text.trim_start();
    let begins = [
        "ghi chu",
        "luu i",
        "luu y",
        "chu i",
        "chu y",
        "n b",
        "nb",
        "chu thich",
        "nguon so lieu",
        "nguon",
        "chu giai",
        "ki hieu",
        "qui uoc",
        "giai thich",
        "huong dan",
    ];
    let marked = trimmed.starts_with("(*)")
        || trimmed.starts_with("(1)")
        || trimmed.starts_with('*')
        || trimmed.starts_with('¹');
    marked || begins.iter().any(|begin| key == *begin || key.starts_with(begin) && has_colon_early(trimmed))
}

/// Whether a text is a closing line such as "Đề xuất, kiến nghị: ...".
pub fn is_closing(text: &str) -> bool {
    let key = words(text);
    let begins = [
        "de xuat",
        "kien nghi",
        "de nghi",
        "kho khan",
        "danh gia",
        "nhan xet",
        "ket qua chung",
        "uu diem",
        "han che",
        "ton tai",
        "nguyen nhan",
        "phuong huong",
        "khai thac tu",
        "trich xuat",
        "tren day la",
    ];
    begins.iter().any(|begin| key.starts_with(begin))
        && (has_colon_early(text) || key.split(' ').count() <= 5)
        || key.starts_with("tren day la")
        || key.starts_with("trich xuat tu")
}

fn has_colon_early(text: &str) -> bool {
    text.find(':').is_some_and(|at| text.get(..at).is_some_and(|before| before.chars().count() <= 60))
}

/// Words that a cell of the signatures begins with.
const SIGNATURES: [&str; 41] = [
    "nguoi lap",
    "nguoi tong hop",
    "nguoi bao cao",
    "nguoi ki",
    "nguoi kiem tra",
    "nguoi thuc hien bao cao",
    "giam doc",
    "pho giam doc",
    "kt giam doc",
    "q giam doc",
    "quyen giam doc",
    "tl giam doc",
    "tuq giam doc",
    "tm so",
    "tm ubnd",
    "tm uy ban",
    "tm lanh dao",
    "kt chu tich",
    "tm ban",
    "chanh van phong",
    "pho chanh van phong",
    "kt chanh van phong",
    "tl chanh van phong",
    "truong phong",
    "pho truong phong",
    "kt truong phong",
    "thu truong",
    "cuc truong",
    "kt cuc truong",
    "pho cuc truong",
    "vu truong",
    "ki ten",
    "ki ghi ro ho ten",
    "ki va ghi ro",
    "noi nhan",
    "luu vt",
    "lanh dao don vi",
    "lanh dao so duyet",
    "lanh dao duyet",
    "xac nhan cua lanh dao",
    "nguoi duyet",
];

/// Whether a text belongs to the signatures below a table.
pub fn is_signature(text: &str) -> bool {
    if is_longer(text, 9) {
        return false;
    }
    let key = words(text);
    let short = key.split(' ').count() <= 9;
    let alone = matches!(
        key.as_str(),
        "da ki" | "ki" | "lanh dao" | "xac nhan cua lanh dao" | "bo truong" | "thu truong don vi"
    );
    short && (alone || SIGNATURES.iter().any(|begin| begins_with(&key, begin)))
}

/// Whether words begin with these, as whole words.
fn begins_with(words: &str, begin: &str) -> bool {
    words.strip_prefix(begin).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
}

/// The day of a line such as "Vĩnh Long, ngày 20 tháng 4 năm 2020"; the day is missing where it was left blank.
pub fn place_and_date(text: &str) -> Option<Option<NaiveDate>> {
    if is_longer(text, 14) {
        return None;
    }
    if let Some(day) = place_and_figures(text) {
        return Some(Some(day));
    }
    let key = words(text);
    let parts: Vec<&str> = key.split(' ').collect();
    let at = |word: &str| parts.iter().position(|part| *part == word);
    let (day, month, year) = (at("ngay")?, at("thang")?, at("nam")?);
    if !(day < month && month < year && year - day <= 5 && parts.len() <= 14 && day <= 6) {
        return None;
    }
    let number = |from: usize, to: usize| {
        parts.get(from + 1..to).and_then(|between| between.first()).and_then(|n| n.parse::<u32>().ok())
    };
    let year_number = parts.get(year + 1).and_then(|n| n.parse::<i32>().ok());
    let date = match (number(day, month), number(month, year), year_number) {
        (Some(day), Some(month), Some(year)) => NaiveDate::from_ymd_opt(year, month, day),
        _ => None,
    };
    // "(ngày/tháng/năm)" below a heading says how to write a day, and no day is left blank in it.
    let left_blank = text.contains("..") || text.contains('…') || text.contains("  ");
    if day == 0 && !left_blank && !key.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    // "Công văn số 12 ngày 20 tháng 4 năm 2020 của ..." is prose: nothing follows the year of a place line.
    (parts.len() <= year + 2).then_some(date)
}

/// The day of "Bến Tre, ngày 14/4/2020": a place of ours, and a day in figures.
fn place_and_figures(text: &str) -> Option<NaiveDate> {
    let (place, day) = text.trim().split_once(',')?;
    Place::named(place)?;
    let day = day.trim().trim_start_matches("ngày ").trim_start_matches("Ngày ").trim();
    let figures = day.chars().all(|c| c.is_ascii_digit() || matches!(c, '/' | '.' | '-'));
    if figures { crate::domain::date::find(day) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_that_are_no_tasks_are_known_by_their_words() {
        assert!(
            [
                "TỔNG CỘNG",
                "Cộng",
                "Tổng số: 02 nhiệm vụ; hoàn thành 01; đang thực hiện 01",
                "Tổng số: 12 nhiệm vụ",
                "Cộng mục I: 04 nhiệm vụ",
                "Bình quân",
                "Tổng (A+B)",
                "Cộng (I+II+III)",
                "Lũy kế"
            ]
            .iter()
            .all(|text| is_total(text))
        );
        assert!(
            !["Tổng hợp số liệu báo cáo", "Tổng kết phong trào", "Cộng tác viên"]
                .iter()
                .any(|text| is_total(text))
        );
        assert!(["Cộng nguồn A", "CỘNG NGÂN SÁCH TỈNH"].iter().all(|text| may_be_sum(text)));
        let others = ["Cộng tác viên cơ sở", "Công bố dịch vụ công", "Công tác tuyên truyền"];
        assert!(!others.iter().any(|text| may_be_sum(text)));
        assert!(["Ghi chú: đánh dấu x", "(*) số liệu ước", "Lưu ý: ..."].iter().all(|text| is_note(text)));
        assert!(
            [
                "GIÁM ĐỐC",
                "KT. GIÁM ĐỐC",
                "(Ký, ghi rõ họ tên)",
                "NGƯỜI LẬP BIỂU",
                "TM. SỞ THÔNG TIN VÀ TRUYỀN THÔNG",
                "Nơi nhận:"
            ]
            .iter()
            .all(|text| is_signature(text))
        );
        assert!(
            !["Giám sát an toàn thông tin", "Lãnh đạo Sở chỉ đạo các phòng rà soát văn bản"]
                .iter()
                .any(|text| is_signature(text))
        );
        assert!(is_closing("Đề xuất kiến nghị: Bộ sớm có hướng dẫn"));
    }

    #[test]
    fn place_lines_give_their_day() {
        assert_eq!(
            place_and_date("Vĩnh Long, ngày 20 tháng 4 năm 2020"),
            Some(NaiveDate::from_ymd_opt(2020, 4, 20))
        );
        assert_eq!(place_and_date("Hà Nội, ngày … tháng … năm 2020"), Some(None));
        let day = NaiveDate::from_ymd_opt(2020, 4, 14);
        assert_eq!(place_and_date("Bến Tre, ngày 14/4/2020"), Some(day));
        assert_eq!(place_and_date("Đà Nẵng, 14/4/2020"), Some(day));
        assert_eq!(place_and_date("Họp trực tuyến, 14/4/2020"), None);
        assert_eq!(place_and_date("(ngày/tháng/năm)"), None);
        assert_eq!(place_and_date("Ngày, tháng, năm"), None);
        assert_eq!(place_and_date("Ngày … tháng … năm ……"), Some(None));
        assert_eq!(place_and_date("Đã tổ chức họp ngày 25 tháng 3 năm 2020 tại điểm cầu"), None);
    }
}
