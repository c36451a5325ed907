//! Forms with a task each: labels with and without numbers, in any order, their values in the same cell, beside or below.

use super::table::check;

const LEARNING: &str = "Nghiên cứu, đề xuất các giải pháp đào tạo trực tuyến, làm việc từ xa để triển khai thí điểm tại địa phương.";
const INFRASTRUCTURE: &str = "Xây dựng kế hoạch phát triển hạ tầng số theo hướng thúc đẩy chia sẻ cơ sở hạ tầng giữa các doanh nghiệp.";

/// A sheet of forms; `$L` and `$I` stand for the wordings of two tasks.
fn forms(sheet: &str, expected: &str) {
    check(&sheet.replace("$L", LEARNING).replace("$I", INFRASTRUCTURE), expected);
}

#[test]
fn numbered_labels_with_their_value_in_the_same_cell_come_in_any_order() {
    forms(
        "
        PHIẾU THEO DÕI NHIỆM VỤ

        1. Nhiệm vụ: $I
        2. Đơn vị chủ trì: Phòng BCVT
        3. Thời hạn: 30/9/2020
        4. Tình trạng: Đang thực hiện
        1. Đơn vị chủ trì: Phòng CNTT
        2. Nhiệm vụ: $L
        3. Tình trạng: Đã hoàn thành
        4. Thời hạn: 30/4/2020
        ",
        "
        [Trang 1] A=content B=lead_unit C=deadline D=status
        3-6 task sure VII.4-3 day 2020-09-30 - in_progress
        7-10 task sure VII.4-2.1 day 2020-04-30 - completed
        ",
    );
}

#[test]
fn a_label_that_carries_the_number_of_its_card_is_the_same_label_in_every_card() {
    forms(
        "
        Nhiệm vụ 1 | $I
        Thời hạn | 30/9/2020
        Tình trạng | Đang thực hiện
        Khó khăn |

        Nhiệm vụ 2 | $L
        Tình trạng | Đã hoàn thành
        Thời hạn | 30/4/2020
        Khó khăn | Thiếu thiết bị
        ",
        "
        [Trang 1] A=content B=deadline C=status D=difficulties
        1-4 task sure VII.4-3 day 2020-09-30 - in_progress
        6-9 task sure VII.4-2.1 day 2020-04-30 - completed
        ",
    );
}

#[test]
fn values_stand_below_their_labels() {
    forms(
        "
        PHIẾU THEO DÕI

        1. Nhiệm vụ
        $I
        2. Thời hạn
        30/9/2020
        3. Tình trạng
        Đang thực hiện

        1. Nhiệm vụ
        $L
        2. Thời hạn
        30/4/2020
        3. Tình trạng
        Đã hoàn thành
        ",
        "
        [Trang 1] A=content B=deadline C=status
        3-8 task sure VII.4-3 day 2020-09-30 - in_progress
        10-15 task sure VII.4-2.1 day 2020-04-30 - completed
        ",
    );
    forms(
        "
        NHIỆM VỤ SỐ 1: $I
        Đơn vị chủ trì | Thời hạn | Tình trạng
        Phòng BCVT | 30/9/2020 | Đang thực hiện
        NHIỆM VỤ SỐ 2: $L
        Đơn vị chủ trì | Thời hạn | Tình trạng
        Phòng CNTT | | Đã hoàn thành
        ",
        "
        [Trang 1] A=content B=lead_unit C=deadline D=status
        1-3 task sure VII.4-3 day 2020-09-30 - in_progress
        4-6 task sure VII.4-2.1 none - completed
        ",
    );
}

#[test]
fn a_whole_card_in_one_cell_is_read_line_by_line() {
    forms(
        "
        PHIẾU
        Nhiệm vụ: $I\\nThời hạn: 30/9/2020\\nTình trạng: Đang thực hiện\\nKết quả: Đang khảo sát\\ntại 08 huyện
        Nhiệm vụ: $L\\nThời hạn: 30/4/2020\\nTình trạng: Đã hoàn thành\\nKết quả: Đã họp
        ",
        "
        [Trang 1] A=content B=deadline C=status D=result
        2 task sure VII.4-3 day 2020-09-30 - in_progress
        3 task sure VII.4-2.1 day 2020-04-30 - completed
        ",
    );
}

#[test]
fn blank_rows_part_the_cards_where_each_part_has_its_own_content() {
    forms(
        "
        Nội dung | $I
        Tình trạng | Đang thực hiện
        Đơn vị chủ trì | Phòng BCVT

        Thời hạn | 30/4/2020
        Nội dung | $L
        Kết quả | Đã họp
        ",
        "
        [Trang 1] A=content B=status C=lead_unit D=deadline E=result
        1-3 task sure VII.4-3 none - in_progress
        5-7 task sure VII.4-2.1 day 2020-04-30 - -
        ",
    );
}

#[test]
fn an_empty_label_at_the_end_of_a_card_is_no_title_of_the_next() {
    forms(
        "
        Nhiệm vụ số 1 | $I
        1. Thời hạn | 30/9/2020
        2. Tình trạng | Đang thực hiện
        3. Khó khăn, vướng mắc |

        Nhiệm vụ số 2 | $L
        1. Thời hạn | 30/4/2020
        2. Tình trạng | Đã hoàn thành
        ",
        "
        [Trang 1] A=content B=deadline C=status D=difficulties
        1-4 task sure VII.4-3 day 2020-09-30 - in_progress
        6-8 task sure VII.4-2.1 day 2020-04-30 - completed
        ",
    );
}

#[test]
fn tasks_laid_out_as_columns_are_refused_and_never_read_in_part() {
    forms(
        "
        STT | 1 | 2
        Nội dung nhiệm vụ | $I | $L
        Thời hạn | 30/9/2020 | 30/4/2020
        Tình trạng | Đang thực hiện | Đã hoàn thành
        Tỷ lệ (%) | #40 | #100
        ",
        "
        tasks_in_columns
        ",
    );
}
