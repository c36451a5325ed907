//! Headings with traps: several columns for one meaning, remarks in brackets, marks of all kinds, titles beside each
//! other, pages that begin with a group.

use super::table::check;

#[test]
fn the_deadline_has_phrases_and_the_day_of_completion_only_days() {
    check(
        "
        TT | Nội dung | Tiến độ (nếu có) | Chủ trì | Thời gian hoàn thành | Kết quả thực hiện
        1 | Phối hợp chặt chẽ với Tổ công tác rà quét, xử lý thông tin sai sự thật, xử lý nghiêm các trường hợp vi phạm. | Thường xuyên | Thanh tra | | Đã thực hiện 3 cuộc
        2 | Nghiên cứu, đề xuất các giải pháp đào tạo trực tuyến, làm việc từ xa để triển khai thí điểm tại địa phương. | 30/4/2020 | P.CNTT | @2020-04-10 | Ban hành hướng dẫn
        3 | Xây dựng kế hoạch phát triển hạ tầng số theo hướng thúc đẩy chia sẻ cơ sở hạ tầng giữa các doanh nghiệp. | Quý III/2020 | P.BCVT | | Đang dự thảo
        ",
        "
        [Trang 1] A=stt B=content C=deadline D=lead_unit F=result
        2 task sure VII.4-1 ongoing - -
        3 task sure VII.4-2.1 day 2020-04-30 - -
        4 task sure VII.4-3 quarter 2020-09-30 - -
        ",
    );
}

#[test]
fn of_two_periods_the_latest_counts() {
    check(
        "
        STT | Nhiệm vụ | Tỷ lệ kỳ trước (%) | Tỷ lệ kỳ này (%) | Kết quả tháng 3 | Kết quả tháng 4 | Kết quả tháng 5 | Kế hoạch tháng 5
        1 | Phối hợp chặt chẽ với Tổ công tác rà quét, xử lý thông tin sai sự thật, xử lý nghiêm các trường hợp vi phạm. | #10 | #30 | Cử cán bộ | Rà 20 trang | | Tiếp tục
        2 | Nghiên cứu, đề xuất các giải pháp đào tạo trực tuyến, làm việc từ xa để triển khai thí điểm tại địa phương. | #50 | #100 | Khảo sát | Triển khai xong | |
        ",
        "
        [Trang 1] A=stt B=content D=percent F=result
        2 task sure VII.4-1 none 30 -
        3 task sure VII.4-2.1 none 100 -
        ! column_not_read
        ",
    );
}

#[test]
fn remarks_in_brackets_say_how_to_fill_in_and_not_what_a_column_means() {
    check(
        "
        Nội dung nhiệm vụ (theo Thông báo kết luận) | Thời hạn (ngày/tháng/năm) | Tỷ lệ hoàn thành (ghi %) | Kết quả thực hiện (ghi rõ số, ký hiệu văn bản) | Khó khăn (nếu có)
        1. Phối hợp chặt chẽ với Tổ công tác rà quét, xử lý thông tin sai sự thật, xử lý nghiêm các trường hợp vi phạm. | 31/12/2020 | 40% | Văn bản 120/STTTT-TTra | Không
        2. Xây dựng kế hoạch phát triển hạ tầng số theo hướng thúc đẩy chia sẻ cơ sở hạ tầng giữa các doanh nghiệp. | 30/9/2020 | 5% | Công văn 98/STTTT-BCVT | Chờ hướng dẫn
        ",
        "
        [Trang 1] A=content B=deadline C=percent D=result E=difficulties
        2 task sure VII.4-1 day 2020-12-31 40 -
        3 task sure VII.4-3 day 2020-09-30 5 -
        ",
    );
}

