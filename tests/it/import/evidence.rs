//! What the cells of a sheet say when its headings do not: contents, days, legends, statuses under other headings.

use giaoban::sheet::cell::Value;

use super::table::{check, check_workbook, sheet, workbook};

const PRESS: &str = "Phối hợp chặt chẽ với Tổ công tác rà quét, xử lý thông tin sai sự thật, xử lý nghiêm các trường hợp vi phạm.";
const LEARNING: &str = "Nghiên cứu, đề xuất các giải pháp đào tạo trực tuyến, làm việc từ xa để triển khai thí điểm tại địa phương.";
const PLAN: &str = "Xây dựng kế hoạch phát triển hạ tầng số theo hướng thúc đẩy chia sẻ cơ sở hạ tầng giữa các doanh nghiệp.";

/// `$P`, `$L` and `$K` stand for tasks of the notice.
pub(super) fn tasks(table: &str) -> String {
    table.replace("$P", PRESS).replace("$L", LEARNING).replace("$K", PLAN)
}

pub(super) fn evident(table: &str, expected: &str) {
    check(&tasks(table), expected);
}

#[test]
fn contents_under_an_unknown_heading_are_found_among_section_rows_and_sums() {
    evident(
        "
        TT | CHUYỆN | HẠN TRẢ KẾT QUẢ | SỐ TIỀN ĐÃ CHI (ĐỒNG) | TỶ LỆ HOÀN THÀNH | TÌNH TRẠNG | KIẾN NGHỊ
        I | PHÒNG CÔNG NGHỆ THÔNG TIN | | | | |
        1 | $L | 28/4/2020 | #75000000 | 90% | ĐANG THỰC HIỆN |
        | Cộng phòng I | | #75000000 | | |
        II | PHÒNG BƯU CHÍNH - VIỄN THÔNG | | | | |
        1 | $K | 30/6/2020 | #0 | 20% | ĐANG THỰC HIỆN | Bộ sớm có mẫu kế hoạch
        2 | Khảo sát ứng dụng chữ ký số tại UBND cấp xã | 12/6/2020 | #0 | 35% | ĐANG THỰC HIỆN |
        | Cộng phòng II | | #0 | | |
        | TỔNG CỘNG | | #75000000 | | |
        ",
        "
        [Trang 1] A=stt B=content C=deadline E=percent F=status G=proposals
        3 task sure VII.4-2.1 day 2020-04-28 90 in_progress
        6 task sure VII.4-3 day 2020-06-30 20 in_progress
        7 task none  day 2020-06-12 35 in_progress [task_not_in_notice]
        ! column_by_cells
        ",
    );
}

#[test]
fn the_senders_own_tasks_under_a_heading_of_unknown_words_are_found_by_their_shape() {
    evident(
        "
        Thứ | Chuyện Sở mình | Chốt sổ | Chừng nào rồi | Mấy chấm
        1 | Khảo sát hiện trạng mạng truyền số liệu chuyên dùng cấp xã | 30/6/2020 | Đang làm | 40%
        2 | Tổ chức hội thi tìm hiểu an toàn thông tin cho học sinh | 30/9/2020 | Chưa làm | 0%
        3 | Xây dựng trang thông tin điện tử tiếng dân tộc thiểu số | 15/5/2020 | Đã xong | 100%
        ",
        "
        [Trang 1] A=stt B=content C=deadline D=status E=percent
        2 task none  day 2020-06-30 40 in_progress [task_not_in_notice]
        3 task none  day 2020-09-30 0 not_started [task_not_in_notice]
        4 task none  day 2020-05-15 100 completed [task_not_in_notice]
        ! heading_unknown
        ! column_overruled
        ",
    );
}

#[test]
fn of_several_columns_of_days_none_is_the_deadline_unless_a_heading_says_so() {
    evident(
        "
        1 | $L | 06/3/2020 | 28/4/2020 | Đang thực hiện
        2 | $K | 11/3/2020 | 12/6/2020 | Đang thực hiện
        3 | $P | 11/3/2020 | 30/6/2020 | Đang thực hiện
        ",
        "
        [Trang 1] A=stt B=content E=status
        1 task sure VII.4-2.1 none - in_progress
        2 task sure VII.4-3 none - in_progress
        3 task sure VII.4-1 none - in_progress
        ! heading_missing
        ! deadline_column_unsure
        ",
    );
}

