//! Deadlines as tables: the phrases met in real sheets, those of the founding notice, and their neighbours.

use proptest::prelude::*;

use super::*;

/// Each line: phrase | precision | from | due | marks. Marks: `effort`, `range`, `year` (assumed), `approx`,
/// `placeholder`. The notice is of 2020. `⏎` stands for a line break.
fn check(table: &str) {
    for line in table.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let raw = cells[0].replace('⏎', "\n");
        let reading = read(&raw, 2020);
        let deadline = &reading.deadline;
        let day = |day: Option<NaiveDate>| day.map_or(String::new(), |day| day.to_string());
        let mut marks = Vec::new();
        marks.extend(deadline.best_effort.then_some("effort"));
        marks.extend(deadline.range.then_some("range"));
        for finding in &reading.findings {
            marks.push(match finding {
                FindingCode::DeadlineYearAssumed => "year",
                FindingCode::DeadlineApproximate => "approx",
                FindingCode::DeadlinePlaceholder => "placeholder",
                FindingCode::DeadlineUnreadable => "finding",
                other => other.as_str(),
            });
        }
        let got =
            [deadline.precision.as_str().to_owned(), day(deadline.from), day(deadline.due), marks.join(" ")];
        let unreadable = cells[1] == "unreadable";
        let want = [cells[1], cells[2], cells[3], if unreadable { "finding" } else { cells[4] }];
        assert_eq!(got, want, "{line}");
        assert_eq!(deadline.raw.as_deref(), Some(raw.as_str()), "{line}");
    }
}

#[test]
fn months_of_programs_and_later_days_that_are_only_asked_for_have_their_reading() {
    check(
        "2020-06 | month | 2020-06-01 | 2020-06-30 |
        Thg6-20 | month | 2020-06-01 | 2020-06-30 |
        30-Thg6-20 | day | | 2020-06-30 |
        Tháng Sáu/2020 | month | 2020-06-01 | 2020-06-30 |
        30 tháng Sáu 2020 | day | | 2020-06-30 |
        Thứ sáu, 10/4/2020 | day | | 2020-04-10 |
        30/6/2020 (xin gia hạn đến 30/9/2020) | day | | 2020-06-30 |",
    );
}

