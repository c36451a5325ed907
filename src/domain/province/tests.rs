//! Provinces as people write them.

use super::*;

fn find(text: &str, sender: Option<&str>) -> String {
    match Provinces::embedded().find(text, sender) {
        ProvinceMention::Known(code) => code.to_owned(),
        ProvinceMention::Ambiguous(codes) => format!("? {}", codes.join(" ")),
        ProvinceMention::Unknown => "-".to_owned(),
    }
}

#[test]
fn the_lists_are_whole() {
    let provinces = Provinces::embedded();
    assert_eq!(provinces.all().len(), 63);
    assert_eq!(provinces.initials.len(), 60);
    assert!(provinces.initials.values().all(|candidates| !candidates.is_empty()));
    let count = |list: &[(Vec<String>, usize)]| list.iter().filter(|(words, _)| words.is_empty()).count();
    assert_eq!((count(&provinces.accented), count(&provinces.plain)), (0, 0));
}

#[test]
fn no_spelling_means_two_provinces() {
    let mut seen: HashMap<String, &str> = HashMap::new();
    for province in Provinces::embedded().all() {
        for name in std::iter::once(&province.name).chain(&province.aliases) {
            let other = seen.insert(joined(name), &province.code);
            assert!(other.is_none_or(|other| other == province.code), "{name}");
        }
    }
}

#[test]
fn every_successor_of_2025_is_listed_with_its_parts() {
    let of_2025: HashMap<String, Vec<String>> = rows(include_str!("../../../seeds/provinces_2025.csv"))
        .map(|row| (row[1].clone(), parts(&row[3]).map(str::to_owned).collect()))
        .collect();
    assert_eq!(of_2025.len(), 34);
    for row in rows(include_str!("../../../seeds/provinces_2020.csv")) {
        assert!(of_2025[&row[5]].contains(&row[1]), "{row:?}");
    }
    assert_eq!(of_2025.values().map(Vec::len).sum::<usize>(), 63);
}

#[test]
fn provinces_are_found_by_what_people_write() {
    for (text, want) in [
        ("Nghệ An", "40"),
        ("tỉnh Nghệ An", "40"),
        ("UBND TỈNH NGHỆ AN", "40"),
        ("Sở Thông tin và Truyền thông tỉnh Nghệ An", "40"),
        ("Sở TT&TT thành phố Đà Nẵng", "48"),
        ("STTTT Vĩnh Long", "86"),
        ("TP.HCM", "79"),
        ("TP. Hồ Chí Minh", "79"),
        ("HCM", "79"),
        ("Thừa Thiên - Huế", "46"),
        ("TT-Huế", "46"),
        ("Đắc Lắc", "66"),
        ("Đắc\u{a0}Lắc", "66"),
        ("Daklak", "66"),
        ("Ðắk Lắk", "66"),
        ("Hoà Bình", "17"),
        ("Ha Noi", "01"),
        ("BRVT", "77"),
        ("BR-VT", "77"),
        ("Bà Rịa-Vũng Tàu", "77"),
        ("LĐ", "68"),
        ("THA", "38"),
        ("Phòng CNTT Sở TTTT Cà Mau", "96"),
        ("BÁO CÁO CỦA TỈNH BẠC LIÊU", "95"),
        ("Cà Mau, ngày 15 tháng 4 năm 2020", "96"),
        ("Bạc Liêu và Cà Mau", "? 95 96"),
        ("vì hòa bình và phát triển", "-"),
        ("Châu Á - Thái Bình Dương", "-"),
        ("Nghệ Tĩnh", "-"),
        ("tỉnh", "-"),
        ("", "-"),
    ] {
        assert_eq!(find(text, None), want, "{text}");
    }
}

#[test]
fn shared_initials_need_the_sender() {
    assert_eq!(find("ĐN", None), "? 48 67 75");
    assert_eq!(find("ĐN", Some("75")), "75");
    assert_eq!(find("ĐN", Some("01")), "? 48 67 75");
    assert_eq!(find("Sở TTTT QN", Some("49")), "49");
    assert_eq!(find("AG", Some("01")), "89");
}

#[test]
fn departments_are_named_in_full() {
    let provinces = Provinces::embedded();
    let name = |code| provinces.get(code).map(Province::department).unwrap();
    assert_eq!(name("40"), "Sở Thông tin và Truyền thông tỉnh Nghệ An");
    assert_eq!(name("01"), "Sở Thông tin và Truyền thông thành phố Hà Nội");
}
