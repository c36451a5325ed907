//! Statuses that are not written out: abbreviations, numbers and signs with a legend and without, texts under statuses, colours.

use giaoban::sheet::cell::{Fill, Workbook};
use giaoban::sheet::colour::Colour::{self, Blue, Green, Red, Yellow};

use super::table::{check_workbook, sheet, workbook};

const HEAD: &str = "STT | Nội dung nhiệm vụ | Thời hạn | Tình trạng | Kết quả";
const PLAIN: &str = "[Trang 1] A=stt B=content C=deadline D=status E=result";
const MARKS: &str = "STT | Nội dung nhiệm vụ | Thời hạn | Đã hoàn thành | Đang thực hiện | Chưa thực hiện";
const MARKED: &str =
    "[Trang 1] A=stt B=content C=deadline D=status:completed E=status:in_progress F=status:not_started";

/// Three tasks with what their columns of statuses hold.
fn book(head: &str, said: [&str; 3], below: &str) -> Workbook {
    let contents = [
        "Nghiên cứu, đề xuất các giải pháp đào tạo trực tuyến, làm việc từ xa để triển khai thí điểm tại địa phương.",
        "Xây dựng kế hoạch phát triển hạ tầng số theo hướng thúc đẩy chia sẻ cơ sở hạ tầng giữa các doanh nghiệp.",
        "Phối hợp chặt chẽ với Tổ công tác rà quét, xử lý thông tin sai sự thật, xử lý nghiêm các trường hợp vi phạm.",
    ];
    let mut lines = vec![head.to_owned()];
    for (number, (content, said)) in (1..).zip(contents.iter().zip(said)) {
        lines.push(format!("{number} | {content} | 30/4/2020 | {said}"));
    }
    workbook(vec![sheet("Trang 1", &format!("{}\n\n{below}", lines.join("\n")))])
}

/// What the three tasks are read as: status and findings of each.
#[track_caller]
fn says(workbook: &Workbook, columns: &str, said: [&str; 3]) {
    let got =
        super::table::read("86", workbook).map(|reading| super::table::shown(&reading)).unwrap_or_default();
    let ends: Vec<&str> = got
        .lines()
        .filter(|line| !line.starts_with('['))
        .filter_map(|line| line.split_once("2020-04-30 ").map(|(_, end)| end))
        .collect();
    assert_eq!((got.lines().next(), ends), (Some(columns), said.to_vec()), "{got}");
}

#[test]
fn a_legend_says_what_abbreviations_numbers_signs_and_names_of_colours_stand_for() {
    let read = ["- completed", "- in_progress", "- not_started"];
    for (cells, legend) in [
        (["H", "Đ", "C"], "Ghi chú: H: hoàn thành; Đ: đang thực hiện; C: chưa thực hiện"),
        (["HT", "ĐTH", "CTH"], "Ghi chú:\n- HT: Hoàn thành\n- ĐTH: Đang thực hiện\n- CTH: Chưa thực hiện"),
        (["#1", "#2", "#3"], "1 | Hoàn thành\n2 | Đang thực hiện\n3 | Chưa thực hiện"),
        (["✓", "●", "○"], "Đã hoàn thành: ✓; đang thực hiện: ●; chưa thực hiện: ○"),
        (["Xanh", "Vàng", "Đỏ"], "Màu xanh: hoàn thành; màu vàng: đang thực hiện; màu đỏ: chưa thực hiện"),
    ] {
        says(&book(HEAD, cells, legend), PLAIN, read);
    }
    let head =
        HEAD.replace("Tình trạng", "Tình trạng (1: đã hoàn thành; 2: đang thực hiện; 3: chưa thực hiện)");
    says(&book(&head, ["#1", "#2", "#3"], ""), PLAIN, read);
    let head = MARKS.replace("Đã hoàn thành | Đang thực hiện | Chưa thực hiện", "A | B | C");
    let legend = "(A: đã hoàn thành; B: đang thực hiện; C: chưa thực hiện)";
    says(&book(&head, ["x", " | x", " | | x"], legend), MARKED, read);
}

