//! Whom a file is by and of what day, from the lines above and below its tables.

use chrono::{Days, NaiveDate};

use crate::domain::date;
use crate::import::rows::phrases::place_and_date;
use crate::import::vocabulary::places::Place;
use crate::import::vocabulary::words;

/// What the lines around the tables say.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Letterhead {
    /// Provinces named as the sender, each with its line.
    pub provinces: Vec<(Place, String)>,
    /// Days named.
    pub days: Vec<NaiveDate>,
}

/// Words after which the name of the sender's province stands.
const SENDERS: [&str; 8] = [
    "so thong tin va truyen thong",
    "so tttt",
    "so tt tt",
    "stttt",
    "ubnd tinh",
    "ubnd thanh pho",
    "ubnd tp",
    "uy ban nhan dan",
];

impl Letterhead {
    /// Takes in the lines above or below a table.
    pub fn take<'l>(&mut self, lines: impl Iterator<Item = &'l str>) {
        for line in lines.flat_map(|text| text.split('\n')) {
            if let Some(place) = sender_of(line)
                && !self.provinces.iter().any(|(known, _)| *known == place)
            {
                self.provinces.push((place, line.trim().to_owned()));
            }
            match place_and_date(line) {
                Some(day) => self.days.extend(day),
                None => self.days.extend(date::find(line)),
            }
        }
    }

    /// The day of the report: the latest day named from the notice on, within a year.
    pub fn reported_on(&self, notice: NaiveDate) -> Option<NaiveDate> {
        let last = notice.checked_add_days(Days::new(366))?;
        self.days.iter().copied().filter(|day| (notice..=last).contains(day)).max()
    }
}

fn sender_of(line: &str) -> Option<Place> {
    if place_and_date(line).is_some() {
        return Place::leading(line.split(',').next()?);
    }
    let key = words(line);
    let named = SENDERS.iter().filter_map(|sender| key.find(sender).map(|at| at + sender.len())).max();
    let after = named.and_then(|at| key.get(at..)).filter(|after| !after.trim().is_empty());
    match after {
        Some(after) => Place::leading(after.trim()),
        None if key.starts_with("tinh ") || key.starts_with("thanh pho ") || key.starts_with("don vi ") => {
            Place::leading(line)
        }
        None => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sender_is_read_from_letterheads_and_place_lines() {
        let mut letterhead = Letterhead::default();
        letterhead.take(
            [
                "UBND TỈNH BẠC LIÊU",
                "SỞ THÔNG TIN VÀ TRUYỀN THÔNG",
                "DANH SÁCH NHIỆM VỤ - SỞ TTTT LONG AN",
                "HỘI NGHỊ GIAO BAN VỚI CÁC SỞ TTTT TẠI HÀ NỘI",
                "Cà Mau, ngày 22 tháng 4 năm 2020",
            ]
            .into_iter(),
        );
        let names: Vec<&str> = letterhead.provinces.iter().map(|(place, _)| place.name()).collect();
        assert_eq!(names, ["Bạc Liêu", "Long An", "Cà Mau"]);
        let notice = NaiveDate::from_ymd_opt(2020, 3, 2).unwrap();
        assert_eq!(letterhead.reported_on(notice), NaiveDate::from_ymd_opt(2020, 4, 22));
    }
}
