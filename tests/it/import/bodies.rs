//! Rows with traps: sentences over two rows, section rows that sum up, section rows that give a status, cards, texts
//! that are cut off.

use giaoban::domain::finding::FindingCode;
use giaoban::import::reading::RowReading;

use super::table::{check, check_workbook, read, sheet, workbook};

#[test]
fn a_sentence_typed_over_two_rows_is_one_content() {
    check(
        "
        STT | Nội dung nhiệm vụ | Tỷ lệ | Kết quả thực hiện
        1 | Xây dựng kế hoạch phát triển hạ tầng số theo hướng | 20% | Đang dự thảo
         | thúc đẩy chia sẻ cơ sở hạ tầng giữa các doanh nghiệp. | |
        2 | Phối hợp chặt chẽ với Tổ công tác rà quét, xử lý thông tin sai sự thật, xử lý nghiêm các trường hợp vi phạm. | 10% | Đã họp
        ",
        "
        [Trang 1] A=stt B=content C=percent D=result
        2-3 task sure VII.4-3 none 20 - [several_rows]
        4 task sure VII.4-1 none 10 -
        ",
    );
}

#[test]
fn a_section_row_with_the_average_of_its_tasks_is_no_task() {
    check(
        "
        TT | Nội dung | Thời hạn | Tiến độ (%) | Tình trạng
        I | Lĩnh vực Báo chí | | #40 |
        1 | Phối hợp chặt chẽ với Tổ công tác rà quét, xử lý thông tin sai sự thật, xử lý nghiêm các trường hợp vi phạm. | TX | #30 | Đang thực hiện
        2 | Đẩy mạnh việc ứng dụng công nghệ số trong công tác truyền thông, phản ánh đúng tình trạng dịch bệnh. | TX | #50 | Đang thực hiện
        II | Lĩnh vực Viễn thông | | #5 |
        1 | Xây dựng kế hoạch phát triển hạ tầng số theo hướng thúc đẩy chia sẻ cơ sở hạ tầng giữa các doanh nghiệp. | 30/9/2020 | #5 | Đang thực hiện
        ",
        "
        [Trang 1] A=stt B=content C=deadline D=percent E=status
        3 task sure VII.4-1 ongoing 30 in_progress
        4 task sure VII.4-2.2 ongoing 50 in_progress
        6 task sure VII.4-3 day 2020-09-30 5 in_progress
        ",
    );
}

#[test]
fn a_section_gives_its_status_also_when_it_counts_its_tasks() {
    check(
        "
        STT | Nội dung nhiệm vụ | Đơn vị chủ trì | Thời hạn | Kết quả
        I | Nhiệm vụ đã hoàn thành (01 nhiệm vụ) | | |
        1 | Nghiên cứu, đề xuất các giải pháp đào tạo trực tuyến, làm việc từ xa để triển khai thí điểm tại địa phương. | P.CNTT | 30/4/2020 | Đã họp
        II | Nhiệm vụ chưa thực hiện: 01 nhiệm vụ | | |
        1 | Xây dựng kế hoạch phát triển hạ tầng số theo hướng thúc đẩy chia sẻ cơ sở hạ tầng giữa các doanh nghiệp. | P.BCVT | 30/9/2020 |
        ",
        "
        [Trang 1] A=stt B=content C=lead_unit D=deadline E=result
        3 task sure VII.4-2.1 day 2020-04-30 - completed
        5 task sure VII.4-3 day 2020-09-30 - not_started
        ",
    );
}

#[test]
fn a_card_begins_where_its_number_stands() {
    check(
        "
        PHIẾU THEO DÕI NHIỆM VỤ

        Nhiệm vụ số | #1
        Nội dung nhiệm vụ | Xây dựng kế hoạch phát triển hạ tầng số theo hướng thúc đẩy chia sẻ cơ sở hạ tầng giữa các doanh nghiệp.
        Thời hạn hoàn thành | 30/6/2020
        Tình trạng | Đang thực hiện

        Nhiệm vụ số | #2
        Nội dung nhiệm vụ | Nghiên cứu, đề xuất các giải pháp đào tạo trực tuyến, làm việc từ xa để triển khai thí điểm tại địa phương.
        Thời hạn hoàn thành | 30/4/2020
        Tình trạng | Đã hoàn thành
        ",
        "
        [Trang 1] A=content B=deadline C=status
        3-6 task sure VII.4-3 day 2020-06-30 - in_progress
        8-11 task sure VII.4-2.1 day 2020-04-30 - completed
        ",
    );
}

