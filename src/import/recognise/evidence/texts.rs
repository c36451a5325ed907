//! What texts are by the words with which they begin: reports, troubles, requests, orders, persons, units.

use crate::import::rows::stt;
use crate::import::vocabulary::words;

/// Words with which a text begins that tells what was done.
pub(super) const REPORTS: [&str; 20] = [
    "da",
    "dang",
    "chua",
    "cong van",
    "bao cao so",
    "to trinh",
    "ke hoach so",
    "quyet dinh",
    "van ban so",
    "du thao",
    "bien ban",
    "huong dan so",
    "giay moi",
    "cv so",
    "bc so",
    "thong bao so",
    "hoan thanh",
    "ket noi",
    "xu phat",
    "de an da",
];

/// Words with which a text begins that tells what is in the way.
pub(super) const TROUBLES: [&str; 24] = [
    "thieu",
    "chua co",
    "kho khan",
    "kho",
    "vuong",
    "vuong mac",
    "chua bo tri",
    "khong co",
    "han che",
    "kinh phi",
    "do dich",
    "chua duoc",
    "chua thong nhat",
    "cham",
    "con thieu",
    "con vuong",
    "con kho",
    "con han che",
    "khong du",
    "khong bo tri",
    "do thieu",
    "do chua",
    "gap kho",
    "nhan luc",
];

/// Words with which a text begins that asks for something.
pub(super) const REQUESTS: [&str; 27] = [
    "de nghi",
    "kien nghi",
    "de xuat",
    "cu",
    "ho tro",
    "bo som",
    "bo ho tro",
    "bo huong dan",
    "gui mau",
    "mo lop",
    "xin",
    "mong",
    "som ban hanh",
    "can bo",
    "bo can",
    "bo xem xet",
    "bo chi dao",
    "bo cap",
    "bo bo tri",
    "bo cho",
    "bo mo",
    "bo ban hanh",
    "bo quan tam",
    "bo tap huan",
    "bo to chuc",
    "bo tang cuong",
    "bo thong nhat",
];

pub(super) fn begins_with_any(key: &str, begins: &[&str]) -> bool {
    begins
        .iter()
        .any(|begin| key.strip_prefix(begin).is_some_and(|rest| rest.is_empty() || rest.starts_with(' ')))
}

/// Verbs with which tasks begin. What has been done begins with "đã", "đang" or "chưa", or with a number.
const ORDERS: [&str; 40] = [
    "xay dung",
    "trien khai",
    "phoi hop",
    "day manh",
    "nghien cuu",
    "ra soat",
    "tham muu",
    "to chuc",
    "hoan thien",
    "hoan thanh",
    "chu tri",
    "chu dong",
    "tiep tuc",
    "tang cuong",
    "thuc hien",
    "ban hanh",
    "trinh",
    "chuan bi",
    "huong dan",
    "kiem tra",
    "thanh tra",
    "ho tro",
    "de xuat",
    "lam viec",
    "lap",
    "quyet liet",
    "nang cap",
    "nang cao",
    "van hanh",
    "cung cap",
    "bao dam",
    "dam bao",
    "pho bien",
    "tuyen truyen",
    "bao cao",
    "theo doi",
    "phat dong",
    "phat trien",
    "to cong tac",
    "khai truong",
];

/// Whether a text begins like a task.
pub(super) fn is_order(text: &str) -> bool {
    let key = words(stt::leading(text).map_or(text, |(_, rest)| rest));
    ORDERS.iter().any(|verb| key.strip_prefix(verb).is_some_and(|rest| rest.starts_with(' ')))
}

/// Words before a person's name, and posts.
const POSTS: [&str; 17] = [
    "d c",
    "dc",
    "dong chi",
    "ong",
    "ba",
    "pgd",
    "gd",
    "giam doc",
    "pho giam doc",
    "truong phong",
    "pho truong phong",
    "pho phong",
    "chuyen vien",
    "cv",
    "tp",
    "ptp",
    "chanh van phong",
];

/// The commonest family names.
const FAMILIES: [&str; 24] = [
    "nguyen", "tran", "le", "pham", "hoang", "huynh", "phan", "vu", "vo", "dang", "bui", "do", "ho", "ngo",
    "duong", "li", "dinh", "trinh", "mai", "luong", "cao", "ta", "lam", "truong",
];

/// Whether a text is the name or the post of a person: "Đ/c Nguyễn Văn An", "PGĐ Trần Bình", "Lê Thị Hoa".
pub(super) fn is_person(text: &str) -> bool {
    let key = words(text);
    let after =
        |word: &&str| key.strip_prefix(*word).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
    let named = || {
        let capitals =
            text.split_whitespace().all(|word| word.chars().next().is_some_and(char::is_uppercase));
        let parts = key.split(' ').count();
        capitals && (2..=5).contains(&parts) && FAMILIES.iter().any(&after)
    };
    POSTS.iter().any(after) && key.split(' ').count() <= 9 || named()
}

/// Words with which names of units begin.
const UNIT_WORDS: [&str; 24] = [
    "phong",
    "so ",
    "cuc ",
    "vu ",
    "trung tam",
    "van phong",
    "thanh tra",
    "ban ",
    "ubnd",
    "chi cuc",
    "cac ",
    "bo phan",
    "doanh nghiep",
    "bao ",
    "dai ",
    "cong an",
    "buu dien",
    "tttt",
    "tt cntt",
    "trung tam",
    "to ",
    "hoi ",
    "vnpt",
    "p.",
];

/// Whether a text begins like the name of a unit.
pub fn is_unit(text: &str) -> bool {
    let key = words(text);
    let padded = format!("{key} ");
    UNIT_WORDS.iter().any(|word| padded.starts_with(word))
        || key.split(' ').next().is_some_and(|word| matches!(word, "p" | "tt" | "vp" | "stttt"))
}

/// Whether a text tells what a unit does or does not, and is no name: "Doanh nghiệp chưa cung cấp số liệu".
pub(super) fn is_told(text: &str) -> bool {
    const SAYS: [&str; 7] = ["chưa", "đã", "đang", "không", "cần", "phải", "sẽ"];
    text.to_lowercase().split(' ').skip(1).any(|word| SAYS.contains(&word))
}

/// Whether a unit is a room of the sender ("Phòng CNTT", "Thanh tra", "P. BCVT"), or one of the ministry ("Cục Viễn thông").
pub(super) fn is_room(text: &str) -> bool {
    const ROOMS: [&str; 14] = [
        "phong",
        "van phong",
        "thanh tra",
        "trung tam",
        "tt",
        "p",
        "vp",
        "bo phan",
        "ban giam doc",
        "to",
        "so tttt",
        "stttt",
        "cuc",
        "vu",
    ];
    let key = words(text);
    let begins = ROOMS
        .iter()
        .any(|room| key.strip_prefix(room).is_some_and(|rest| rest.is_empty() || rest.starts_with(' ')));
    begins && !is_several(text)
}

/// Whether a text names several units, or all of a kind: "VNPT, Viettel", "Các phòng thuộc Sở", "UBND các huyện".
pub(super) fn is_several(text: &str) -> bool {
    let key = words(text);
    let all = ["cac ", "ubnd cac", "toan the", "tat ca"].iter().any(|begin| key.starts_with(begin));
    let parts = text.split([',', ';', '\n']).filter(|part| is_unit(part.trim())).count();
    all || parts > 1
}