#[test]
fn every_phrase_met_in_real_sheets_has_its_reading() {
    check(
        "trong tuần 10/2020 | week | 2020-03-02 | 2020-03-08 |
        trong tuần 11/2020 | week | 2020-03-09 | 2020-03-15 |
        tháng 3/2020 | month | 2020-03-01 | 2020-03-31 |
        Tháng 4/2020 | month | 2020-04-01 | 2020-04-30 |
        trước 01/5/2020 | day | | 2020-04-30 |
        trước 30/6/2020 | day | | 2020-06-29 |
        cố gắng hoàn thành trước tháng 6/2020 | month | | 2020-05-31 | effort
        trong năm 2020 | year | 2020-01-01 | 2020-12-31 |
        tháng 10/2018 | month | 2018-10-01 | 2018-10-31 |
        Tháng 5 /2018 | month | 2018-05-01 | 2018-05-31 |
        Tháng 3/ 2017 | month | 2017-03-01 | 2017-03-31 |
        Năm 2017 | year | 2017-01-01 | 2017-12-31 |
        Cả năm 2017 | year | 2017-01-01 | 2017-12-31 |
        Năm 2017 - 2018 | year | 2017-01-01 | 2018-12-31 | range
        Từ năm 2017 đến năm 2020 | year | 2017-01-01 | 2020-12-31 | range
        Từ tháng 2/2017 đến tháng 9/2018 | month | 2017-02-01 | 2018-09-30 | range
        tháng 1 đến tháng 12 năm 2017 | month | 2017-01-01 | 2017-12-31 | range
        Tháng 4 đến tháng 5/2017 | month | 2017-04-01 | 2017-05-31 | range
        Từ tháng 5/2017-12/2017 | month | 2017-05-01 | 2017-12-31 | range
        15/12/2016-15/02/2017 | day | 2016-12-15 | 2017-02-15 | range
        Từ 30/12/2016 đến 31/3/2017 | day | 2016-12-30 | 2017-03-31 | range
        Quý I đến tháng 9/2017 | month | 2017-01-01 | 2017-09-30 | range
        Trong Quý I và trước ngày 30/4/2017 | day | 2017-01-01 | 2017-04-29 | range
        Tháng 4, 5/2017 và thường xuyên | month | 2017-04-01 | 2017-05-31 | range
        Từ tháng 3 năm 2017 và thường xuyên | ongoing | 2017-03-01 | |
        Thường xuyên | ongoing | | |
        20/01/201 | unreadable | | |
        Quý I/2026 | quarter | 2026-01-01 | 2026-03-31 |
        Từ Quý I/2026 | ongoing | 2026-01-01 | |
        Trong tháng 01/2026 | month | 2026-01-01 | 2026-01-31 |
        Tháng ⏎ 01/ 2026 | month | 2026-01-01 | 2026-01-31 |
        Trước 10/02/2026 | day | | 2026-02-09 |
        12/2026 báo cáo kết quả triển khai | month | 2026-12-01 | 2026-12-31 |
        10 ngày làm việc sau khi Nghị quyết được ban hành | unreadable | | |
        Theo thời điểm có nhu cầu | unreadable | | |
        Theo tiến độ của từng nhiệm vụ khoa học công nghệ | unreadable | | |
        Thường xuyên, định kỳ báo cáo theo Quý | ongoing | | |
        13/02/2026⏎ Đề xuất hạn là thường xuyên | day | | 2026-02-13 |
        Quý I/2026 lựa chọn nhiệm vụ. Quý IV/2026 báo cáo kết quả | quarter | 2026-01-01 | 2026-12-31 | range
        Quý I | quarter | 2020-01-01 | 2020-03-31 | year
        Tháng 4 | month | 2020-04-01 | 2020-04-30 | year
        x | unreadable | | |
        Đã hoàn thành | unreadable | | |
        Theo từng mốc thời hạn dưới đây | none | | |
        100 ngày kể từ ngày ban hành Kế hoạch | unreadable | | |
        30/8/2026 | day | | 2026-08-30 |
        12/2026 hoặc 1/2027 (tuỳ thời điểm tổ chức kỳ họp ...) | month | 2026-12-01 | 2027-01-31 | range
        Tuỳ thuộc vào thời điểm Luật NSNN sửa đổi | unreadable | | |
        08/2026 | month | 2026-08-01 | 2026-08-31 |
        01/01/1970 | none | | | placeholder
        hàng quý | ongoing | | |
        15 hằng tháng | ongoing | | |",
    );
}

#[test]
fn days_are_read_however_they_are_typed() {
    check(
        "30/6/2020 | day | | 2020-06-30 |
        30/06/2020 | day | | 2020-06-30 |
        30-6-20 | day | | 2020-06-30 |
        30/6/20 | day | | 2020-06-30 |
        30.6.2020 | day | | 2020-06-30 |
        30 / 6 / 2020 | day | | 2020-06-30 |
        2020-06-30 | day | | 2020-06-30 |
        2020-06-30 00:00:00 | day | | 2020-06-30 |
        ngày 30 tháng 6 năm 2020 | day | | 2020-06-30 |
        Ngày 30/6/2020 | day | | 2020-06-30 |
        ngày 05 tháng 3, năm 2020 | day | | 2020-03-05 |
        30/6 | day | | 2020-06-30 | year
        30-6 | day | | 2020-06-30 | year
        ngày 30 tháng 6 | day | | 2020-06-30 | year
        trước ngày 30/6 | day | | 2020-06-29 | year
        Trước ngày 30 tháng 6 năm 2020 | day | | 2020-06-29 |
        xong trước 15/4/2020 | day | | 2020-04-14 |
        Chậm nhất 30/6/2020 | day | | 2020-06-30 |
        chậm nhất ngày 30/6/2020 | day | | 2020-06-30 |
        đến hết ngày 30/6/2020 | day | | 2020-06-30 |
        đến 30/6/2020 | day | | 2020-06-30 |
        Trước 17h00 ngày 30/6/2020 | day | | 2020-06-30 |
        17:00 30/6/2020 | day | | 2020-06-30 |
        15/T6/2020 | day | | 2020-06-15 |
        29/02/2020 | day | | 2020-02-29 |
        Hoàn thành trước 31/12/2020 | day | | 2020-12-30 |
        báo cáo Bộ trước ngày 15/4/2020 theo Công văn số 12/2020/BTTTT-CNTT | day | | 2020-04-14 |",
    );
}