#[test]
fn a_text_cut_off_where_two_tasks_begin_alike_is_asked_about() {
    check(
        "
        STT | Tên nhiệm vụ | Trạng thái | Kết quả
        1 | Xây dựng kế hoạch phát triển hạ tầng... | Đang xử lý | Đã họp
        2 | Xây dựng kế hoạch phát triển hạ tầng số theo hướng thúc đẩy chia sẻ… | Đang xử lý | Đã họp
        ",
        "
        [Trang 1] A=stt B=content C=status D=result
        2 task ask II.1-3/VII.4-3 none - in_progress [task_match_unsure]
        3 task likely VII.4-3 none - in_progress
        ",
    );
}

#[test]
fn of_sheets_for_each_month_the_latest_counts() {
    let month = |percent: &str, more: &str| {
        format!(
            "STT | Nhiệm vụ | Thời hạn | Tỷ lệ (%) | Kết quả
            1 | Nghiên cứu, đề xuất các giải pháp đào tạo trực tuyến, làm việc từ xa để triển khai thí điểm tại địa phương. | 30/4/2020 | #{percent} | Đã họp
            2 | Xây dựng kế hoạch phát triển hạ tầng số theo hướng thúc đẩy chia sẻ cơ sở hạ tầng giữa các doanh nghiệp. | 30/9/2020 | #{percent} | Đã họp
            {more}"
        )
    };
    let sheets = vec![
        sheet("Tháng 3", &month("20", "")),
        sheet("Tháng 4", &month("60", "")),
        sheet(
            "Việc riêng",
            &month("60", "").replace("Nghiên cứu, đề xuất các giải pháp", "Rà soát các giải pháp"),
        ),
    ];
    let reading = read("86", &workbook(sheets)).unwrap();
    let read: Vec<(&str, usize)> = reading
        .tables
        .iter()
        .map(|table| {
            let earlier = |row: &&RowReading| {
                row.findings.iter().any(|finding| finding.code == FindingCode::EarlierPeriod)
            };
            (table.sheet.as_str(), table.rows.iter().filter(earlier).count())
        })
        .collect();
    assert_eq!(read, [("Tháng 3", 2), ("Tháng 4", 0), ("Việc riêng", 0)]);
}

#[test]
fn a_percent_beside_the_words_of_a_status_is_read_where_no_column_has_it() {
    check(
        "
        STT | Nội dung nhiệm vụ | Phòng được giao | Tình trạng thực hiện | Lưu ý
        1 | Nghiên cứu, đề xuất các giải pháp đào tạo trực tuyến, làm việc từ xa để triển khai thí điểm tại địa phương. | Phòng CNTT | Đang thực hiện (50%) |
        2 | Xây dựng kế hoạch phát triển hạ tầng số theo hướng thúc đẩy chia sẻ cơ sở hạ tầng giữa các doanh nghiệp. | P.BCVT | Đang thực hiện - 70% | Cần họp lại
        3 | Đẩy mạnh việc ứng dụng công nghệ số trong công tác truyền thông, phản ánh đúng tình trạng dịch bệnh. | Phòng TTBCXB | Đã hoàn thành (90%) |
        ",
        "
        [Trang 1] A=stt B=content C=lead_unit D=status E=note
        2 task sure VII.4-2.1 none 50 in_progress
        3 task sure VII.4-3 none 70 in_progress
        4 task sure VII.4-2.2 none - in_progress [status_percent_conflict]
        ",
    );
}

