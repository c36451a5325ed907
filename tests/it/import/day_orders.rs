//! Day and month of dates that may have changed places under a US setting: asked about, remembered, never swapped in silence.

use giaoban::domain::finding::{Finding, FindingCode};
use giaoban::import::hints::Hints;
use giaoban::import::reading::Reading;
use giaoban::sheet::column::Field;
use giaoban::sheet::meaning::{ColumnFacts, ColumnMeaning, DayOrder};

use super::memory::{meaning, read, remembered};
use crate::support::book::wording;

#[test]
fn a_swapped_column_of_days_of_completion_is_asked_about_where_the_day_would_be_stored() {
    let [one, other, third] = ["VII.4-1", "VII.4-3", "III.1-7"].map(wording);
    let table = format!(
        "STT | Nội dung | Thời hạn | Tình trạng | Ngày hoàn thành thực tế\n\
         1 | {one} | Quý II/2020 | Đã hoàn thành | @m/d/yyyy 2020-05-04\n\
         2 | {other} | Quý II/2020 | Đã hoàn thành | 25/04/2020\n\
         3 | {third} | Quý II/2020 | Đang thực hiện |"
    );
    let asked = read(Hints::default(), &table);
    let rows = &asked.tables[0].rows;
    assert_eq!(asked.tables[0].columns[4].facts.meaning, Some(ColumnMeaning::CompletedOn));
    let swapped = |row: usize| {
        rows[row].findings.iter().find(|found| found.code == FindingCode::DeadlineDayMonthSwapped)
    };
    assert_eq!(swapped(0).map(|found| found.detail.as_str()), Some("04/5/2020 hay 05/4/2020"));
    assert!(swapped(1).is_none() && swapped(2).is_none());
    let day = |reading: &Reading| reading.tables[0].rows[0].status.completed_on.map(|day| day.to_string());
    for (order, expected) in [(DayOrder::AsStored, "2020-05-04"), (DayOrder::Swapped, "2020-04-05")] {
        let told = ColumnFacts { days: Some(order), ..ColumnFacts::default() };
        let hints = Hints { told: [(("PL".to_owned(), 4), told)].into(), ..Hints::default() };
        let settled = read(hints, &table);
        assert_eq!(day(&settled).as_deref(), Some(expected));
        let still = settled.tables[0].rows[0]
            .findings
            .iter()
            .any(|found| found.code == FindingCode::DeadlineDayMonthSwapped);
        assert!(!still, "{order:?}");
    }
}

#[test]
fn dates_that_were_swapped_before_are_asked_about_where_the_days_do_not_tell() {
    let [one, other] = ["VII.4-1", "VII.4-3"].map(wording);
    let column = |days| ColumnFacts { days: Some(days), ..meaning(ColumnMeaning::CompletedOn) };
    let hints = |days| {
        let field = |field| meaning(ColumnMeaning::Field(field));
        remembered(&[
            ("STT", field(Field::Stt), false),
            ("Nội dung", field(Field::Content), false),
            ("Tình trạng", field(Field::Status), false),
            ("Ngày hoàn thành thực tế", column(days), false),
        ])
    };
    let table = |days: [&str; 2]| {
        format!(
            "STT | Nội dung | Tình trạng | Ngày hoàn thành thực tế\n\
             1 | {one} | Đã hoàn thành | @d/m/yyyy {}\n2 | {other} | Đã hoàn thành | @d/m/yyyy {}",
            days[0], days[1]
        )
    };
    let (early, late) = (["2020-05-04", "2020-03-02"], ["2020-05-04", "2020-04-25"]);
    for (order, days, asked) in [
        (DayOrder::Swapped, early, true),
        (DayOrder::Swapped, late, false),
        (DayOrder::AsStored, early, false),
    ] {
        let reading = read(hints(order), &table(days));
        let rows = &reading.tables[0].rows;
        let asks = |found: &Finding| found.code == FindingCode::DeadlineDayMonthSwapped;
        assert_eq!(rows[0].findings.iter().any(asks), asked, "{order:?} {days:?}: {:?}", rows[0].findings);
    }
}
