//! What a column is by the group it stands in, by its cells, and by its owner's own words: money beside progress, days
//! beside marks, a list of contacts below the tasks.

use super::table::check;

const TASKS: [(&str, &str); 3] = [
    (
        "$P",
        "Phối hợp chặt chẽ với Tổ công tác rà quét, xử lý thông tin sai sự thật, xử lý nghiêm các trường hợp vi phạm.",
    ),
    (
        "$N",
        "Nghiên cứu, đề xuất các giải pháp đào tạo trực tuyến, làm việc từ xa để triển khai thí điểm tại địa phương.",
    ),
    (
        "$X",
        "Xây dựng kế hoạch phát triển hạ tầng số theo hướng thúc đẩy chia sẻ cơ sở hạ tầng giữa các doanh nghiệp.",
    ),
];

/// Reads a table whose tasks are written $P, $N and $X.
#[track_caller]
fn read(table: &str, expected: &str) {
    let table = TASKS.iter().fold(table.to_owned(), |table, (short, task)| table.replace(short, task));
    check(&table, expected);
}

#[test]
fn a_share_of_money_is_no_progress_and_its_sums_are_no_tasks() {
    read(
        "
        STT | Nhiệm vụ | Kinh phí (triệu đồng) | > | > | Hạn | Tiến độ công việc (%) | Kết quả
        ^ | ^ | Dự toán | Đã giải ngân | Tỷ lệ giải ngân (%) | ^ | ^ | ^
        A | Nguồn ngân sách tỉnh | | | | | |
        1 | $P | #200 | #50 | =25 | 30/6/2020 | #70 | Đã mua thiết bị
        2 | $N | #400 | #400 | =100 | 30/6/2020 | #45 | Đã ký hợp đồng
         | Cộng ngân sách tỉnh | =600 | =450 | =75 | | |
        B | Nguồn khác | | | | | |
        1 | $X | #10 | #0 | =0 | 30/6/2020 | #20 | Đã khảo sát
         | Cộng nguồn khác | =10 | =0 | =0 | | |
        ",
        "
        [Trang 1] A=stt B=content F=deadline G=percent H=result
        4 task sure VII.4-1 day 2020-06-30 70 -
        5 task sure VII.4-2.1 day 2020-06-30 45 -
        8 task sure VII.4-3 day 2020-06-30 20 -
        ",
    );
}

#[test]
fn without_a_percent_of_the_work_the_shares_of_money_give_none() {
    for share in ["Tỷ lệ giải ngân (%)", "Vốn đã quyết toán (%)", "Tỉ lệ thực hiện dự toán", "% vốn"]
    {
        let table = "
        STT | Nhiệm vụ | $S | Hạn | Kết quả
        1 | $P | %0.25 | 30/6/2020 | Đã mua thiết bị
        2 | $N | %1 | 30/6/2020 | Đã ký hợp đồng
        ";
        read(
            &table.replace("$S", share),
            "
        [Trang 1] A=stt B=content D=deadline E=result
        2 task sure VII.4-1 day 2020-06-30 - -
        3 task sure VII.4-2.1 day 2020-06-30 - -
        ",
        );
    }
}

#[test]
fn below_a_group_of_days_stand_days_and_below_a_group_of_results_marks() {
    read(
        "
        STT | Nội dung | Thời gian | > | Tình trạng | > | > | Sản phẩm đạt được
        ^ | ^ | Bắt đầu | Hoàn thành | Đã xong | Đang làm | Chưa làm | ^
        1 | $P | 01/3/2020 | Thường xuyên | | x | | Đã xử lý 8 vụ
        2 | $N | 05/3/2020 | 15/4/2020 | x | | | Đã mở 12 lớp học
        3 | $X | 10/3/2020 | Quý III/2020 | | | x | Chờ hướng dẫn
        ",
        "
        [Trang 1] A=stt B=content D=deadline E=status:completed F=status:in_progress G=status:not_started H=result
        3 task sure VII.4-1 ongoing - in_progress
        4 task sure VII.4-2.1 day 2020-04-15 - completed
        5 task sure VII.4-3 quarter 2020-09-30 - not_started
        ",
    );
}

#[test]
fn a_list_of_contacts_below_the_tasks_says_nothing_about_their_columns() {
    read(
        "
        STT | Nội dung | Hạn | Tình trạng | > | > | Kết quả
        ^ | ^ | ^ | Hoàn thành | Đang làm | Chưa làm | ^
        1 | $P | Thường xuyên | | ✓ | | Đã xử lý 8 vụ
        2 | $N | 15/4/2020 | ✓ | | | Đã mở 12 lớp học
        3 | $X | 30/6/2020 | | | ✓ | Chờ hướng dẫn

        ĐẦU MỐI LIÊN HỆ
        STT | Họ và tên | Chức vụ | Hòm thư | Điện thoại
        1 | Nguyễn Thị Mẫu | Phó Giám đốc | mau@so.vn | 0900 000 001
        2 | Trần Văn Thử | Trưởng phòng | thu@so.vn | 0900 000 002
        ",
        "
        [Trang 1] A=stt B=content C=deadline D=status:completed E=status:in_progress F=status:not_started G=result
        3 task sure VII.4-1 ongoing - in_progress
        4 task sure VII.4-2.1 day 2020-04-15 - completed
        5 task sure VII.4-3 day 2020-06-30 - not_started
        ",
    );
}

#[test]
fn what_was_reached_is_a_percent_where_percents_stand_below_in_whatever_style() {
    read(
        "
        STT | Nội dung | Hạn | Đạt được | Trạng thái | Kết quả
        1 | $P | Thường xuyên | khoảng 80% | Đang làm | Đã xử lý 8 vụ
        2 | $N | 15/4/2020 | 100% | Đã xong | Đã mở 12 lớp học
        3 | $X | 30/6/2020 | 62,5 | Đang làm | Đã khảo sát 7 huyện
        ",
        "
        [Trang 1] A=stt B=content C=deadline D=percent E=status F=result
        2 task sure VII.4-1 ongoing 80 in_progress
        3 task sure VII.4-2.1 day 2020-04-15 100 completed
        4 task sure VII.4-3 day 2020-06-30 62.5 in_progress
        ",
    );
    read(
        "
        STT | Nội dung | Hạn | Đạt được
        1 | $P | Thường xuyên | Đã xử lý 8 vụ, nhắc nhở 10 chủ tài khoản mạng xã hội
        2 | $N | 15/4/2020 | Đã mở 12 lớp học trực tuyến cho các trường trung học
        ",
        "
        [Trang 1] A=stt B=content C=deadline D=result
        2 task sure VII.4-1 ongoing - -
        3 task sure VII.4-2.1 day 2020-04-15 - -
        ",
    );
}

#[test]
fn who_does_it_and_where_it_is_stuck_are_headings_too() {
    read(
        "
        STT | Việc phải làm | Người/phòng nắm việc | Hạn | Xong chưa | Tắc ở đâu
        1 | $P | Ô. Sơn - Thanh tra | Thường xuyên | Làm thường xuyên | Thiếu máy
        2 | $N | Tổ kỹ thuật | 15/4/2020 | Đã xong | Chờ mua cáp
        ",
        "
        [Trang 1] A=stt B=content C=lead_unit D=deadline E=status F=difficulties
        2 task sure VII.4-1 ongoing - ongoing
        3 task sure VII.4-2.1 day 2020-04-15 - completed
        ",
    );
}