#[test]
fn numbers_of_a_text_file_are_percents_under_a_heading_that_says_so() {
    check(
        "
        STT | Tên Nhiệm Vụ | Ai làm | Hạn Xử Lý | Tiến Độ Hiện Tại (%)
        1 | Nghiên cứu, đề xuất các giải pháp đào tạo trực tuyến, làm việc từ xa để triển khai thí điểm tại địa phương. | Phòng CNTT | 30/4/2020 | 60
        2 | Xây dựng kế hoạch phát triển hạ tầng số theo hướng thúc đẩy chia sẻ cơ sở hạ tầng giữa các doanh nghiệp. | P.BCVT | 30/9/2020 | 100
        ",
        "
        [Trang 1] A=stt B=content C=lead_unit D=deadline E=percent
        2 task sure VII.4-2.1 day 2020-04-30 60 -
        3 task sure VII.4-3 day 2020-09-30 100 -
        ",
    );
}

const LEARNING: &str = "Nghiên cứu, đề xuất các giải pháp đào tạo trực tuyến, làm việc từ xa để triển khai thí điểm tại địa phương.";
const INFRASTRUCTURE: &str = "Xây dựng kế hoạch phát triển hạ tầng số theo hướng thúc đẩy chia sẻ cơ sở hạ tầng giữa các doanh nghiệp.";

/// A sheet in which `$L` and `$I` stand for the wordings of two tasks.
fn bodies(sheet: &str, expected: &str) {
    check(&sheet.replace("$L", LEARNING).replace("$I", INFRASTRUCTURE), expected);
}

#[test]
fn of_the_months_of_one_sheet_the_latest_says_how_things_stand() {
    bodies(
        "
        Tháng 3/2020
        STT | Nhiệm vụ | Thời hạn | Tỷ lệ (%) | Kết quả
        1 | $L | 30/4/2020 | #20 | Đang họp
        2 | $I | 30/9/2020 | #5 | Đang lấy ý kiến

        Tháng 4/2020
        STT | Nhiệm vụ | Thời hạn | Tỷ lệ (%) | Kết quả
        1 | $L | 30/4/2020 | #60 | Đã họp
        ",
        "
        [Trang 1] A=stt B=content C=deadline D=percent E=result
        3 task sure VII.4-2.1 day 2020-04-30 20 - [earlier_period]
        4 task sure VII.4-3 day 2020-09-30 5 -
        [Trang 1] A=stt B=content C=deadline D=percent E=result
        8 task sure VII.4-2.1 day 2020-04-30 60 -
        ",
    );
    bodies(
        "
        STT | Nhiệm vụ | Thời hạn | Tỷ lệ (%) | Kết quả
        Quý I | > | > | > | >
        1 | $L | 30/4/2020 | #20 | Đang họp
        Tháng 5 | > | > | > | >
        1 | $L | 30/4/2020 | #60 | Đã họp
        2 | $L | 30/4/2020 | #70 | Đã họp
        ",
        "
        [Trang 1] A=stt B=content C=deadline D=percent E=result
        3 task sure VII.4-2.1 day 2020-04-30 20 - [earlier_period]
        5 task sure VII.4-2.1 day 2020-04-30 60 - [duplicate_contradictory]
        6 task sure VII.4-2.1 day 2020-04-30 70 - [duplicate_contradictory]
        ",
    );
}

#[test]
fn a_day_in_a_title_tells_the_order_of_two_reports() {
    bodies(
        "
        Kết quả đến ngày 15/4/2020
        STT | Nhiệm vụ | Tỷ lệ (%) | Kết quả
        1 | $L | #60 | Đã họp

        Kết quả đến ngày 31/3/2020
        STT | Nhiệm vụ | Tỷ lệ (%) | Kết quả
        1 | $L | #20 | Đang họp
        ",
        "
        [Trang 1] A=stt B=content C=percent D=result
        3 task sure VII.4-2.1 none 60 -
        [Trang 1] A=stt B=content C=percent D=result
        7 task sure VII.4-2.1 none 20 - [earlier_period]
        ",
    );
}