#[test]
fn a_one_and_a_dot_are_marks_below_a_status() {
    check(
        "
        STT | Nội dung nhiệm vụ | Đã hoàn thành (x) | Đang thực hiện (x) | Chưa thực hiện (x) | Kết quả
        1 | Phối hợp chặt chẽ với Tổ công tác rà quét, xử lý thông tin sai sự thật, xử lý nghiêm các trường hợp vi phạm. | | • | | Đã họp
        2 | Nghiên cứu, đề xuất các giải pháp đào tạo trực tuyến, làm việc từ xa để triển khai thí điểm tại địa phương. | • | | | Đã họp
        ",
        "
        [Trang 1] A=stt B=content C=status:completed D=status:in_progress E=status:not_started F=result
        2 task sure VII.4-1 none - in_progress
        3 task sure VII.4-2.1 none - completed
        ",
    );
    check(
        "
        Nhiệm vụ | STT | Hạn chót | Đã hoàn thành | Đang thực hiện | Chưa thực hiện
        Phối hợp chặt chẽ với Tổ công tác rà quét, xử lý thông tin sai sự thật, xử lý nghiêm các trường hợp vi phạm. | I | TX | | #1 |
        Nghiên cứu, đề xuất các giải pháp đào tạo trực tuyến, làm việc từ xa để triển khai thí điểm tại địa phương. | II | 30/4/2020 | #1 | |
        Đẩy mạnh việc ứng dụng công nghệ số trong công tác truyền thông, phản ánh đúng tình trạng dịch bệnh. | III | TX | | #1 |
        Tổng | | | =1 | =2 | =0
        ",
        "
        [Trang 1] A=content B=stt C=deadline D=status:completed E=status:in_progress F=status:not_started
        2 task sure VII.4-1 ongoing - in_progress
        3 task sure VII.4-2.1 day 2020-04-30 - completed
        4 task sure VII.4-2.2 ongoing - in_progress
        ",
    );
}

#[test]
fn each_of_two_tables_beside_each_other_has_its_own_title() {
    check(
        "
        NHIỆM VỤ ĐÃ HOÀN THÀNH | | | | NHIỆM VỤ ĐANG THỰC HIỆN

        STT | Nhiệm vụ | Kết quả | | STT | Nhiệm vụ | Tỷ lệ %
        1 | Nghiên cứu, đề xuất các giải pháp đào tạo trực tuyến, làm việc từ xa để triển khai thí điểm tại địa phương. | Đã triển khai toàn tỉnh | | 1 | Phối hợp chặt chẽ với Tổ công tác rà quét, xử lý thông tin sai sự thật, xử lý nghiêm các trường hợp vi phạm. | #40
        ",
        "
        [Trang 1] A=stt B=content C=result
        4 task sure VII.4-2.1 none - completed
        [Trang 1] E=stt F=content G=percent
        4 task sure VII.4-1 none 40 in_progress
        ",
    );
}

#[test]
fn a_page_that_begins_with_a_group_is_no_new_table() {
    check(
        "
        STT | Nội dung | Thời hạn | Tình trạng | Kết quả
        PHÒNG CÔNG NGHỆ THÔNG TIN | > | > | > | >
        1 | Nghiên cứu, đề xuất các giải pháp đào tạo trực tuyến, làm việc từ xa để triển khai thí điểm tại địa phương. | 30/4/2020 | Đã hoàn thành | Đã họp
        STT | Nội dung | Thời hạn | Tình trạng | Kết quả
        PHÒNG BƯU CHÍNH - VIỄN THÔNG | > | > | > | >
        1 | Xây dựng kế hoạch phát triển hạ tầng số theo hướng thúc đẩy chia sẻ cơ sở hạ tầng giữa các doanh nghiệp. | tháng 6/2020 | Chưa thực hiện | Chờ hướng dẫn
        ",
        "
        [Trang 1] A=stt B=content C=deadline D=status E=result
        3 task sure VII.4-2.1 day 2020-04-30 - completed
        6 task sure VII.4-3 month 2020-06-30 - not_started
        ",
    );
}

