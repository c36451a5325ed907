//! What the words of a heading say together that none of them says alone: shortened words written out, a choice of
//! statuses, a share of something else, a day of something else.

use crate::import::vocabulary::{statuses, word_position};
use crate::sheet::column::Field;

use super::{Guess, Meaning};

/// Words as headings shorten them, in the form of [`words`], and written out. Longer ones first.
const SHORTENED: [(&str, &str); 41] = [
    ("t gian", "thoi gian"),
    ("t han", "thoi han"),
    ("th han", "thoi han"),
    ("t g", "thoi gian"),
    ("g chu", "ghi chu"),
    ("gh chu", "ghi chu"),
    ("k qua", "ket qua"),
    ("n vu", "nhiem vu"),
    ("n dung", "noi dung"),
    ("t do", "tien do"),
    ("t le", "ti le"),
    ("t trang", "tinh trang"),
    ("h thanh", "hoan thanh"),
    ("d vi", "don vi"),
    ("c tri", "chu tri"),
    ("p hop", "phoi hop"),
    ("k khan", "kho khan"),
    ("v mac", "vuong mac"),
    ("k nghi", "kien nghi"),
    ("d xuat", "de xuat"),
    ("gchu", "ghi chu"),
    ("tg", "thoi gian"),
    ("kq", "ket qua"),
    ("nv", "nhiem vu"),
    ("nd", "noi dung"),
    ("dv", "don vi"),
    ("cq", "co quan"),
    ("vb", "van ban"),
    ("kk", "kho khan"),
    ("vm", "vuong mac"),
    ("dx", "de xuat"),
    ("kn", "kien nghi"),
    ("tl", "ti le"),
    ("td", "tien do"),
    ("ld", "lanh dao"),
    ("kl", "ket luan"),
    ("bt", "bo truong"),
    ("ht", "hoan thanh"),
    ("th", "thuc hien"),
    ("tk", "trien khai"),
    ("bc", "bao cao"),
];

/// A heading without the number that it bears itself: "2. Nội dung nhiệm vụ", "(3) Thời hạn", "Cột 4: Kết quả".
pub(super) fn without_own_number(heading: &str) -> &str {
    let bare = heading.trim_start();
    let bare = ["Cột ", "cột ", "CỘT "].iter().find_map(|column| bare.strip_prefix(column)).unwrap_or(bare);
    let inner = bare.strip_prefix(['(', '[']).unwrap_or(bare);
    let digits = inner.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = inner.split_at(digits);
    let signed = rest
        .strip_prefix([')', ']', '.', ':', '-', '/'])
        .map(|rest| rest.trim_start_matches([')', '.', ' ', '\n']));
    let named = signed.filter(|rest| rest.chars().next().is_some_and(char::is_alphabetic));
    named.filter(|_| (1..=2).contains(&number.len())).unwrap_or(heading)
}

/// A heading with its shortened words written out; none when it has none.
pub(super) fn written_out(key: &str) -> Option<String> {
    crate::import::vocabulary::written_out(key, &SHORTENED)
}

/// What the remark in brackets says of the values below, and a choice of statuses wherever it stands: "Mức độ (đã hoàn
/// thành/đang thực hiện)", "Tiến độ (từ 0 đến 100)", "Đã làm hay chưa".
pub(super) fn by_choice(heading: &str, key: &str) -> Option<Guess> {
    let status = Guess { meaning: Meaning::Field(Field::Status), weight: 0.92 };
    let has = |words: &str| word_position(key, words).is_some();
    if has("hay chua") || has("da dang chua") || has("da hoac chua") || key.ends_with(" chua hay roi") {
        return Some(status);
    }
    if ["tu 0 den 100", "0 100", "0 den 100"].into_iter().any(has) {
        return Some(Guess { meaning: Meaning::Field(Field::Percent), weight: 0.92 });
    }
    let inner = heading.split_once('(').map_or(heading, |(_, inside)| inside.trim_end_matches([')', ' ']));
    let choices = |text: &str| {
        let text = text.replace(" hay ", "/").replace(" hoặc ", "/");
        let parts: Vec<&str> = text.split(['/', ';', ',', '|']).map(str::trim).collect();
        let is_status = |part: &&str| {
            let part = part.trim_end_matches(['.', '…', ' ']);
            statuses::understand(part).is_some_and(|said| {
                !said.more_follows && (said.status.is_some() || said.timeliness.is_some())
            })
        };
        let known = parts.iter().filter(|part| is_status(part)).count();
        known >= 2 && known + 1 >= parts.len()
    };
    (choices(inner) || choices(heading)).then_some(status)
}