#[test]
fn remarks_below_the_tasks_are_no_tasks_whether_merged_or_not() {
    let table = "
        STT | Nhiệm vụ | Đơn vị chủ trì | Thời hạn | Tỷ lệ (%) | Kết quả
        1 | $L | Phòng CNTT | 30/4/2020 | #100 | Đã họp
        2 | $I | Phòng BCVT | 30/9/2020 | #25 | Đã lấy ý kiến";
    let expected = "
        [Trang 1] A=stt B=content C=lead_unit D=deadline E=percent F=result
        2 task sure VII.4-2.1 day 2020-04-30 100 -
        3 task sure VII.4-3 day 2020-09-30 25 -
        ";
    let remarks = [
        "* Đánh giá chung: các nhiệm vụ được triển khai đúng tiến độ, còn 01 nhiệm vụ chậm",
        "- Nhiệm vụ số 2 phụ thuộc vào ý kiến của doanh nghiệp",
        "Ghi chú: các nhiệm vụ thường xuyên không tính tỷ lệ",
        "+ Tổng số: 02 nhiệm vụ, hoàn thành 01",
        "Kiến nghị",
        "- Đề nghị Bộ hướng dẫn sớm",
    ];
    for (merged, indent) in [(" | > | > | > | > | >", ""), ("", ""), ("", " | ")] {
        let lines: Vec<String> = remarks.iter().map(|remark| format!("{indent}{remark}{merged}")).collect();
        bodies(&format!("{table}\n{}", lines.join("\n")), expected);
    }
}

#[test]
fn a_row_of_units_below_the_heading_ends_no_table() {
    bodies(
        "
        STT | Nhiệm vụ | Thời hạn | Tỷ lệ | Tình trạng | Kết quả
         | | (ngày/tháng/năm) | (%) | (đã/đang/chưa) |
        1 | $L | 30/4/2020 | #100 | Đã hoàn thành | Đã họp
        2 | $I | 30/9/2020 | #40 | Đang thực hiện | Đang lấy ý kiến
        ",
        "
        [Trang 1] A=stt B=content C=deadline D=percent E=status F=result
        3 task sure VII.4-2.1 day 2020-04-30 100 completed
        4 task sure VII.4-3 day 2020-09-30 40 in_progress
        ",
    );
}

#[test]
fn section_rows_with_figures_and_lists_of_figures_below_the_total_are_no_tasks() {
    bodies(
        "
        STT | Nhiệm vụ | Thời hạn | Tình trạng | Tỷ lệ | Kết quả
        I | LĨNH VỰC CÔNG NGHỆ THÔNG TIN | | 1 nhiệm vụ | #100 |
        1 | $L | 30/4/2020 | Đã hoàn thành | #100 | Đã họp
        II | LĨNH VỰC VIỄN THÔNG | | 01 nhiệm vụ | 40% |
        1 | $I | 30/9/2020 | Đang thực hiện | #40 | Đang lấy ý kiến
         | Tổng số: 02 nhiệm vụ | | | |
         | Tỷ lệ hoàn thành | | 50% | |
         | Số nhiệm vụ quá hạn | | #0 | |
        ",
        "
        [Trang 1] A=stt B=content C=deadline D=status E=percent F=result
        3 task sure VII.4-2.1 day 2020-04-30 100 completed
        5 task sure VII.4-3 day 2020-09-30 40 in_progress
        ",
    );
}

#[test]
fn a_table_goes_on_upon_the_next_sheet_without_its_heading() {
    let first = format!(
        "STT | Nhiệm vụ | Thời hạn | Tình trạng | Tỷ lệ | Kết quả\n1 | {LEARNING} | 30/4/2020 | Đã hoàn thành | #100 | Đã họp"
    );
    let second = format!(
        "2 | {INFRASTRUCTURE} | 30/9/2020 | Đang thực hiện | #40 | Lấy ý kiến\n3 | Lắp đặt mạng Wifi công cộng tại các điểm du lịch | 30/9/2020 | Chưa làm | #0 | Chưa"
    );
    check_workbook(
        "86",
        &workbook(vec![sheet("PL1", &first), sheet("PL1 (tiếp)", &second)]),
        "
        [PL1] A=stt B=content C=deadline D=status E=percent F=result
        2 task sure VII.4-2.1 day 2020-04-30 100 completed
        [PL1 (tiếp)] A=stt B=content C=deadline D=status E=percent F=result
        1 task sure VII.4-3 day 2020-09-30 40 in_progress
        2 task none  day 2020-09-30 0 not_started [task_not_in_notice]
        ",
    );
}
