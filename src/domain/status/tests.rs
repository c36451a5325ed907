//! Status words as departments write them.

use proptest::prelude::*;

use super::*;

#[test]
fn every_line_of_the_vocabulary_is_read() {
    let lines = include_str!("../../../seeds/vocabulary/status.csv").lines().skip(1).count();
    assert_eq!(VOCABULARY.len(), lines);
    for entry in VOCABULARY.iter() {
        assert!(!entry.words.is_empty());
        assert!(
            entry.status.is_some() != (entry.timeliness.is_some() && entry.alone.is_some()),
            "{:?}",
            entry.words
        );
    }
}

/// Each line: text | status | timeliness. A status of `?` is a finding.
const CASES: &str = "
Đã hoàn thành | completed |
Hoàn thành | completed |
NHIỆM VỤ ĐÃ HOÀN THÀNH | completed |
Đã thực hiện | completed |
Xong | completed |
Đã xong | completed |
HT | completed |
Đã hoàn thành: Công văn số 12/STTTT-CNTT | completed |
Đã ban hành Kế hoạch số 5/KH-UBND | completed |
Đã hoàn thành (đúng hạn) | completed | in_time
Hoàn thành đúng hạn | completed | in_time
Đã hoàn thành (quá hạn) | completed | late
Hoàn thành (trễ hạn) | completed | late
Hoàn thành trước hạn | completed | in_time
Hoàn thành 100% | completed |
Chờ xác nhận | completed |
Hoàn thành 60% | in_progress |
Đã hoàn thành 3/5 nội dung | in_progress |
Hoàn thành ngày 28/3/2020 | completed |
Chưa hoàn thành | in_progress |
Chưa hoàn thành (trong hạn) | in_progress | in_time
Chưa hoàn thành (quá hạn) | in_progress | late
Chưa thể hoàn thành | in_progress |
Cơ bản hoàn thành | in_progress |
Phấn đấu hoàn thành trong tháng 6 | in_progress |
Đang thực hiện | in_progress |
ĐANG  THỰC HIỆN | in_progress |
đang triển khai | in_progress |
Dang thuc hien | in_progress |
Đang thực hiện (trong hạn) | in_progress | in_time
Đang thực hiện (quá hạn) | in_progress | late
Đã ban hành kế hoạch, đang triển khai | in_progress |
Quá hạn | in_progress | late
Trễ hạn | in_progress | late
Chậm tiến độ | in_progress | late
Chưa đến hạn | in_progress | in_time
Sắp hết hạn (7 ngày) | in_progress | in_time
Đúng hạn | completed | in_time
Thực hiện lại | in_progress |
Trả lại | in_progress |
Từ chối xác nhận | in_progress |
Chưa thực hiện | not_started |
Chưa triển khai | not_started |
Chưa TH | not_started |
Chưa thực hiện (quá hạn) | not_started | late
Thường xuyên | ongoing |
Thực hiện thường xuyên | ongoing |
Tạm dừng | suspended |
Tạm hoãn | suspended |
Nhiệm vụ bị hủy | cancelled |
Rút ra khỏi chương trình | cancelled |
Không tiếp tục xây dựng | cancelled |
Không thuộc thẩm quyền | not_applicable |
Không thuộc thẩm quyền của Sở | not_applicable |
Giao lại đơn vị khác | not_applicable |
Từ chối thực hiện | not_applicable |
Không hạn | ? |
Tốt | ? |
x | ? |
123 | ? |";

#[test]
fn status_words_have_their_meaning() {
    for line in CASES.lines().filter(|line| !line.is_empty()) {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let reading = read(cells[0]);
        assert_eq!(reading.status.map_or("?", ReportedStatus::as_str), cells[1], "{line}");
        assert_eq!(reading.timeliness.map_or("", Timeliness::as_str), cells[2], "{line}");
        assert_eq!(reading.findings.is_empty(), cells[1] != "?", "{line}");
    }
}

#[test]
fn completion_carries_its_day_and_its_document() {
    let reading = read("Đã hoàn thành: Công văn số 12/STTTT-CNTT ngày 28/3/2020");
    assert_eq!(reading.completed_on, NaiveDate::from_ymd_opt(2020, 3, 28));
    assert_eq!(reading.document.as_deref(), Some("12/STTTT-CNTT"));
    assert_eq!(read("Đang thực hiện đến 28/3/2020").completed_on, None);
    assert_eq!(document_number("QĐ 45/2020/QĐ-UBND.").as_deref(), Some("45/2020/QĐ-UBND"));
    assert_eq!(document_number("ngày 30/6/2020, 3/5 việc"), None);
}

#[test]
fn blanks_say_nothing_and_marks_are_marks() {
    for blank in ["", " ", "-", "–"] {
        assert_eq!(read(blank), StatusReading::default());
    }
    for mark in ["x", "X", " x ", "×", "✓"] {
        assert!(is_mark(mark), "{mark}");
    }
    for other in ["", "xx", "xong", "1"] {
        assert!(!is_mark(other), "{other}");
    }
}

#[test]
fn only_what_a_unit_may_state_becomes_progress() {
    assert_eq!(ReportedStatus::Completed.progress(), Some(Progress::Completed));
    assert_eq!(ReportedStatus::Ongoing.progress(), Some(Progress::InProgress));
    assert_eq!(ReportedStatus::Suspended.progress(), None);
}

proptest! {
    #[test]
    fn any_text_is_read_without_fault(text in any::<String>()) {
        let _ = (read(&text), is_mark(&text), document_number(&text));
    }
}
