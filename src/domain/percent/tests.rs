//! Percents as typed and as stored.

use proptest::prelude::*;

use super::*;
use FindingCode::{PercentNegative, PercentOver100, PercentSuspicious, PercentUnreadable};

fn value(reading: &PercentReading) -> Option<f64> {
    reading.value.map(Percent::value)
}

#[test]
fn texts_give_their_percent() {
    for (raw, want) in [
        ("50%", 50.0),
        ("50,5%", 50.5),
        ("50.5 %", 50.5),
        ("66,7%", 66.7),
        ("66,667%", 66.67),
        ("100", 100.0),
        ("0", 0.0),
        ("0%", 0.0),
        ("0,5%", 0.5),
        ("đạt 50%", 50.0),
        ("Đạt 80%", 80.0),
        ("khoảng 70%", 70.0),
        ("khoảng 70", 70.0),
        ("hoàn thành 60", 60.0),
        ("Hoàn thành 60% kế hoạch năm 2020", 60.0),
        ("46 (82%)", 82.0),
        ("3/5 chỉ tiêu (60%)", 60.0),
        ("50 phần trăm", 50.0),
        ("100,00%", 100.0),
        ("25\u{a0}%", 25.0),
        ("75%.", 75.0),
        ("Đang thực hiện - 25%", 25.0),
        ("Chưa thực hiện (0%)", 0.0),
    ] {
        let reading = read_text(raw);
        assert_eq!((value(&reading), reading.findings), (Some(want), vec![]), "{raw}");
    }
}

#[test]
fn texts_that_give_none_say_why() {
    for (raw, want) in [
        ("chưa có số liệu", PercentUnreadable),
        ("1/2", PercentUnreadable),
        ("3/5 chỉ tiêu", PercentUnreadable),
        ("50-60%", PercentUnreadable),
        ("50% - 60%", PercentUnreadable),
        ("từ 50 đến 60%", PercentUnreadable),
        ("50%; 60%", PercentUnreadable),
        ("30/6/2020", PercentUnreadable),
        ("Đã hoàn thành", PercentUnreadable),
        ("12 nhiệm vụ", PercentUnreadable),
        ("<50%", PercentUnreadable),
        ("còn 20%", PercentUnreadable),
        ("tăng 10%", PercentUnreadable),
        ("chưa đạt 50%", PercentUnreadable),
        (">90%", PercentUnreadable),
        (">100%", PercentOver100),
        ("> 100", PercentOver100),
        ("120%", PercentOver100),
        ("100,01%", PercentOver100),
        ("-5%", PercentNegative),
        ("-5", PercentNegative),
        ("x", PercentUnreadable),
        ("?", PercentUnreadable),
    ] {
        let reading = read_text(raw);
        assert_eq!((reading.value, reading.findings), (None, vec![want]), "{raw}");
    }
}

#[test]
fn blanks_and_dashes_are_no_percent_and_no_fault() {
    for raw in ["", " ", "-", "–", "\u{a0}\n"] {
        assert_eq!(read_text(raw), PercentReading::of(None), "{raw:?}");
    }
}

#[test]
fn numbers_are_read_by_format_and_column() {
    use PercentColumn::{Fractions, Unknown, WholeNumbers};
    for (number, percent_format, column, want, finding) in [
        (60.0, false, WholeNumbers, Some(60.0), None),
        (0.655, true, WholeNumbers, Some(65.5), None),
        (0.655, true, Unknown, Some(65.5), None),
        (1.0, true, Unknown, Some(100.0), None),
        (0.29, true, Unknown, Some(29.0), None),
        (0.5, false, WholeNumbers, Some(0.5), Some(PercentSuspicious)),
        (0.5, false, Unknown, Some(0.5), Some(PercentSuspicious)),
        (1.0, false, Unknown, Some(1.0), Some(PercentSuspicious)),
        (1.0, false, WholeNumbers, Some(1.0), None),
        (0.5, false, Fractions, Some(50.0), None),
        (1.0, false, Fractions, Some(100.0), None),
        (0.0, false, Unknown, Some(0.0), None),
        (100.0, false, Unknown, Some(100.0), None),
        (33.333_333, false, WholeNumbers, Some(33.33), None),
        (1.25, true, Unknown, None, Some(PercentOver100)),
        (125.0, false, WholeNumbers, None, Some(PercentOver100)),
        (-1.0, false, WholeNumbers, None, Some(PercentNegative)),
        (f64::NAN, false, WholeNumbers, None, Some(PercentUnreadable)),
        (f64::INFINITY, true, Unknown, None, Some(PercentUnreadable)),
    ] {
        let reading = read_number(number, percent_format, column);
        assert_eq!(value(&reading), want, "{number} {percent_format} {column:?}");
        assert_eq!(reading.findings, finding.into_iter().collect::<Vec<_>>(), "{number}");
    }
}

#[test]
fn a_column_tells_what_its_bare_numbers_are() {
    for (numbers, want) in [
        (&[50.0, 100.0, 0.5][..], PercentColumn::WholeNumbers),
        (&[0.6, 1.0, 0.25], PercentColumn::Fractions),
        (&[0.5], PercentColumn::Unknown),
        (&[0.5, 0.5, 1.0], PercentColumn::Unknown),
        (&[0.0, 1.0], PercentColumn::Unknown),
        (&[1.0, 0.6, 1.25, 0.25, 0.375], PercentColumn::Fractions),
        (&[0.5, 1.5, 2.0], PercentColumn::WholeNumbers),
        (&[0.5, 0.6, 1.5, 30.0], PercentColumn::WholeNumbers),
        (&[], PercentColumn::Unknown),
    ] {
        assert_eq!(PercentColumn::of(numbers.iter().copied()), want, "{numbers:?}");
    }
}

#[test]
fn percents_are_printed_with_a_decimal_comma() {
    for (hundredths, want) in
        [(0, "0%"), (5000, "50%"), (6550, "65,5%"), (9862, "98,62%"), (5, "0,05%"), (10_000, "100%")]
    {
        assert_eq!(Percent::from_hundredths(hundredths).unwrap().to_string(), want);
    }
    assert_eq!(Percent::from_hundredths(10_001), None);
    assert_eq!(Percent::from_hundredths(-1), None);
}

proptest! {
    #[test]
    fn a_printed_percent_reads_back(hundredths in 0i64..=10_000) {
        let percent = Percent::from_hundredths(hundredths).unwrap();
        prop_assert_eq!(read_text(&percent.to_string()).value, Some(percent));
        prop_assert_eq!(read_number(percent.value() / 100.0, true, PercentColumn::Unknown).value, Some(percent));
    }

    #[test]
    fn any_text_or_number_is_read_without_fault(text in any::<String>(), number in any::<f64>()) {
        let _ = read_text(&text);
        for column in [PercentColumn::WholeNumbers, PercentColumn::Fractions, PercentColumn::Unknown] {
            let _ = read_number(number, false, column);
        }
    }
}