#[test]
fn without_a_legend_an_abbreviation_is_understood_by_its_company_asked_about_or_not_understood() {
    let unsure = "- in_progress [status_abbreviation_unsure]";
    says(&book(HEAD, ["ĐTH", "CTH", "ĐTH"], ""), PLAIN, [unsure, "- not_started", unsure]);
    let abbreviated = "- in_progress [status_abbreviated]";
    says(&book(HEAD, ["HT", "ĐTH", "CTH"], ""), PLAIN, ["- completed", abbreviated, "- not_started"]);
    says(&book(HEAD, ["A", "B", "A"], ""), PLAIN, ["- - [status_unreadable]"; 3]);
    says(&book(HEAD, ["●", "○", "●"], ""), PLAIN, ["- - [status_unreadable]"; 3]);
}

#[test]
fn texts_under_several_statuses_are_parts_of_one_task() {
    let said = [
        "Đã họp với 8 huyện | Đang tập huấn cho 109 xã",
        "Đã ban hành kế hoạch | Tiếp tục duy trì việc chia sẻ",
        "Đang trình UBND tỉnh xem xét | Không | Không",
    ];
    let read = [
        "- in_progress [status_in_parts]",
        "- in_progress [status_in_parts_unsure]",
        "- completed [status_text_differs]",
    ];
    says(&book(MARKS, said, ""), MARKED, read);
}

#[test]
fn beside_marks_a_share_done_and_a_reason_stand_for_marks_too() {
    let said = ["x", " | 60%", " | | Chưa có hướng dẫn của Bộ"];
    says(&book(MARKS, said, ""), MARKED, ["- completed", "60 in_progress", "- not_started"]);
}

fn coloured(mut workbook: Workbook, fills: &[(u32, u32, Colour)]) -> Workbook {
    workbook.sheets[0].fills =
        fills.iter().map(|&(row, column, colour)| Fill { row, column, colour }).collect();
    workbook
}

#[test]
fn a_colour_is_a_status_where_the_table_says_which_and_a_finding_where_it_does_not() {
    let statuses = [(1, 3, Green), (2, 3, Yellow), (3, 3, Red)];
    let empty = || book(HEAD, [" | Đã họp"; 3], "");
    let findings = ["- - [status_by_colour]"; 3];
    says(&coloured(empty(), &statuses), PLAIN, findings);
    // One colour behind the whole column is decoration.
    says(&coloured(empty(), &[(1, 3, Blue), (2, 3, Blue), (3, 3, Blue)]), PLAIN, ["- -"; 3]);
    let read = ["- completed", "- in_progress", "- not_started"];
    let legend = "Màu xanh: đã hoàn thành; màu vàng: đang thực hiện; màu đỏ: chưa thực hiện";
    says(&coloured(book(HEAD, [" | Đã họp"; 3], legend), &statuses), PLAIN, read);
    let beside = [&statuses[..], &[(5, 0, Green), (6, 0, Yellow), (7, 0, Red)]].concat();
    let legend = " | Đã hoàn thành\n | Đang thực hiện\n | Chưa thực hiện";
    says(&coloured(book(HEAD, [" | Đã họp"; 3], legend), &beside), PLAIN, read);
}

#[test]
fn a_colour_in_one_of_the_columns_of_statuses_is_a_mark_unless_it_is_always_the_same_column() {
    let marks = [(1, 3, Green), (2, 4, Yellow), (3, 5, Red)];
    let read = ["- completed", "- in_progress", "- not_started"];
    says(&coloured(book(MARKS, [""; 3], ""), &marks), MARKED, read);
    let missing = ["- - [status_missing]"; 3];
    says(
        &coloured(book(MARKS, [""; 3], ""), &[(1, 3, Green), (2, 3, Green), (3, 3, Green)]),
        MARKED,
        missing,
    );
}

#[test]
fn a_legend_of_another_kind_changes_nothing() {
    let legend = "Trong đó: đã hoàn thành: 1; đang thực hiện: 1; chưa thực hiện: 1";
    let workbook = book(HEAD, ["Đã hoàn thành", "Đang thực hiện", "Chưa thực hiện"], legend);
    check_workbook(
        "86",
        &workbook,
        &format!(
            "{PLAIN}
        2 task sure VII.4-2.1 day 2020-04-30 - completed
        3 task sure VII.4-3 day 2020-04-30 - in_progress
        4 task sure VII.4-1 day 2020-04-30 - not_started"
        ),
    );
}