#[test]
fn months_quarters_halves_and_years_are_due_their_last_day() {
    check(
        "T6/2020 | month | 2020-06-01 | 2020-06-30 |
        T.6/2020 | month | 2020-06-01 | 2020-06-30 |
        6/2020 | month | 2020-06-01 | 2020-06-30 |
        6-2020 | month | 2020-06-01 | 2020-06-30 |
        Tháng 6 năm 2020 | month | 2020-06-01 | 2020-06-30 |
        tháng 6/20 | month | 2020-06-01 | 2020-06-30 |
        tháng sáu năm 2020 | month | 2020-06-01 | 2020-06-30 |
        tháng mười hai năm 2020 | month | 2020-12-01 | 2020-12-31 |
        trước tháng 6/2020 | month | | 2020-05-31 |
        trước T6/2020 | month | | 2020-05-31 |
        hết tháng 6/2020 | month | 2020-06-01 | 2020-06-30 |
        cuối tháng 6 | month | 2020-06-21 | 2020-06-30 | year
        cuối tháng 6/2020 | month | 2020-06-21 | 2020-06-30 |
        đầu tháng 6/2020 | month | 2020-06-01 | 2020-06-10 | approx
        giữa tháng 6/2020 | month | 2020-06-11 | 2020-06-20 | approx
        thượng tuần tháng 6/2020 | month | 2020-06-01 | 2020-06-10 |
        trung tuần tháng 6/2020 | month | 2020-06-11 | 2020-06-20 |
        hạ tuần tháng 6/2020 | month | 2020-06-21 | 2020-06-30 |
        Quý II/2020 | quarter | 2020-04-01 | 2020-06-30 |
        quí 2-2020 | quarter | 2020-04-01 | 2020-06-30 |
        Q2/2020 | quarter | 2020-04-01 | 2020-06-30 |
        QII/2020 | quarter | 2020-04-01 | 2020-06-30 |
        Quý 2 năm 2020 | quarter | 2020-04-01 | 2020-06-30 |
        Quý III, năm 2020 | quarter | 2020-07-01 | 2020-09-30 |
        QUÝ IV / 2020 | quarter | 2020-10-01 | 2020-12-31 |
        trước Quý III/2020 | quarter | | 2020-06-30 |
        cuối quý II/2020 | quarter | 2020-06-01 | 2020-06-30 |
        Quý I, II/2020 | quarter | 2020-01-01 | 2020-06-30 | range
        Quý I và II năm 2020 | quarter | 2020-01-01 | 2020-06-30 | range
        Quý 1-2/2020 | quarter | 2020-01-01 | 2020-06-30 | range
        Quý IV/2020 - Quý I/2021 | quarter | 2020-10-01 | 2021-03-31 | range
        6 tháng đầu năm 2020 | half-year | 2020-01-01 | 2020-06-30 |
        6 tháng đầu năm | half-year | 2020-01-01 | 2020-06-30 | year
        6 tháng cuối năm 2020 | half-year | 2020-07-01 | 2020-12-31 |
        Sáu tháng đầu năm 2020 | half-year | 2020-01-01 | 2020-06-30 |
        nửa cuối năm 2020 | half-year | 2020-07-01 | 2020-12-31 |
        9 tháng đầu năm 2020 | month | 2020-01-01 | 2020-09-30 |
        năm 2020 | year | 2020-01-01 | 2020-12-31 |
        2020 | year | 2020-01-01 | 2020-12-31 |
        đến năm 2025 | year | 2025-01-01 | 2025-12-31 |
        cuối năm 2020 | year | 2020-10-01 | 2020-12-31 |
        trong năm | year | 2020-01-01 | 2020-12-31 | year
        trước năm 2021 | year | | 2020-12-31 |
        giai đoạn 2020 - 2025 | year | 2020-01-01 | 2025-12-31 | range
        2020-2021 | year | 2020-01-01 | 2021-12-31 | range
        Tuần 53/2020 | week | 2020-12-28 | 2021-01-03 |
        tuần 12 năm 2020 | week | 2020-03-16 | 2020-03-22 |
        tuần 12 | week | 2020-03-16 | 2020-03-22 | year
        tuần 3 tháng 6/2020 | week | 2020-06-15 | 2020-06-21 | approx
        tuần 3 tháng 6 | week | 2020-06-15 | 2020-06-21 | year approx
        tuần 2, 3 tháng 6/2020 | week | 2020-06-08 | 2020-06-21 | range approx
        tuần 13-14/2020 | week | 2020-03-23 | 2020-04-05 | range
        Tuần 2, tháng 6/2020 | week | 2020-06-08 | 2020-06-14 | approx
        tuần cuối tháng 6/2020 | week | 2020-06-22 | 2020-06-28 | approx",
    );
}

