//! What else departments send: texts in place of marks, pages that part a task, shares planned and done, sections named
//! by months, abbreviated and spaced headings, rows of one task that differ.

use super::table::check;

const LEARNING: &str = "Nghiên cứu, đề xuất các giải pháp đào tạo trực tuyến, làm việc từ xa để triển khai thí điểm tại địa phương.";
const INFRASTRUCTURE: &str = "Xây dựng kế hoạch phát triển hạ tầng số theo hướng thúc đẩy chia sẻ cơ sở hạ tầng giữa các doanh nghiệp.";

/// A sheet in which `$L` and `$I` stand for the wordings of two tasks.
fn sheets(sheet: &str, expected: &str) {
    check(&sheet.replace("$L", LEARNING).replace("$I", INFRASTRUCTURE), expected);
}

#[test]
fn texts_in_columns_of_statuses_are_the_status_and_the_result() {
    sheets(
        "
        STT | Nội dung nhiệm vụ | Thời hạn | Đã hoàn thành | Đang thực hiện | Chưa thực hiện
        1 | $L | 30/4/2020 | Đã họp trực tuyến 8 huyện | |
        2 | $I | 30/9/2020 | | Đang lấy ý kiến doanh nghiệp |
        ",
        "
        [Trang 1] A=stt B=content C=deadline D=status:completed E=status:in_progress F=status:not_started
        2 task sure VII.4-2.1 day 2020-04-30 - completed
        3 task sure VII.4-3 day 2020-09-30 - in_progress
        ",
    );
}

#[test]
fn a_task_goes_on_below_the_heading_of_the_next_page() {
    sheets(
        "
        STT | Nhiệm vụ | Thời hạn | Tiến độ | Kết quả
        1 | $L | 30/4/2020 | #100 | Đã họp trực tuyến tới 8 huyện,
        STT | Nhiệm vụ | Thời hạn | Tiến độ | Kết quả
         | | | | 109 xã trên địa bàn tỉnh
        2 | $I | 30/9/2020 | #40 | Đang lấy ý kiến
        ",
        "
        [Trang 1] A=stt B=content C=deadline D=percent E=result
        2-4 task sure VII.4-2.1 day 2020-04-30 100 - [several_rows]
        5 task sure VII.4-3 day 2020-09-30 40 -
        ",
    );
}

#[test]
fn a_share_done_counts_and_not_one_planned_nor_that_of_a_month() {
    sheets(
        "
        STT | Nhiệm vụ | Kế hoạch (%) | Thực hiện (%) | Thời hạn
        1 | $L | #100 | #80 | 30/4/2020
        2 | $I | #60 | #40 | 30/9/2020
        ",
        "
        [Trang 1] A=stt B=content D=percent E=deadline
        2 task sure VII.4-2.1 day 2020-04-30 80 -
        3 task sure VII.4-3 day 2020-09-30 40 -
        ",
    );
    sheets(
        "
        STT | Nhiệm vụ | Thời hạn | Trong tháng (%) | Lũy kế (%) | Kết quả
        1 | $L | 30/4/2020 | #30 | #100 | Đã họp
        2 | $I | 30/9/2020 | #10 | #40 | Đang lấy ý kiến
        ",
        "
        [Trang 1] A=stt B=content C=deadline E=percent F=result
        2 task sure VII.4-2.1 day 2020-04-30 100 -
        3 task sure VII.4-3 day 2020-09-30 40 -
        ",
    );
}

#[test]
fn a_section_of_tasks_due_in_a_month_says_nothing_of_their_status() {
    sheets(
        "
        STT | Nhiệm vụ | Đơn vị | Tiến độ | Kết quả
        A | NHIỆM VỤ HOÀN THÀNH TRONG THÁNG 4/2020 | | |
        1 | $L | P.CNTT | #100 | Đã họp
        B | NHIỆM VỤ HOÀN THÀNH TRONG THÁNG 9/2020 | | |
        1 | $I | P.BCVT | #40 | Đang lấy ý kiến
        ",
        "
        [Trang 1] A=stt B=content C=lead_unit D=percent E=result
        3 task sure VII.4-2.1 none 100 -
        5 task sure VII.4-3 none 40 -
        ",
    );
}