#[test]
fn yes_and_no_are_marks_and_a_day_of_completion_is_one_where_no_other_column_says_completed() {
    let head = HEAD.replace("Tình trạng | Kết quả", "Đã hoàn thành (Có/Không) | Kết quả");
    let columns = "[Trang 1] A=stt B=content C=deadline D=status:completed E=result";
    let missing = "- - [status_missing]";
    says(&book(&head, ["Có", "Không", "Không"], ""), columns, ["- completed", missing, missing]);
    let head = HEAD.replace("Tình trạng | Kết quả", "Ngày hoàn thành | Đang thực hiện | Chưa thực hiện");
    let columns = "[Trang 1] A=stt B=content C=deadline E=status:in_progress F=status:not_started";
    let read = ["- completed", "- in_progress", "- not_started"];
    says(&book(&head, ["14/4/2020", " | x", " | | x"], ""), columns, read);
}

#[test]
fn check_boxes_are_marks_where_they_are_ticked() {
    let read = ["- completed", "- in_progress", "- not_started"];
    let cells = ["TRUE | FALSE | FALSE", "FALSE | TRUE | FALSE", "FALSE | FALSE | TRUE"];
    says(&book(MARKS, cells, ""), MARKED, read);
    // The boxes of rows that nobody has filled in yet.
    says(&book(MARKS, cells, " | | | FALSE | FALSE | FALSE\n | | | FALSE | FALSE | FALSE"), MARKED, read);
    let none = "- - [status_missing]";
    let unticked = ["TRUE | FALSE | FALSE", "FALSE | FALSE | FALSE", "false | FALSE | true"];
    says(&book(MARKS, unticked, ""), MARKED, ["- completed", none, "- not_started"]);
}

#[test]
fn a_result_is_the_status_where_its_cells_are() {
    let head = HEAD.replace("Tình trạng | Kết quả", "KQ | Diễn giải kết quả");
    let legend = "Quy ước: A - hoàn thành; B - đang thực hiện; C - chưa thực hiện";
    let told = |short: &str| format!("{short} | Đã họp với 8 huyện và các doanh nghiệp");
    let read = ["- completed", "- in_progress", "- not_started"];
    let cells = ["A", "B", "C"].map(told);
    says(&book(&head, cells.each_ref().map(String::as_str), legend), PLAIN, read);
    let cells = ["HT", "ĐTH", "CTH"].map(told);
    let legend = "(HT: hoàn thành; ĐTH: đang thực hiện; CTH: chưa thực hiện)";
    says(&book(&head, cells.each_ref().map(String::as_str), legend), PLAIN, read);
}

#[test]
fn a_status_is_read_in_two_languages() {
    let head = HEAD.replace("Tình trạng", "Status\\nTrạng thái");
    let cells = ["Completed / Hoàn thành", "On-going / Đang thực hiện", "Not started / Chưa thực hiện"];
    says(&book(&head, cells, ""), PLAIN, ["- completed", "- in_progress", "- not_started"]);
    let cells = ["Hủy (Cancelled)", "Tạm dừng (Suspended)", "Đã xong"];
    says(&book(&head, cells, ""), PLAIN, ["- cancelled", "- suspended", "- completed"]);
}

#[test]
fn a_percent_in_the_place_of_the_status_and_a_status_in_that_of_the_percent_are_read() {
    says(&book(HEAD, ["100%", "~40%", "Chưa thực hiện"], ""), PLAIN, ["100 -", "40 -", "- not_started"]);
    let head = HEAD.replace("Tình trạng", "Tỷ lệ hoàn thành");
    let columns = "[Trang 1] A=stt B=content C=deadline D=percent E=result";
    let cells = ["100% - Hoàn thành", "Đang thực hiện (40%)", "0%"];
    says(&book(&head, cells, ""), columns, ["100 completed", "40 in_progress", "0 -"]);
}

#[test]
fn words_that_follow_the_status_may_take_a_part_of_it_back() {
    let cells = [
        "Hoàn thành 3/5 nội dung",
        "Đã hoàn thành, còn một số nội dung đang triển khai",
        "Hoàn thành/Chưa hoàn thành",
    ];
    says(
        &book(HEAD, cells, ""),
        PLAIN,
        ["- in_progress", "- in_progress [status_mixed]", "- - [status_unreadable]"],
    );
}
