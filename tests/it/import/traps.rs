//! Layouts with traps, one test each: what a province may send and what must come of it.

use super::table::check;

#[test]
fn a_deadline_named_tien_do_stands_beside_the_day_of_completion() {
    check(
        "
        BÁO CÁO
        Nội dung công việc | TT | Chủ trì | Tiến độ (nếu có) | Thời gian nhận | Thời gian hoàn thành | Kết quả thực hiện | Trạng thái
        Xây dựng kế hoạch phát triển hạ tầng số theo hướng thúc đẩy chia sẻ cơ sở hạ tầng giữa các doanh nghiệp. | #1 | Phòng BCVT | Quý II/2020 | @2020-03-05 | | Đang khảo sát | Đang thực hiện
        Nghiên cứu, đề xuất các giải pháp đào tạo trực tuyến, làm việc từ xa để triển khai thí điểm tại địa phương. | #2 | Phòng CNTT | tháng 4/2020 | @2020-03-05 | @2020-04-10 | Đã họp trực tuyến | Đã hoàn thành
        Đẩy mạnh việc ứng dụng công nghệ số trong công tác truyền thông, phản ánh đúng tình trạng dịch bệnh. | #3 | Phòng TTBCXB | Thường xuyên | @2020-03-05 | | Đã phát 03 bản tin/ngày | Đang thực hiện
        ",
        "
        [Trang 1] A=content B=stt C=lead_unit D=deadline G=result H=status
        3 task sure VII.4-3 quarter 2020-06-30 - in_progress
        4 task sure VII.4-2.1 month 2020-04-30 - completed
        5 task sure VII.4-2.2 ongoing - in_progress
        ",
    );
}

#[test]
fn marks_stand_under_three_rows_of_headings() {
    check(
        "
        STT | Nhiệm vụ | Thời hạn | Tình trạng thực hiện | > | > | > | Ghi chú
        ^ | ^ | ^ | Đã hoàn thành | > | Chưa hoàn thành | > | ^
        ^ | ^ | ^ | Đúng hạn | Quá hạn | Trong hạn | Quá hạn | ^
        1 | 2 | 3 | 4 | 5 | 6 | 7 | 8
        1 | Xây dựng kế hoạch phát triển hạ tầng số theo hướng thúc đẩy chia sẻ cơ sở hạ tầng giữa các doanh nghiệp. | 30/6 | | | x | |
        2 | Nghiên cứu, đề xuất các giải pháp đào tạo trực tuyến, làm việc từ xa để triển khai thí điểm tại địa phương. | tháng 4 | x | | | |
        3 | Đẩy mạnh việc ứng dụng công nghệ số trong công tác truyền thông, phản ánh đúng tình trạng dịch bệnh. | | | | | X | chậm
        ",
        "
        [Trang 1] A=stt B=content C=deadline D=status:completed E=status:completed F=status:in_progress G=status:in_progress H=note
        5 task sure VII.4-3 day 2020-06-30 - in_progress [deadline_year_assumed]
        6 task sure VII.4-2.1 month 2020-04-30 - completed [deadline_year_assumed]
        7 task sure VII.4-2.2 none - in_progress
        ",
    );
}

#[test]
fn the_title_of_a_table_gives_the_status_although_all_tables_have_the_same_headings() {
    check(
        "
        I. Nhiệm vụ đã hoàn thành
        TT | Nội dung | Kết quả | Ghi chú
        1 | Nghiên cứu, đề xuất các giải pháp đào tạo trực tuyến, làm việc từ xa để triển khai thí điểm tại địa phương. | Đã họp trực tuyến với các huyện |
        II. Nhiệm vụ đang thực hiện
        TT | Nội dung | Kết quả | Ghi chú
        1 | Xây dựng kế hoạch phát triển hạ tầng số theo hướng thúc đẩy chia sẻ cơ sở hạ tầng giữa các doanh nghiệp. | Đã ban hành kế hoạch |
        2 | Đẩy mạnh việc ứng dụng công nghệ số trong công tác truyền thông, phản ánh đúng tình trạng dịch bệnh. | Đã đăng 20 tin |
        ",
        "
        [Trang 1] A=stt B=content C=result D=note
        3 task sure VII.4-2.1 none - completed
        [Trang 1] A=stt B=content C=result D=note
        6 task sure VII.4-3 none - in_progress
        7 task sure VII.4-2.2 none - in_progress
        ",
    );
}