/// What a share may be of that says how far a task is.
const OF_PROGRESS: [&str; 36] = [
    "hoan", "thanh", "thuc", "hien", "dat", "duoc", "xong", "lam", "tien", "do", "cong", "viec", "khoi",
    "luong", "%", "phan", "tram", "den", "nay", "tai", "ngay", "thoi", "diem", "luy", "ke", "li", "nhiem",
    "vu", "ket", "qua", "da", "trien", "khai", "muc", "bao", "cao",
];
/// And words beside them that say nothing else.
const BESIDE_PROGRESS: [&str; 32] = [
    "so", "voi", "ke", "hoach", "uoc", "cua", "tinh", "ki", "thang", "qui", "nam", "cac", "theo", "don",
    "vi", "tong", "hien", "chung", "ghi", "neu", "co", "chuan", "tuan", "trong", "truoc", "sau", "cong",
    "don", "dau", "cuoi", "moi", "tu",
];

/// Takes away what a heading cannot mean as a whole, although some of its words do.
pub(super) fn limit(found: &mut Vec<Guess>, heading: &str, key: &str) {
    let other = |weight: f64| Guess { meaning: Meaning::Other, weight };
    let written = written_out(key);
    if is_share_of_other(written.as_deref().unwrap_or(key)) {
        found.retain(|guess| !matches!(guess.meaning, Meaning::Field(Field::Percent | Field::Status)));
        found.push(other(0.85));
    }
    let begins = |heads: &[&str]| {
        let begins = |head: &&str| {
            key.strip_prefix(*head).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
        };
        heads.iter().any(begins)
    };
    if begins(&["trong so", "ti trong", "diem so", "diem danh gia"]) {
        found.retain(|guess| guess.meaning != Meaning::Field(Field::Percent));
    }
    if begins(&["lanh dao", "giam doc", "pho giam doc", "pgd", "chu tich", "pho chu tich"]) {
        found.retain(|guess| guess.meaning != Meaning::Field(Field::LeadUnit));
    }
    let of_several = heading.contains([',', '/', ';', '&', '+']) || heading.contains(" và ");
    if is_of_days(key) && !of_several {
        found.retain(|guess| may_be_of_days(guess.meaning));
        if found.is_empty() {
            found.push(other(0.6));
        }
    }
}

/// Whether a heading is about the share of something else: "Tỷ lệ phủ sóng (%)", "Tỷ trọng (%)".
fn is_share_of_other(key: &str) -> bool {
    let Some(rest) = ["ti le", "ti trong", "phan tram"].iter().find_map(|head| {
        let rest = key.strip_prefix(head)?;
        (rest.is_empty() || rest.starts_with(' ')).then_some(rest)
    }) else {
        return false;
    };
    let other = |word: &str| {
        let figure = word.bytes().all(|byte| byte.is_ascii_digit());
        !figure && !OF_PROGRESS.contains(&word) && !BESIDE_PROGRESS.contains(&word)
    };
    key.starts_with("ti trong") || rest.split(' ').filter(|word| !word.is_empty()).any(other)
}

/// Whether a heading names a day or a time, so that nothing but days stands below it.
fn is_of_days(key: &str) -> bool {
    let heads = ["ngay", "thoi gian", "thoi diem", "thoi han", "han"];
    heads.iter().any(|head| key.strip_prefix(head).is_some_and(|rest| rest.starts_with(' ')))
        && !["han che", "han muc", "ngay cong"].iter().any(|other| key.starts_with(other))
}

/// What a heading of days may mean.
fn may_be_of_days(meaning: Meaning) -> bool {
    match meaning {
        Meaning::Field(field) => field == Field::Deadline,
        Meaning::CompletedOn | Meaning::Extension | Meaning::Other | Meaning::Code | Meaning::Count => true,
    }
}

/// What its first words alone say of a heading: enough for a column that nothing else speaks for, too little to make a row a
/// heading ("CÁC NHIỆM VỤ VỀ THÔNG TIN" is a section).
const HEAD: f64 = 0.45;

/// What the first words of a heading name, when nothing else in it is known: "Nội dung Bộ trưởng giao tại Hội nghị giao ban".
pub(super) fn by_head(key: &str) -> Option<Guess> {
    const HEADS: [(&str, Field); 24] = [
        ("noi dung", Field::Content),
        ("cac noi dung", Field::Content),
        ("nhiem vu", Field::Content),
        ("cac nhiem vu", Field::Content),
        ("cong viec", Field::Content),
        ("cac cong viec", Field::Content),
        ("ten viec", Field::Content),
        ("ten nhiem vu", Field::Content),
        ("viec", Field::Content),
        ("phan viec", Field::Content),
        ("cong tac", Field::Content),
        ("y kien ket luan", Field::Content),
        ("y kien chi dao", Field::Content),
        ("i kien ket luan", Field::Content),
        ("i kien chi dao", Field::Content),
        ("tom tat noi dung", Field::Content),
        ("mo ta nhiem vu", Field::Content),
        ("mo ta cong viec", Field::Content),
        ("ket qua", Field::Result),
        ("tinh trang", Field::Status),
        ("kho khan", Field::Difficulties),
        ("kien nghi", Field::Proposals),
        ("de xuat", Field::Proposals),
        ("ghi chu", Field::Note),
    ];
    let begins =
        |head: &str| key.strip_prefix(head).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
    let (_, field) = HEADS.iter().find(|(head, _)| begins(head))?;
    Some(Guess { meaning: Meaning::Field(*field), weight: HEAD })
}
