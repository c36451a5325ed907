//! Signs, letters and colours in place of statuses: marks that are set and not set, and the legends that explain them.

use super::evidence::{evident, tasks};
use super::table::{check, check_workbook, sheet, workbook};

#[test]
fn signs_are_explained_wherever_the_legend_lies() {
    let table = |note_above: &str, beside: [&str; 3], note_below: &str| {
        tasks(&format!(
            "{note_above}\n\nTT | Nhiệm vụ | Thời hạn | Tình trạng (xem chú thích) | Kết quả\n\
             1 | $P | 31/12/2020 | ◐ | Lập tổ 05 người | {}\n\
             2 | $L | 30/4/2020 | ● | 06 điểm cầu hoạt động | {}\n\
             3 | $K | 30/6/2020 | ○ | Chưa có mẫu | {}\n\
             {note_below}",
            beside[0], beside[1], beside[2]
        ))
    };
    let (none, title) = (["", "", ""], "Biểu theo dõi");
    let signs = "● đã hoàn thành; ◐ đang thực hiện; ○ chưa thực hiện";
    let cells = "● | đã hoàn thành | ◐ | đang thực hiện | ○ | chưa thực hiện";
    let padded = ["| ● | Đã hoàn thành", "| ◐ | Đang thực hiện", "| ○ | Chưa thực hiện"];
    let others = "\n| Nơi nhận:\n| - Như trên;\n| - Lưu: VT.".repeat(6);
    for table in [
        table(title, none, &format!("Chú thích: {signs}")),
        table(&format!("({signs})"), none, ""),
        table(title, none, &format!("Ký hiệu: | {cells}")),
        table(title, padded, ""),
        table(title, none, &format!("Chú thích: {signs}{others}")),
    ] {
        let rows = "
        [Trang 1] A=stt B=content C=deadline D=status E=result
        4 task sure VII.4-1 day 2020-12-31 - in_progress
        5 task sure VII.4-2.1 day 2020-04-30 - completed
        6 task sure VII.4-3 day 2020-06-30 - not_started
        ";
        check(&table, rows);
    }
}

#[test]
fn letters_are_explained_on_another_sheet() {
    let table = tasks(
        "
        TT | Nhiệm vụ | Tình trạng | Kết quả
        1 | $P | B | Lập tổ 05 người
        2 | $L | A | 06 điểm cầu hoạt động
        3 | $K | C | Chưa có mẫu
        ",
    );
    let key = "
        Mã | Ý nghĩa
        A | Đã hoàn thành
        B | Đang thực hiện
        C | Chưa thực hiện
        ";
    check_workbook(
        "86",
        &workbook(vec![sheet("Theo dõi", &table), sheet("Quy ước", key)]),
        "
        [Theo dõi] A=stt B=content C=status D=result
        2 task sure VII.4-1 none - in_progress
        3 task sure VII.4-2.1 none - completed
        4 task sure VII.4-3 none - not_started
        ",
    );
}

#[test]
fn of_two_signs_in_columns_of_marks_the_one_that_stands_once_in_a_row_is_the_mark() {
    for (set, unset) in [
        ("☑", "☐"),
        ("■", "□"),
        ("●", "○"),
        ("✓", "✗"),
        ("R", "£"),
        ("þ", "¨"),
        ("ü", ""),
        ("P", ""),
        ("#1", "#0"),
        ("x", "-"),
        ("Y", "N"),
        ("[x]", "[ ]"),
        ("🟢", "⚪"),
        ("x", "o"),
        ("O", ""),
        ("○", ""),
    ] {
        let table = tasks(
            "
            TT | Nhiệm vụ | Đã xong | Đang làm | Chưa làm | Kết quả
            1 | $P | = | + | = | Đã họp
            2 | $L | + | = | = | Đã mở lớp
            3 | $K | = | = | + |
            ",
        );
        let table = table.replace("| = ", &format!("| {unset} ")).replace("| + ", &format!("| {set} "));
        check(
            &table,
            "
            [Trang 1] A=stt B=content C=status:completed D=status:in_progress E=status:not_started F=result
            2 task sure VII.4-1 none - in_progress
            3 task sure VII.4-2.1 none - completed
            4 task sure VII.4-3 none - not_started
            ",
        );
    }
}

#[test]
fn a_letter_of_a_symbol_font_is_the_sign_that_it_shows() {
    let table = tasks(
        "
        TT | Nhiệm vụ | Tình trạng (☑ đã hoàn thành; ☐ chưa thực hiện) | Kết quả
        1 | $P | þ | Đã họp
        2 | $L | q | Đã mở lớp
        ",
    );
    let mut book = workbook(vec![sheet("Trang 1", &table)]);
    book.sheets[0].fonts.push("Wingdings".to_owned());
    for row in [1, 2] {
        book.sheets[0].rows[row].cells[2].font = 1;
    }
    check_workbook(
        "86",
        &book,
        "
        [Trang 1] A=stt B=content C=status D=result
        2 task sure VII.4-1 none - completed
        3 task sure VII.4-2.1 none - not_started
        ",
    );
}

#[test]
fn what_is_done_in_time_and_late_stands_beside_what_is_not_done() {
    evident(
        "
        TT | Nhiệm vụ | Thời hạn | Đúng hạn | Trễ hạn | Chưa xong
        1 | $P | 31/12/2020 | | | x
        2 | $L | 30/4/2020 | x | |
        3 | $K | 15/4/2020 | | x |
        ",
        "
        [Trang 1] A=stt B=content C=deadline D=status:completed E=status:completed F=status:in_progress
        2 task sure VII.4-1 day 2020-12-31 - in_progress
        3 task sure VII.4-2.1 day 2020-04-30 - completed
        4 task sure VII.4-3 day 2020-04-15 - completed
        ",
    );
}

#[test]
fn short_names_that_a_legend_explains_are_statuses_whatever_their_heading() {
    for (heading, first, second, third) in [("Cờ", "Vàng", "Xanh", "Đỏ"), ("Ký hiệu", "Đ", "H", "C")]
    {
        let table = format!(
            "Quy ước: {second} = đã hoàn thành, {first} = đang thực hiện, {third} = chưa thực hiện\n\
             TT | Nhiệm vụ | {heading} | Kết quả\n\
             1 | $P | {first} | Đã họp\n2 | $L | {second} | Đã mở lớp\n3 | $K | {third} | Chưa làm"
        );
        evident(
            &table,
            "
            [Trang 1] A=stt B=content C=status D=result
            3 task sure VII.4-1 none - in_progress
            4 task sure VII.4-2.1 none - completed
            5 task sure VII.4-3 none - not_started
            ! column_overruled
            ",
        );
    }
}