#[test]
fn deadlines_are_read_from_month_cells_serial_numbers_placeholders_and_time_stamps() {
    check(
        "
        STT | Tên nhiệm vụ | Hạn hoàn thành | % | Kết quả
        1 | Xây dựng kế hoạch phát triển hạ tầng số theo hướng thúc đẩy chia sẻ cơ sở hạ tầng giữa các doanh nghiệp. | @m/yyyy 2020-06-01 | %0.3 | Đang khảo sát các trạm
        2 | Nghiên cứu, đề xuất các giải pháp đào tạo trực tuyến, làm việc từ xa để triển khai thí điểm tại địa phương. | #43951 | %1 | Đã họp trực tuyến với huyện
        3 | Đẩy mạnh việc ứng dụng công nghệ số trong công tác truyền thông, phản ánh đúng tình trạng dịch bệnh. | 01/01/1970 | %0.5 | Đã đăng 20 tin
        4 | Phối hợp chặt chẽ với Tổ công tác rà quét, xử lý thông tin sai sự thật, xử lý nghiêm các trường hợp vi phạm. | 2020-06-29T17:00:00.000Z | %0.5 | Đã xử lý
        5 | Rà soát lại chỉ tiêu và tiêu chí đánh giá xếp loại triển khai dịch vụ công trực tuyến mức độ 3, 4 phù hợp với tình hình đặc thù của từng bộ, ngành, địa phương. Thời hạn: trước 01/5/2020. | 31/6/2020 | %0.5 | Đã xử lý
        6 | Đẩy mạnh đào tạo và đưa công nghệ số vào lĩnh vực ... | Sớm | %0.5 | Đã xử lý
        7 | | | |
        8 | | | |
        ",
        "
        [Trang 1] A=stt B=content C=deadline D=percent E=result
        2 task sure VII.4-3 month 2020-06-30 30 -
        3 task sure VII.4-2.1 day 2020-04-30 100 - [deadline_serial_number]
        4 task sure VII.4-2.2 none 50 - [deadline_placeholder]
        5 task sure VII.4-1 day 2020-06-30 50 - [deadline_time_zone]
        6 task sure III.1-5 unreadable 50 - [deadline_unreadable]
        7 task likely VI.1-2 unreadable 50 - [deadline_unreadable]
        ",
    );
}

#[test]
fn swapped_days_and_words_about_time_alone_are_asked_about() {
    check(
        "
        STT | Nhiệm vụ | Thời hạn | Tình trạng | Tỷ lệ
        1 | Xây dựng kế hoạch phát triển hạ tầng số theo hướng thúc đẩy chia sẻ cơ sở hạ tầng giữa các doanh nghiệp. | @mm/dd/yyyy 2020-06-05 | Chưa đến hạn | #30
        2 | Nghiên cứu, đề xuất các giải pháp đào tạo trực tuyến, làm việc từ xa để triển khai thí điểm tại địa phương. | @mm/dd/yyyy 2020-10-04 | Đã hoàn thành: CV 312/STTTT | #100
        3 | Đẩy mạnh việc ứng dụng công nghệ số trong công tác truyền thông, phản ánh đúng tình trạng dịch bệnh. | 30/6/2020 | Chưa đến hạn | #0
        4 | Xây dựng kế hoạch phát triển hạ tầng số | 15/5/2020 | Sắp hết hạn | #110
        ",
        "
        [Trang 1] A=stt B=content C=deadline D=status E=percent
        2 task sure VII.4-3 day 2020-05-06 30 in_progress [deadline_day_month_swapped]
        3 task sure VII.4-2.1 day 2020-04-10 100 completed [deadline_day_month_swapped]
        4 task sure VII.4-2.2 day 2020-06-30 0 in_progress [status_time_only]
        5 task ask II.1-3/VII.4-3 day 2020-05-15 - in_progress [percent_over_100 status_time_only task_match_unsure]
        ",
    );
}