#[test]
fn abbreviated_and_spaced_headings_are_read() {
    let rows = "
        1 | $L | P.CNTT | VP Sở | 30/4/2020 | #100 | Đã họp
        2 | $I | P.BCVT | VNPT | 30/9/2020 | #40 | Đang lấy ý kiến";
    let read = "
        [Trang 1] A=stt B=content C=lead_unit D=coordinating_units E=deadline F=percent G=result
        2 task sure VII.4-2.1 day 2020-04-30 100 -
        3 task sure VII.4-3 day 2020-09-30 40 -
        ";
    for heading in [
        "TT | ND công việc | ĐVCT | ĐVPH | TGHT | TĐ (%) | KQ",
        "S T T | N ộ i d u n g n h i ệ m v ụ | Đ ơ n v ị c h ủ t r ì | Đ ơ n v ị p h ố i h ợ p | T h ờ i h ạ n | TĐ (%) | KQ",
        "STT | NOI DUNG NHIEM VU | DON VI CHU TRI | DON VI PHOI HOP | THOI HAN | TY LE (%) | KET QUA",
    ] {
        sheets(&format!("\n{heading}{rows}"), read);
    }
}

#[test]
fn rows_of_one_task_that_differ_are_asked_about() {
    sheets(
        "
        STT | Nhiệm vụ | Việc của Sở | Thời hạn | Tình trạng | Kết quả
        1 | $L | Họp trực tuyến với các huyện | 30/4/2020 | Đã hoàn thành | Đã họp
        ^ | ^ | Tập huấn cho cán bộ xã | 30/5/2020 | Đang thực hiện | Đang tập huấn
        2 | $I | Lấy ý kiến doanh nghiệp | 30/9/2020 | Đang thực hiện | Đang lấy ý kiến
        ",
        "
        [Trang 1] A=stt B=content D=deadline E=status F=result
        2-3 task sure VII.4-2.1 day 2020-04-30 - in_progress [several_rows values_differ]
        4 task sure VII.4-3 day 2020-09-30 - in_progress
        ! column_not_read
        ",
    );
}

#[test]
fn columns_below_the_period_before_say_nothing_of_now() {
    sheets(
        "
        STT | Nội dung nhiệm vụ | Thời hạn | Kỳ trước (15/3/2020) | > | Kỳ này (15/4/2020) | > | Kết quả kỳ này
        ^ | ^ | ^ | Tỷ lệ (%) | Tình trạng | Tỷ lệ (%) | Tình trạng | ^
        1 | $L | 30/4/2020 | #30 | Đang thực hiện | #100 | Đã hoàn thành | Đã họp
        2 | $I | 30/9/2020 | #0 | Chưa thực hiện | #15 | Đang thực hiện | Đang lấy ý kiến
        ",
        "
        [Trang 1] A=stt B=content C=deadline F=percent G=status H=result
        3 task sure VII.4-2.1 day 2020-04-30 100 completed
        4 task sure VII.4-3 day 2020-09-30 15 in_progress
        ",
    );
}

#[test]
fn a_heading_that_only_hints_yields_to_cells_of_another_kind_and_abbreviations_are_read() {
    sheets(
        "
        TT | NV | Thực hiện | TG hoàn thành | TL (%) | TT thực hiện | KQ | KK, VM | KN, ĐX
        1 | $L | P.CNTT | T4/2020 | #100 | HT | Đã họp | |
        2 | $I | Phòng BCVT | TX | #40 | ĐTH | Đang họp | Thiếu KP | Hỗ trợ KP
        ",
        "
        [Trang 1] A=stt B=content C=lead_unit D=deadline E=percent F=status G=result H=difficulties I=proposals
        2 task sure VII.4-2.1 month 2020-04-30 100 completed
        3 task sure VII.4-3 ongoing 40 in_progress [status_abbreviated]
        ! column_by_cells
        ",
    );
}