#[test]
fn ranges_are_due_at_their_end() {
    check(
        "15-20/6/2020 | day | 2020-06-15 | 2020-06-20 | range
        từ 15 đến 20/6/2020 | day | 2020-06-15 | 2020-06-20 | range
        Từ ngày 15/6 đến ngày 30/7/2020 | day | 2020-06-15 | 2020-07-30 | range
        15/6-20/6/2020 | day | 2020-06-15 | 2020-06-20 | range
        tháng 11 đến tháng 2/2021 | month | 2020-11-01 | 2021-02-28 | range
        Tháng 4 - 6/2020 | month | 2020-04-01 | 2020-06-30 | range
        tháng 4, 5, 6 năm 2020 | month | 2020-04-01 | 2020-06-30 | range
        Từ nay đến 30/6/2020 | day | | 2020-06-30 |
        30/6/2020 và 30/9/2020 | day | 2020-06-30 | 2020-09-30 | range
        từ tháng 4/2020 | ongoing | 2020-04-01 | |
        1-3/2020 | month | 2020-03-01 | 2020-03-31 |
        Năm 2020 và những năm tiếp theo | ongoing | 2020-01-01 | |
        Từ quý II/2020 trở đi | ongoing | 2020-04-01 | |
        từ ngày 15/4/2020 | ongoing | 2020-04-15 | |",
    );
}

#[test]
fn no_deadline_is_no_fault() {
    check(
        "TX | ongoing | | |
        T/X | ongoing | | |
        thường xuyên, liên tục | ongoing | | |
        Hằng tháng | ongoing | | |
        Định kỳ hằng năm trước 15/12 | ongoing | | |
        Không thời hạn | none | | |
        không có | none | | |
        Chưa xác định | none | | |
        - | none | | |
        … | none | | |
        00/01/1900 | none | | | placeholder
        30/12/1899 | none | | | placeholder",
    );
    for blank in ["", "  ", "\n"] {
        assert_eq!(read(blank, 2020), DeadlineReading { deadline: Deadline::none(), findings: vec![] });
    }
}

