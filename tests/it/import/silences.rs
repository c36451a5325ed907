//! What a table says and the reader does not follow is named, with heading, column and reason.

use giaoban::domain::finding::FindingCode;
use giaoban::import::reading::Reading;
use giaoban::sheet::cell::{Fill, Workbook};
use giaoban::sheet::colour::Colour;

use super::table::{read, sheet, workbook};

const FIRST: &str = "Phối hợp chặt chẽ với Tổ công tác rà quét, xử lý thông tin sai sự thật, xử lý nghiêm các trường hợp vi phạm.";
const SECOND: &str = "Nghiên cứu, đề xuất các giải pháp đào tạo trực tuyến, làm việc từ xa để triển khai thí điểm tại địa phương.";
const THIRD: &str = "Xây dựng kế hoạch phát triển hạ tầng số theo hướng thúc đẩy chia sẻ cơ sở hạ tầng giữa các doanh nghiệp.";

fn of(lines: &[String]) -> Workbook {
    workbook(vec![sheet("Trang 1", &lines.join("\n"))])
}

fn reading(workbook: &Workbook) -> Reading {
    read("86", workbook).unwrap()
}

/// The details of the findings with this code, about the workbook and about rows, each with its column.
fn said(reading: &Reading, code: FindingCode) -> Vec<(Option<u32>, String)> {
    let rows = reading.tables.iter().flat_map(|table| &table.rows).flat_map(|row| &row.findings);
    let all = reading.findings.iter().chain(rows);
    all.filter(|finding| finding.code == code)
        .map(|finding| (finding.column, finding.detail.clone()))
        .collect()
}

#[test]
fn a_plain_heading_over_cells_of_another_kind_is_named_with_what_they_are() {
    let table = |heading: &str, first: &str, second: &str| {
        of(&[
            format!("STT | Nội dung nhiệm vụ | Tình trạng | {heading} | Kết quả"),
            format!("1 | {FIRST} | Đang thực hiện | {first} | Đã họp các đơn vị"),
            format!("2 | {SECOND} | Đã hoàn thành | {second} | Đã họp các đơn vị"),
        ])
    };
    for (heading, cells, detail) in [
        (
            "Thời gian hoàn thành",
            ["Phòng Công nghệ thông tin", "Phòng Bưu chính - Viễn thông"],
            "cột D “Thời gian hoàn thành” là thời hạn, nhưng 2/2 ô là tên đơn vị, tên người",
        ),
        ("Tiến độ / C", ["x", "x"], "cột D “Tiến độ / C” là tỷ lệ hoàn thành, nhưng 2/2 ô là dấu x"),
    ] {
        let reading = reading(&table(heading, cells[0], cells[1]));
        assert_eq!(said(&reading, FindingCode::ColumnContradicted), [(Some(3), detail.to_owned())]);
        assert_eq!(reading.tables[0].rows.len(), 2, "the rest is read");
    }
    let agreeing = reading(&table("Thời gian hoàn thành", "30/6/2020", "30/4/2020"));
    assert_eq!(said(&agreeing, FindingCode::ColumnContradicted), []);
    let empty = reading(&table("Thời gian hoàn thành", "", ""));
    assert_eq!(said(&empty, FindingCode::ColumnContradicted), [], "an empty column says nothing");
}

#[test]
fn the_deadline_given_counts_and_a_later_one_is_named_with_its_cell() {
    let reading = reading(&of(&[
        "STT | Nội dung nhiệm vụ | Thời hạn được giao | Thời hạn điều chỉnh | Tình trạng".to_owned(),
        format!("1 | {FIRST} | 30/4/2020 | @2020-06-30 | Đang thực hiện"),
        format!("2 | {SECOND} | 15/4/2020 | Không | Đã hoàn thành"),
        format!("3 | {THIRD} | 30/6/2020 | Quý III/2020 | Đang thực hiện"),
    ]));
    let due: Vec<_> =
        reading.tables[0].rows.iter().map(|row| row.deadline.0.due.unwrap().to_string()).collect();
    assert_eq!(due, ["2020-04-30", "2020-04-15", "2020-06-30"]);
    let named = [(Some(3), "30/6/2020".to_owned()), (Some(3), "Quý III/2020".to_owned())];
    assert_eq!(said(&reading, FindingCode::ExtensionNotRead), named);
}

#[test]
fn of_two_columns_with_one_meaning_the_one_left_out_is_named() {
    let reading = reading(&of(&[
        "STT | Nội dung nhiệm vụ | Tình trạng | Ghi chú | Ghi chú".to_owned(),
        format!("1 | {FIRST} | Đang thực hiện | Theo công văn 12 | Chờ ý kiến"),
        format!("2 | {SECOND} | Đã hoàn thành | | Đã báo cáo Bộ"),
    ]));
    let detail = "cột E “Ghi chú”, vì cột D “Ghi chú” đã là ghi chú".to_owned();
    assert_eq!(said(&reading, FindingCode::ColumnNotRead), [(Some(4), detail)]);
}

#[test]
fn rows_in_colours_without_a_status_or_a_legend_are_named() {
    let coloured = |head: &str, colours: &[Option<Colour>]| {
        let mut lines = vec![head.to_owned()];
        for (number, content) in (1..).zip([FIRST, SECOND, THIRD]) {
            lines.push(format!("{number} | {content} | Đã họp các đơn vị"));
        }
        let mut workbook = of(&lines);
        for (row, colour) in (1..).zip(colours) {
            let fill = |column| colour.map(|colour| Fill { row, column, colour });
            workbook.sheets[0].fills.extend((0..3).filter_map(fill));
        }
        said(&reading(&workbook), FindingCode::RowsByColour)
    };
    let (green, red) = (Some(Colour::Green), Some(Colour::Red));
    let results = "STT | Nội dung nhiệm vụ | Kết quả";
    assert_eq!(coloured(results, &[green, green, red]), [(None, "Trang 1".to_owned())]);
    assert_eq!(coloured(results, &[None, red, red]).len(), 1);
    for (head, colours, why) in [
        (results, [None, None, None], "no colour"),
        (results, [green, green, green], "one colour says nothing"),
        (results, [green, None, green], "bands help the eye"),
        ("STT | Nội dung nhiệm vụ | Tình trạng", [green, green, red], "a column says how far each is"),
    ] {
        assert_eq!(coloured(head, &colours), [], "{why}");
    }
}