#[test]
fn cells_that_plainly_are_statuses_overrule_a_heading_of_something_else() {
    evident(
        "
        TT | Nội dung kết luận | Mức độ thực hiện | Tỷ lệ thực hiện (%) | Kết quả thực hiện
        1 | $P | Đang thực hiện | #50 | Cử 05 cán bộ tham gia
        2 | $L | Đã hoàn thành | #100 | Đã họp với 08 huyện
        3 | $K | Không thuộc thẩm quyền | |
        ",
        "
        [Trang 1] A=stt B=content C=status D=percent E=result
        2 task sure VII.4-1 none 50 in_progress
        3 task sure VII.4-2.1 none 100 completed
        4 task sure VII.4-3 none - not_applicable
        ! column_overruled
        ",
    );
}

#[test]
fn reports_under_a_heading_of_statuses_are_results() {
    evident(
        "
        TT | Nhiệm vụ | Thời hạn | Tình trạng thực hiện | Tỷ lệ (%)
        1 | $P | 31/12/2020 | Đã phối hợp Công an tỉnh mời làm việc 11 chủ tài khoản mạng xã hội đăng tin sai | #50
        2 | $L | 30/4/2020 | Đã phối hợp với VNPT mở 64 lớp học trực tuyến cho học sinh lớp 9 và lớp 12 | #100
        3 | $K | 30/6/2020 | Công văn số 120/STTTT-BCVT gửi các doanh nghiệp viễn thông đề nghị cung cấp số liệu | #20
        ",
        "
        [Trang 1] A=stt B=content C=deadline D=result E=percent
        2 task sure VII.4-1 day 2020-12-31 50 -
        3 task sure VII.4-2.1 day 2020-04-30 100 -
        4 task sure VII.4-3 day 2020-06-30 20 -
        ! column_overruled
        ",
    );
}

#[test]
fn a_date_of_open_document_means_the_month_or_quarter_that_its_style_shows() {
    for (code, shown) in [("\"Tháng \"m/yyyy", "month 2020-06-30"), ("\"Quý \"q/yyyy", "quarter 2020-06-30")]
    {
        let table = tasks("TT | Nhiệm vụ | Thời hạn | Tình trạng\n1 | $P | ngày | Đang thực hiện");
        let mut book = workbook(vec![sheet("Trang 1", &table)]);
        book.sheets[0].formats.push(code.to_owned());
        let cell = &mut book.sheets[0].rows[1].cells[2];
        let day = chrono::NaiveDate::from_ymd_opt(2020, 6, 1).unwrap();
        (cell.value, cell.format) = (Value::DateTime(day.into()), 1);
        let expected = format!(
            "[Trang 1] A=stt B=content C=deadline D=status\n2 task sure VII.4-1 {shown} - in_progress"
        );
        check_workbook("86", &book, &expected);
    }
}

#[test]
fn headings_that_number_themselves_are_headings() {
    evident(
        "
        1. STT | 2. Nội dung nhiệm vụ | 3. Thời hạn | (4) Tình trạng | Cột 5: Kết quả
        1 | $P | 31/12/2020 | Đang thực hiện | Đã họp
        2 | $L | 30/4/2020 | Đã hoàn thành | Đã mở lớp
        ",
        "
        [Trang 1] A=stt B=content C=deadline D=status E=result
        2 task sure VII.4-1 day 2020-12-31 - in_progress
        3 task sure VII.4-2.1 day 2020-04-30 - completed
        ",
    );
}

#[test]
fn what_is_said_of_a_task_may_stand_in_labelled_lines_below_it() {
    evident(
        "
        STT | Nội dung
        1 | $P
         | - Kết quả: Đã họp với các đơn vị
         | - Tiến độ: 50%
        2 | $L
         | - Kết quả: Đã mở 64 lớp
         | - Tiến độ: 100%
        ",
        "
        [Trang 1] A=stt B=content C=result D=percent
        1-4 task sure VII.4-1 none 50 -
        5-7 task sure VII.4-2.1 none 100 -
        ",
    );
}

#[test]
fn results_that_begin_with_the_status_say_how_far_the_tasks_are() {
    evident(
        "
        STT | Nhiệm vụ | Hạn | Tình hình
        1 | $P | 31/12/2020 | Đang thực hiện. Đã họp với công an tỉnh; còn thiếu kinh phí.
        2 | $L | 30/4/2020 | Đã hoàn thành. Đã mở 64 lớp học
        3 | $K | 30/4/2020 | Chưa thực hiện. Do chưa có hướng dẫn
        ",
        "
        [Trang 1] A=stt B=content C=deadline D=result
        2 task sure VII.4-1 day 2020-12-31 - in_progress
        3 task sure VII.4-2.1 day 2020-04-30 - completed
        4 task sure VII.4-3 day 2020-04-30 - not_started
        ",
    );
}