#[test]
fn what_cannot_be_read_is_a_finding_and_never_a_guess() {
    check(
        "31/6/2020 | unreadable | | |
        30/13/2020 | unreadable | | |
        29/02/2021 | unreadable | | |
        6/30/2020 | unreadable | | |
        30/6/3020 | unreadable | | |
        tháng 13/2020 | unreadable | | |
        Quý V/2020 | unreadable | | |
        tuần 54/2020 | unreadable | | |
        Sớm | unreadable | | |
        Trong thời gian sớm nhất | unreadable | | |
        Đã hoàn thành 30/6/2020 | unreadable | | |
        Đang thực hiện | unreadable | | |
        Chưa hoàn thành | unreadable | | |
        sau 30/6/2020 | unreadable | | |
        trong 3 tháng | unreadable | | |
        6 tháng năm 2020 | unreadable | | |
        tháng sau | unreadable | | |
        năm học 2020-2021 | unreadable | | |
        Theo Kế hoạch 12/KH-UBND ngày 05/3/2020 | unreadable | | |
        Theo Quyết định số 12/2020/QĐ-TTg ngày 5 tháng 3 năm 2020 | unreadable | | |
        Theo Quyết định số 12/2020/QĐ-TTg | unreadable | | |
        30 | unreadable | | |
        43951 | unreadable | | |
        ??? | unreadable | | |
        abc | unreadable | | |",
    );
}

#[test]
fn date_cells_mean_their_day_or_their_whole_month() {
    let day = |text: &str| text.parse::<NaiveDate>().unwrap();
    let plain = of_cell(day("2020-06-30"), false, "2020-06-30".into()).deadline;
    assert_eq!((plain.precision, plain.from, plain.due), (Precision::Day, None, Some(day("2020-06-30"))));
    let month = of_cell(day("2026-12-01"), true, "Tháng 12/2026".into()).deadline;
    assert_eq!(
        (month.precision, month.from, month.due),
        (Precision::Month, Some(day("2026-12-01")), Some(day("2026-12-31")))
    );
    let placeholder = of_cell(day("1970-01-01"), false, "1970-01-01".into());
    assert_eq!(placeholder.deadline.due, None);
    assert_eq!(placeholder.findings, [FindingCode::DeadlinePlaceholder]);
}

proptest! {
    #[test]
    fn any_phrase_is_read_without_fault(text in any::<String>()) {
        let _ = read(&text, 2020);
    }

    #[test]
    fn phrases_of_the_right_words_are_read_without_fault(
        text in "((trước|từ|đến|ngày|tháng|quý|tuần|năm|cuối|đầu|II|và|6|15|2020|/|-|,|số|h)( |)){0,12}"
    ) {
        let deadline = read(&text, 2020).deadline;
        if let (Some(from), Some(due)) = (deadline.from, deadline.due) {
            prop_assert!(from <= due, "{:?}", deadline);
        }
    }

    #[test]
    fn a_day_is_due_itself_and_before_it_the_day_before(days in 0u64..25_000) {
        let date = NaiveDate::from_ymd_opt(2020, 1, 1).unwrap() + chrono::Days::new(days);
        let written = crate::domain::date::official(date);
        prop_assert_eq!(read(&written, 2020).deadline.due, Some(date));
        prop_assert_eq!(read(&format!("trước ngày {written}"), 2020).deadline.due, date.pred_opt());
    }
}

#[test]
fn counts_with_a_colon_hold_no_time_and_years_quarters_and_months_may_be_in_words() {
    check(
        "Đợt 1: 30/4/2020; đợt 2: 15/6/2020 | day | 2020-04-30 | 2020-06-15 | range
        17:00 ngày 30/6/2020 | day | | 2020-06-30 |
        Đến hết 2020 | year | 2020-01-01 | 2020-12-31 |
        Quý hai năm 2020 | quarter | 2020-04-01 | 2020-06-30 |
        30-Apr-2020 | day | | 2020-04-30 |
        30-Apr-20 | day | | 2020-04-30 |
        April 2020 | month | 2020-04-01 | 2020-04-30 |
        Apr-20 | month | 2020-04-01 | 2020-04-30 |",
    );
}