#[test]
fn headings_and_statuses_of_planning_tools_are_known() {
    check(
        "
        # | Đầu việc | PIC | Due date | Status | % done | Remark
        1 | Phối hợp chặt chẽ với Tổ công tác rà quét, xử lý thông tin sai sự thật, xử lý nghiêm các trường hợp vi phạm. | Thanh tra | 2020-12-31 | Doing | #40 |
        2 | Nghiên cứu, đề xuất các giải pháp đào tạo trực tuyến, làm việc từ xa để triển khai thí điểm tại địa phương. | P.CNTT | 2020-04-30 | Done | #100 | tốt
        ",
        "
        [Trang 1] A=stt B=content C=lead_unit D=deadline E=status F=percent G=note
        2 task sure VII.4-1 day 2020-12-31 40 in_progress
        3 task sure VII.4-2.1 day 2020-04-30 100 completed
        ",
    );
}

const LEARNING: &str = "Nghiên cứu, đề xuất các giải pháp đào tạo trực tuyến, làm việc từ xa để triển khai thí điểm tại địa phương.";
const INFRASTRUCTURE: &str = "Xây dựng kế hoạch phát triển hạ tầng số theo hướng thúc đẩy chia sẻ cơ sở hạ tầng giữa các doanh nghiệp.";

/// A sheet in which `$L` and `$I` stand for the wordings of two tasks.
fn headings(sheet: &str, expected: &str) {
    check(&sheet.replace("$L", LEARNING).replace("$I", INFRASTRUCTURE), expected);
}

#[test]
fn a_heading_in_words_never_heard_is_known_by_its_shape_and_a_person_confirms_it() {
    headings(
        "
        STT | Nội dung nhiệm vụ | Thời hạn | Tình trạng | Kết quả
        1 | Vận hành trang thông tin điện tử của Sở | 30/4/2020 | Đã hoàn thành | Đã họp

        Phần của phòng khác
        Đề mục | Màu cờ | Chốt | Nhà thầu | Cụ thể
        $I | Đang làm | 30/9/2020 | Phòng BCVT | Đã họp với doanh nghiệp viễn thông
        $L | Đã xong | 30/4/2020 | Phòng CNTT | Đã họp trực tuyến tới các huyện
        ",
        "
        [Trang 1] A=stt B=content C=deadline D=status E=result
        2 task none  day 2020-04-30 - completed [task_not_in_notice]
        [Trang 1] A=content B=status C=deadline D=lead_unit E=result
        6 task sure VII.4-3 day 2020-09-30 - in_progress
        7 task sure VII.4-2.1 day 2020-04-30 - completed
        ! heading_unknown
        ",
    );
}

#[test]
fn the_lead_unit_and_the_content_are_told_by_their_cells_whatever_their_heading() {
    headings(
        "
        STT | Phải làm gì | Bên nhận việc | Thời hạn | Tình trạng | Kết quả
        1 | Xây dựng kế hoạch chuyển đổi số của Sở giai đoạn tới | Phòng CNTT | 30/4/2020 | Đã xong | Đã họp
        2 | Tổ chức hội nghị tổng kết công tác thi đua của ngành | Văn phòng Sở | 30/9/2020 | Đang làm | Đã lấy ý kiến
        3 | Rà soát thủ tục hành chính của ngành trên địa bàn | Thanh tra Sở | 30/9/2020 | Đang làm | Chưa có
        ",
        "
        [Trang 1] A=stt B=content C=lead_unit D=deadline E=status F=result
        2 task none  day 2020-04-30 - completed [task_not_in_notice]
        3 task none  day 2020-09-30 - in_progress [task_not_in_notice]
        4 task none  day 2020-09-30 - in_progress [task_not_in_notice]
        ! column_by_cells
        ",
    );
    headings(
        "
        STT | Nội dung | Cán bộ đảm nhiệm | Thời hạn | Tình trạng
        1 | $L | Đ/c Nguyễn Văn An - PGĐ | 30/4/2020 | Đã xong
        2 | $I | Trần Thị Bình | 30/9/2020 | Đang làm
        ",
        "
        [Trang 1] A=stt B=content C=lead_unit D=deadline E=status
        2 task sure VII.4-2.1 day 2020-04-30 - completed
        3 task sure VII.4-3 day 2020-09-30 - in_progress
        ",
    );
}