#[test]
fn what_nobody_can_tell_is_named_and_one_plain_cell_is_enough() {
    evident(
        "
        STT | Nhiệm vụ | Hạn Sở giao phòng | Hạn Bộ giao | Tình trạng | Chỗ đau | Nhờ vả | Linh tinh
        1 | $P | 30/11/2020 | 31/12/2020 | Đang thực hiện | | Đề nghị Bộ mở lớp tập huấn | Loại B
        2 | $L | 15/4/2020 | 30/4/2020 | Đã hoàn thành | Chưa có kinh phí | | Loại A
        ",
        "
        [Trang 1] A=stt B=content D=deadline E=status F=difficulties G=proposals
        2 task sure VII.4-1 day 2020-12-31 - in_progress
        3 task sure VII.4-2.1 day 2020-04-30 - completed
        ! column_by_cells
        ! column_by_cells
        ! column_not_read
        ! column_not_read
        ",
    );
}

#[test]
fn bare_numbers_that_go_with_the_statuses_are_the_shares_done() {
    let table = |shares: [u32; 3]| {
        format!(
            "TT | Nhiệm vụ | Khúc sông | Tình trạng | Kết quả\n\
             1 | $P | #{} | Đang thực hiện | Đã họp\n\
             2 | $L | #{} | Đã hoàn thành | Đã mở lớp\n\
             3 | $K | #{} | Chưa thực hiện | Chưa làm",
            shares[0], shares[1], shares[2]
        )
    };
    evident(
        &table([60, 100, 0]),
        "
        [Trang 1] A=stt B=content C=percent D=status E=result
        2 task sure VII.4-1 none 60 in_progress
        3 task sure VII.4-2.1 none 100 completed
        4 task sure VII.4-3 none 0 not_started
        ! column_by_cells
        ",
    );
    // Numbers that do not go with the statuses count something else.
    evident(
        &table([12, 8, 15]),
        "
        [Trang 1] A=stt B=content D=status E=result
        2 task sure VII.4-1 none - in_progress
        3 task sure VII.4-2.1 none - completed
        4 task sure VII.4-3 none - not_started
        ! column_not_read
        ",
    );
}

#[test]
fn under_unknown_headings_own_rooms_lead_others_take_part_and_documents_of_the_ministry_give_tasks() {
    evident(
        "
        TT | Nhiệm vụ | Khúc sông | Bờ cát | Bãi đá | Tình trạng | Kết quả
        1 | $P | Công an tỉnh | Phòng TTBCXB | 88/TB-BTTTT | Đang thực hiện | Đã họp
        2 | $L | VNPT, Viettel | Phòng CNTT | 88/TB-BTTTT | Đã hoàn thành | Đã mở lớp
        3 | $K | UBND các huyện | Thanh tra Sở | 88/TB-BTTTT | Chưa thực hiện | Chưa làm
        ",
        "
        [Trang 1] A=stt B=content C=coordinating_units D=lead_unit E=doc_no F=status G=result
        2 task sure VII.4-1 none - in_progress
        3 task sure VII.4-2.1 none - completed
        4 task sure VII.4-3 none - not_started
        ! column_by_cells
        ! column_by_cells
        ! column_by_cells
        ",
    );
}

#[test]
fn headings_that_are_sentences_are_headings_where_the_numbers_begin_below() {
    evident(
        "
        Số thứ tự của nhiệm vụ | Nội dung nhiệm vụ mà Bộ trưởng đã giao cho các Sở tại hội nghị giao ban vừa qua | Đơn vị trực thuộc Sở được giao chủ trì tham mưu | Thời hạn mà Sở phải hoàn thành theo Thông báo kết luận của Bộ trưởng tại hội nghị | Tình hình hoàn thành (ghi rõ đã hoàn thành, đang thực hiện hay chưa thực hiện) | Tỷ lệ phần trăm khối lượng công việc đã hoàn thành tính đến ngày báo cáo
        1 | $P | P.CNTT | 31/12/2020 | Đang thực hiện | 50%
        2 | $L | P.BCVT | 30/4/2020 | Đã hoàn thành | 100%
        ",
        "
        [Trang 1] A=stt B=content C=lead_unit D=deadline E=status F=percent
        2 task sure VII.4-1 day 2020-12-31 50 in_progress
        3 task sure VII.4-2.1 day 2020-04-30 100 completed
        ",
    );
}