#[test]
fn cards_with_a_task_each_are_read_as_rows() {
    check(
        "
        PHIẾU THEO DÕI NHIỆM VỤ

        Nhiệm vụ 1 | >
        Nội dung: | Xây dựng kế hoạch phát triển hạ tầng số theo hướng thúc đẩy chia sẻ cơ sở hạ tầng giữa các doanh nghiệp.
        Thời hạn: | 30/6/2020
        Đơn vị chủ trì: | Phòng BCVT
        Tình trạng: | Đang thực hiện
        Tỷ lệ hoàn thành: | 40%
        Kết quả: | Đang khảo sát

        Nhiệm vụ 2 | >
        Nội dung: | Nghiên cứu, đề xuất các giải pháp đào tạo trực tuyến, làm việc từ xa để triển khai thí điểm tại địa phương.
        Thời hạn: | 30/4/2020
        Đơn vị chủ trì: | Phòng CNTT
        Tình trạng: | Đã hoàn thành
        Tỷ lệ hoàn thành: | 100%
        Kết quả: | Đã họp
        ",
        "
        [Trang 1] A=content B=deadline C=lead_unit D=status E=percent F=result
        3-9 task sure VII.4-3 day 2020-06-30 40 in_progress
        11-17 task sure VII.4-2.1 day 2020-04-30 100 completed
        ",
    );
}

#[test]
fn rows_of_other_provinces_in_a_merged_column_are_errors() {
    check(
        "
        BÁO CÁO CỦA CÁC TỈNH
        STT | Tỉnh, thành phố | Nội dung nhiệm vụ | Thời hạn | Tình hình thực hiện
        1 | Vĩnh Long | Xây dựng kế hoạch phát triển hạ tầng số theo hướng thúc đẩy chia sẻ cơ sở hạ tầng giữa các doanh nghiệp. | 30/6/2020 | Đang thực hiện
        2 | ^ | Nghiên cứu, đề xuất các giải pháp đào tạo trực tuyến, làm việc từ xa để triển khai thí điểm tại địa phương. | 30/4/2020 | Đã hoàn thành
        3 | Đồng Tháp | Nghiên cứu, đề xuất các giải pháp đào tạo trực tuyến, làm việc từ xa để triển khai thí điểm tại địa phương. | 30/4/2020 | Đã hoàn thành
        4 | Đồng Tap | Đẩy mạnh việc ứng dụng công nghệ số trong công tác truyền thông, phản ánh đúng tình trạng dịch bệnh. | | Đang thực hiện
        ",
        "
        [Trang 1] A=stt B=province C=content D=deadline E=status
        3 task sure VII.4-3 day 2020-06-30 - in_progress
        4 task sure VII.4-2.1 day 2020-04-30 - completed
        5 task sure VII.4-2.1 day 2020-04-30 - completed [province_mismatch]
        6 task sure VII.4-2.2 none - in_progress [province_unknown]
        ",
    );
}

#[test]
fn a_list_of_staff_is_refused() {
    check(
        "
        STT | Họ và tên | Đơn vị | Điện thoại | Ghi chú
        1 | Nguyễn Văn A | Phòng CNTT | 0912 |
        2 | Trần Thị B | Phòng BCVT | 0913 |
        ",
        "
        no_task_table
        ",
    );
}

#[test]
fn a_heading_overwritten_by_data_and_a_status_beside_its_heading_are_understood() {
    check(
        "
        STT | 30/4/2020 | Thời hạn | Tình trạng | | Kết quả
        1 | Xây dựng kế hoạch phát triển hạ tầng số theo hướng thúc đẩy chia sẻ cơ sở hạ tầng giữa các doanh nghiệp. | 30/6/2020 | | Đang thực hiện | Đang khảo sát
        2 | Nghiên cứu, đề xuất các giải pháp đào tạo trực tuyến, làm việc từ xa để triển khai thí điểm tại địa phương. | 30/4/2020 | | Đã hoàn thành | Đã họp
        ",
        "
        [Trang 1] A=stt B=content C=deadline D=status F=result
        2 task sure VII.4-3 day 2020-06-30 - in_progress [value_in_wrong_column]
        3 task sure VII.4-2.1 day 2020-04-30 - completed [value_in_wrong_column]
        ! column_by_cells
        ",
    );
}