#[test]
fn a_legend_says_what_short_headings_of_marks_mean() {
    check(
        "
        Quy ước: cột C - chưa thực hiện; cột Đ - đang thực hiện; cột H - đã hoàn thành. Đánh dấu (x) vào cột tương ứng.

        STT | Nhiệm vụ | Tiến độ / C | Tiến độ / Đ | Tiến độ / H | Nội dung đã triển khai
        1 | Phối hợp chặt chẽ với Tổ công tác rà quét, xử lý thông tin sai sự thật, xử lý nghiêm các trường hợp vi phạm. | | x | | Đã xử phạt 05 trường hợp
        2 | Nghiên cứu, đề xuất các giải pháp đào tạo trực tuyến, làm việc từ xa để triển khai thí điểm tại địa phương. | | | x | Đã họp trực tuyến
        Cộng mục I: 02 nhiệm vụ
        ",
        "
        [Trang 1] A=stt B=content C=status:not_started D=status:in_progress E=status:completed F=result
        4 task sure VII.4-1 none - in_progress
        5 task sure VII.4-2.1 none - completed
        ",
    );
}

#[test]
fn a_column_of_marks_is_no_percent_where_no_legend_says_what_they_mean() {
    check(
        "
        STT | Nhiệm vụ | Tiến độ / C | Tiến độ / Đ | Kết quả
        1 | Phối hợp chặt chẽ với Tổ công tác rà quét, xử lý thông tin sai sự thật, xử lý nghiêm các trường hợp vi phạm. | | x | Đã xử phạt 05 trường hợp
        2 | Nghiên cứu, đề xuất các giải pháp đào tạo trực tuyến, làm việc từ xa để triển khai thí điểm tại địa phương. | x | | Đã họp trực tuyến
        ",
        "
        [Trang 1] A=stt B=content E=result
        2 task sure VII.4-1 none - -
        3 task sure VII.4-2.1 none - -
        ! column_contradicted
        ! column_contradicted
        ",
    );
}

const PRESS: &str = "Phối hợp chặt chẽ với Tổ công tác rà quét, xử lý thông tin sai sự thật, xử lý nghiêm các trường hợp vi phạm.";

/// A sheet in which `$P` and `$L` stand for the wordings of two tasks.
fn headed(sheet: &str, expected: &str) {
    check(&sheet.replace("$P", PRESS).replace("$L", LEARNING), expected);
}

#[test]
fn the_day_of_a_document_is_never_the_deadline() {
    headed(
        "
        Số đến | Ngày đến | Nơi gửi | Ngày VB | Trích yếu | Hạn giải quyết | Nội dung đã xử lý
        12 | @2020-01-17 | Bộ TTTT | @2020-01-15 | $P | @2020-11-30 | Công văn số 45/STTTT-TTBCXB
        15 | @2020-03-09 | Bộ TTTT | @2020-03-02 | $L | @2020-04-15 | Đã mời làm việc 05 trường hợp
        ",
        "
        [Trang 1] E=content F=deadline G=result
        2 task sure VII.4-1 day 2020-11-30 - -
        3 task sure VII.4-2.1 day 2020-04-15 - -
        ",
    );
    headed(
        "
        STT | Nhiệm vụ | Nhận ngày | Tình trạng | Kết quả
        1 | $P | @2020-01-17 | Đang thực hiện | Đã xử lý 8
        2 | $L | @2020-03-09 | Đã hoàn thành | Đã họp
        ",
        "
        [Trang 1] A=stt B=content D=status E=result
        2 task sure VII.4-1 none - in_progress
        3 task sure VII.4-2.1 none - completed
        ! column_not_read
        ",
    );
}