#[test]
fn of_a_beginning_and_an_end_the_end_is_the_deadline_and_a_beginning_never_is() {
    for (group, from, to) in [
        ("Thời gian thực hiện", "Từ ngày", "Đến ngày"),
        ("Thời hạn", "Từ", "Đến"),
        ("Tiến độ", "Bắt đầu", "Kết thúc"),
        ("Thời gian hoàn thành", "Ngày bắt đầu", "Ngày kết thúc"),
        ("Kế hoạch", "Khởi công", "Hoàn thành"),
    ] {
        for levels in [true, false] {
            let head = if levels {
                format!("TT | Nhiệm vụ | {group} | > | Tình trạng\n^ | ^ | {from} | {to} | ^")
            } else {
                format!("SỞ TTTT\nTT | Nhiệm vụ | {from} | {to} | Tình trạng")
            };
            evident(
                &format!(
                    "{head}\n1 | $P | 06/3/2020 | 31/12/2020 | Đang thực hiện\n2 | $L | 11/3/2020 | 30/4/2020 | Đã hoàn thành"
                ),
                "
                [Trang 1] A=stt B=content D=deadline E=status
                3 task sure VII.4-1 day 2020-12-31 - in_progress
                4 task sure VII.4-2.1 day 2020-04-30 - completed
                ",
            );
        }
        let alone = format!(
            "TT | Nhiệm vụ | {group} | Tình trạng\n^ | ^ | {from} | ^\n1 | $P | 06/3/2020 | Đang thực hiện\n2 | $L | 11/3/2020 | Đã hoàn thành"
        );
        evident(
            &alone,
            "
            [Trang 1] A=stt B=content D=status
            3 task sure VII.4-1 none - in_progress
            4 task sure VII.4-2.1 none - completed
            ",
        );
    }
}

#[test]
fn beside_a_beginning_the_day_of_completion_stays_that() {
    evident(
        "
        TT | Nhiệm vụ | Ngày bắt đầu | Ngày hoàn thành | Tình trạng
        1 | $P | 06/3/2020 | | Đang thực hiện
        2 | $L | 11/3/2020 | 20/4/2020 | Đã hoàn thành
        ",
        "
        [Trang 1] A=stt B=content E=status
        2 task sure VII.4-1 none - in_progress
        3 task sure VII.4-2.1 none - completed
        ",
    );
    let done = tasks(
        "TT | Nhiệm vụ | Ngày bắt đầu | Hạn Bộ giao | Ngày hoàn thành | Tình trạng\n1 | $L | 11/3/2020 | 30/4/2020 | 20/4/2020 | Đã hoàn thành\n2 | $P | 06/3/2020 | 31/12/2020 | | Đang thực hiện",
    );
    let catalogue = giaoban::import::seeded::catalogue("40").unwrap();
    let read = giaoban::import::understand(&workbook(vec![sheet("PL", &done)]), &catalogue).unwrap();
    let day = read.tables[0].rows[0].status.completed_on;
    assert_eq!(day.map(|day| day.to_string()).as_deref(), Some("2020-04-20"));
    // Where a heading names the deadline, the end beside a beginning is none.
    evident(
        "
        TT | Nhiệm vụ | Hạn Bộ giao | Bắt đầu | Kết thúc | Tình trạng
        1 | $P | 31/12/2020 | 06/3/2020 | | Đang thực hiện
        2 | $L | 30/4/2020 | 11/3/2020 | 20/4/2020 | Đã hoàn thành
        ",
        "
        [Trang 1] A=stt B=content C=deadline F=status
        2 task sure VII.4-1 day 2020-12-31 - in_progress
        3 task sure VII.4-2.1 day 2020-04-30 - completed
        ",
    );
}

#[test]
fn statuses_with_a_day_or_a_share_beside_them_are_statuses() {
    evident(
        "
        TT | Nhiệm vụ | Thời hạn | Tình trạng
        1 | $P | 31/12/2020 | Đang thực hiện 50%
        2 | $L | 30/4/2020 | Đã hoàn thành 100%
        3 | $K | 30/6/2020 | Chưa thực hiện 0%
        ",
        "
        [Trang 1] A=stt B=content C=deadline D=status
        2 task sure VII.4-1 day 2020-12-31 50 in_progress
        3 task sure VII.4-2.1 day 2020-04-30 100 completed
        4 task sure VII.4-3 day 2020-06-30 0 not_started
        ",
    );
    evident(
        "
        TT | Nhiệm vụ | Thời hạn | Tình trạng
        1 | $P | 31/12/2020 | Đang thực hiện từ ngày 02/3/2020
        2 | $L | 30/4/2020 | Đã hoàn thành ngày 15/4/2020
        ",
        "
        [Trang 1] A=stt B=content C=deadline D=status
        2 task sure VII.4-1 day 2020-12-31 - in_progress
        3 task sure VII.4-2.1 day 2020-04-30 - completed
        ",
    );
}