#[test]
fn sections_parts_remarks_and_signatures_are_told_from_tasks() {
    check(
        "
        STT | Nhiệm vụ | Đơn vị chủ trì | Thời hạn | Kết quả | Tình trạng
        I | Lĩnh vực Viễn thông | | | |
        1 | Phối hợp với các Sở TTTT xây dựng kế hoạch phát triển hạ tầng viễn thông, hạ tầng số của địa phương. | P. BCVT | tháng 6 | - Đã khảo sát | Đang thực hiện
         | | | | - Đã lập dự thảo |
        2 | Phổ cập điện thoại thông minh (smartphone) tới 100% dân số | P. BCVT | 2020 | Chưa | Chưa thực hiện
        II | Phòng CNTT | | | |
        3 | Đối với công tác phòng, chống dịch Covid-19 | Phòng CNTT | | Đã triển khai | Đang thực hiện
        4 | - Đối với công tác phòng, chống dịch Covid-19:\\n+ Nghiên cứu, đề xuất các giải pháp đào tạo trực tuyến, làm việc từ xa để triển khai thí điểm tại địa phương.\\n+ Đẩy mạnh việc ứng dụng công nghệ số trong công tác truyền thông, phản ánh đúng tình trạng dịch bệnh. | Phòng CNTT | | Đã triển khai | Đang thực hiện
        5 | Tham mưu UBND tỉnh ban hành Nghị quyết về chuyển đổi số | Phòng CNTT | 30/12/2020 | | Không
        Đề xuất, kiến nghị: Bộ sớm có hướng dẫn | > | > | > | > | >
         | | | Vĩnh Long, ngày 20 tháng 4 năm 2020 | > | >
        Người lập biểu | | | Giám đốc | > | >
        Nguyễn Văn A | | | Trần B | > | >
        ",
        "
        [Trang 1] A=stt B=content C=lead_unit D=deadline E=result F=status
        3-4 task sure II.1-3 month 2020-06-30 - in_progress [deadline_year_assumed several_rows]
        5 task likely II.1-1 year 2020-12-31 - not_started
        7 task ask VII.4-2.1/VII.4-2.2 none - in_progress [task_match_unsure]
        8 task ask VII.4-2.1/VII.4-2.2 none - in_progress [task_match_unsure]
        9 task none  day 2020-12-30 - - [status_unreadable task_not_in_notice]
        ",
    );
}

#[test]
fn a_table_without_headings_is_read_and_a_person_is_asked() {
    check(
        "
        1 | Xây dựng kế hoạch phát triển hạ tầng số theo hướng thúc đẩy chia sẻ cơ sở hạ tầng giữa các doanh nghiệp. | 30/6/2020 | Đang thực hiện | 40% | Đang khảo sát
        2 | Nghiên cứu, đề xuất các giải pháp đào tạo trực tuyến, làm việc từ xa để triển khai thí điểm tại địa phương. | 30/4/2020 | Đã hoàn thành | 100% | Đã họp
        3 | Đẩy mạnh việc ứng dụng công nghệ số trong công tác truyền thông, phản ánh đúng tình trạng dịch bệnh. | | Đang thực hiện | 20% | Đã đăng 20 tin
        ",
        "
        [Trang 1] A=stt B=content C=deadline D=status E=percent F=result
        1 task sure VII.4-3 day 2020-06-30 40 in_progress
        2 task sure VII.4-2.1 day 2020-04-30 100 completed
        3 task sure VII.4-2.2 none 20 in_progress
        ! heading_missing
        ",
    );
}

#[test]
fn two_tables_beside_each_other_are_both_read() {
    check(
        "
        STT | Nhiệm vụ | Kết quả | Tiến độ | | STT | Nhiệm vụ | Kết quả | Tiến độ
        1 | Xây dựng kế hoạch phát triển hạ tầng số theo hướng thúc đẩy chia sẻ cơ sở hạ tầng giữa các doanh nghiệp. | Đang khảo sát | 30% | | 1 | Đẩy mạnh việc ứng dụng công nghệ số trong công tác truyền thông, phản ánh đúng tình trạng dịch bệnh. | Đã đăng tin | 40%
        2 | Nghiên cứu, đề xuất các giải pháp đào tạo trực tuyến, làm việc từ xa để triển khai thí điểm tại địa phương. | Đã họp | 100% | | 2 | Nâng cấp và vận hành hệ thống theo dõi các chỉ số phát triển ngành. | Đã cung cấp số liệu | 20%
        ",
        "
        [Trang 1] A=stt B=content C=result D=percent
        2 task sure VII.4-3 none 30 -
        3 task sure VII.4-2.1 none 100 -
        [Trang 1] F=stt G=content H=result I=percent
        2 task sure VII.4-2.2 none 40 -
        3 task sure VII.2-1 none 20 -
        ",
    );
}
