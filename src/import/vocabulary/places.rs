//! Names of provinces as they stand in sheets. Knows the provinces of 2020 (`seeds/provinces_2020.csv`).

use std::collections::HashMap;
use std::sync::LazyLock;

use super::{records, words};

/// A province, by its place in the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place(usize);

/// A province of the list.
#[derive(Clone, Debug)]
struct Known {
    code: String,
    name: String,
}

static PROVINCES: LazyLock<(Vec<Known>, HashMap<String, Place>)> = LazyLock::new(|| {
    let (mut list, mut keys) = (Vec::new(), HashMap::new());
    for record in records(include_str!("../../../seeds/provinces_2020.csv")) {
        let [code, name, aliases] = [0, 1, 4].map(|index| record.get(index).unwrap_or_default());
        let place = Place(list.len());
        list.push(Known { code: code.to_owned(), name: name.to_owned() });
        for alias in aliases.split('|').chain([name]).filter(|alias| !alias.is_empty()) {
            keys.entry(bare(&words(alias)).to_owned()).or_insert(place);
            keys.entry(words(alias).replace(' ', "")).or_insert(place);
        }
    }
    (list, keys)
});

/// What stands before the name of a province and is no part of it.
const BEFORE: [&str; 16] = [
    "uy ban nhan dan",
    "ubnd",
    "so thong tin va truyen thong",
    "so thong tin truyen thong",
    "so tt va tt",
    "so tttt",
    "so tt tt",
    "stttt",
    "don vi bao cao",
    "don vi",
    "tinh",
    "thanh pho",
    "tp",
    "cua",
    "cac so",
    "so",
];

fn bare(key: &str) -> &str {
    let mut rest = key;
    while let Some(next) = BEFORE
        .iter()
        .filter_map(|before| rest.strip_prefix(before))
        .find_map(|after| after.strip_prefix(' ').filter(|after| !after.is_empty()))
    {
        rest = next;
    }
    rest
}

impl Place {
    /// The code of 2020.
    pub fn code(self) -> &'static str {
        PROVINCES.0.get(self.0).map_or("", |known| known.code.as_str())
    }

    /// The official name.
    pub fn name(self) -> &'static str {
        PROVINCES.0.get(self.0).map_or("", |known| known.name.as_str())
    }

    /// The province with this code of 2020.
    pub fn by_code(code: &str) -> Option<Place> {
        PROVINCES.0.iter().position(|known| known.code == code).map(Place)
    }

    /// The province a cell names as a whole, words such as "UBND tỉnh" or "Sở TTTT" before it left out.
    pub fn named(raw: &str) -> Option<Place> {
        let key = words(raw);
        let rest = bare(&key);
        let known = &PROVINCES.1;
        known.get(rest).or_else(|| known.get(&rest.replace(' ', ""))).copied()
    }

    /// The province whose name a line begins with, after those words: "UBND TỈNH BẠC LIÊU", "Cà Mau, ngày 22 ...".
    pub fn leading(raw: &str) -> Option<Place> {
        let key = words(raw);
        let rest: Vec<&str> = bare(&key).split(' ').collect();
        (1..=rest.len().min(5)).rev().find_map(|length| PROVINCES.1.get(&rest[..length].join(" ")).copied())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_lead_to_the_province() {
        for (raw, code) in [
            ("Đắc Lắc", "66"),
            ("Daklak", "66"),
            ("UBND TỈNH BẠC LIÊU", "95"),
            ("Sở TT&TT TP. Đà Nẵng", "48"),
            ("Thừa Thiên - Huế", "46"),
            ("TP.HCM", "79"),
            ("Bà Rịa – Vũng Tàu", "77"),
            ("Tỉnh Điện Biên\u{a0}", "11"),
        ] {
            assert_eq!(Place::named(raw).map(Place::code), Some(code), "{raw}");
        }
        assert_eq!(Place::named("Phòng CNTT"), None);
        assert_eq!(Place::leading("Cà Mau, ngày 22 tháng 4 năm 2020").map(Place::name), Some("Cà Mau"));
    }
}