#[test]
fn of_several_unknown_columns_of_days_none_is_taken_for_the_deadline_and_one_alone_is_asked_about() {
    headed(
        "
        STT | Nhiệm vụ | Cột A | Cột B | Tình trạng
        1 | $P | 17/01/2020 | 30/11/2020 | Đang thực hiện
        2 | $L | 09/3/2020 | 15/4/2020 | Đã hoàn thành
        ",
        "
        [Trang 1] A=stt B=content E=status
        2 task sure VII.4-1 none - in_progress
        3 task sure VII.4-2.1 none - completed
        ! deadline_column_unsure
        ",
    );
    headed(
        "
        STT | Nhiệm vụ | Cột A | Tình trạng
        1 | $P | 30/11/2020 | Đang thực hiện
        2 | $L | 15/4/2020 | Đã hoàn thành
        ",
        "
        [Trang 1] A=stt B=content C=deadline D=status
        2 task sure VII.4-1 day 2020-11-30 - in_progress
        3 task sure VII.4-2.1 day 2020-04-15 - completed
        ! heading_unknown
        ",
    );
}

#[test]
fn headings_in_a_persons_own_words_are_read_by_their_words() {
    headed(
        "
        TT | Việc phải làm | Phòng nào làm | Cùng làm | Bao giờ xong | Xong chưa | Đã làm được gì | Còn vướng gì | Cần Bộ giúp gì
        1 | $P | Phòng TTBC | Công an tỉnh | 30/11/2020 | Đang làm | Rà 20 trang | Thiếu người | Mở lớp
        2 | $L | Phòng CNTT | VNPT | 15/4/2020 | Xong | Họp 8 huyện | | Cử chuyên gia
        ",
        "
        [Trang 1] A=stt B=content C=lead_unit D=coordinating_units E=deadline F=status G=result H=difficulties I=proposals
        2 task sure VII.4-1 day 2020-11-30 - in_progress
        3 task sure VII.4-2.1 day 2020-04-15 - completed
        ",
    );
}

#[test]
fn a_column_under_an_unknown_heading_is_told_by_its_cells_and_that_is_said() {
    headed(
        "
        TT | Nhiệm vụ | Đơn vị chủ trì | Bạn bè | Thời hạn | Tình trạng | Cuối cùng | Điều nhắn gửi
        1 | $P | Phòng TTBC | Công an tỉnh | 30/11/2020 | Đang làm | Báo cáo số 61/BC-STTTT | Đề nghị Bộ mở lớp
        2 | $L | Phòng CNTT | Sở Giáo dục | 15/4/2020 | Xong | Đã họp với 8 huyện | Hỗ trợ kinh phí
        ",
        "
        [Trang 1] A=stt B=content C=lead_unit D=coordinating_units E=deadline F=status G=result H=proposals
        2 task sure VII.4-1 day 2020-11-30 - in_progress
        3 task sure VII.4-2.1 day 2020-04-15 - completed
        ! column_by_cells
        ! column_by_cells
        ! column_by_cells
        ",
    );
}

#[test]
fn the_title_of_a_kind_of_work_gives_no_status() {
    headed(
        "
        STT | Nhiệm vụ | Thời hạn | Kết quả
        I | NHIỆM VỤ ĐANG THỰC HIỆN | |
        1 | $P | 30/11/2020 | Đã xử lý 8
        II | NHIỆM VỤ THƯỜNG XUYÊN | |
        1 | $L | 15/4/2020 | Đã họp
        ",
        "
        [Trang 1] A=stt B=content C=deadline D=result
        3 task sure VII.4-1 day 2020-11-30 - in_progress
        5 task sure VII.4-2.1 day 2020-04-15 - -
        ",
    );
}
