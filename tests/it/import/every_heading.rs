//! Every heading of the vocabulary, one by one: in a small sheet with cells such as stand below it, its column gets its
//! meaning. Headings with several meanings are tried with the cells of each.

use giaoban::sheet::column::Field;
use giaoban::sheet::meaning::ColumnMeaning;

use super::table::{read, sheet, workbook};

const CONTENTS: [&str; 3] = [
    "Phối hợp chặt chẽ với Tổ công tác rà quét, xử lý thông tin sai sự thật, xử lý nghiêm các trường hợp vi phạm.",
    "Nghiên cứu, đề xuất các giải pháp đào tạo trực tuyến, làm việc từ xa để triển khai thí điểm tại địa phương.",
    "Xây dựng kế hoạch phát triển hạ tầng số theo hướng thúc đẩy chia sẻ cơ sở hạ tầng giữa các doanh nghiệp.",
];

/// Heading and cells of the columns that every sheet has, unless one of them is tried.
const BASE: [(Field, &str, [&str; 3]); 6] = [
    (Field::Stt, "STT", ["#1", "#2", "#3"]),
    (Field::Content, "Nội dung nhiệm vụ", CONTENTS),
    (Field::LeadUnit, "Đơn vị chủ trì", ["Phòng TTBCXB", "Phòng CNTT", "Phòng BCVT"]),
    (Field::Deadline, "Thời hạn hoàn thành", ["Thường xuyên", "30/4/2020", "tháng 6/2020"]),
    (Field::Status, "Tình trạng", ["Đang thực hiện", "Đã hoàn thành", "Chưa thực hiện"]),
    (
        Field::Result,
        "Kết quả thực hiện",
        [
            "Đã xử lý 08 tài khoản Facebook đăng tin sai sự thật",
            "Đã triển khai họp trực tuyến tới 100% UBND cấp huyện",
            "Đang khảo sát nhu cầu của các doanh nghiệp viễn thông",
        ],
    ),
];

/// What stands below a heading of this meaning.
fn cells(meaning: &str) -> [&'static str; 3] {
    let base = |field: Field| BASE.iter().find(|(known, ..)| *known == field).map(|(.., cells)| *cells);
    if let Some(cells) = Field::parse(meaning).and_then(base) {
        return cells;
    }
    match meaning {
        "percent" => ["50%", "100%", "0%"],
        "coordinating_units" => ["Công an tỉnh", "Sở Giáo dục và Đào tạo", "Các doanh nghiệp viễn thông"],
        "doc_no" => ["45/KH-UBND", "312/STTTT-CNTT", "88/TB-BTTTT"],
        "difficulties" => {
            ["Thiếu kinh phí", "Chưa có hướng dẫn của Bộ", "Nhân lực còn mỏng, kiêm nhiệm nhiều việc"]
        }
        "proposals" => ["Đề nghị Bộ sớm ban hành hướng dẫn", "Đề nghị hỗ trợ kinh phí", "Cử cán bộ tập huấn"],
        "note" => ["Theo dõi thêm", "Đã báo cáo miệng", "Chuyển quý sau"],
        "province" => ["Vĩnh Long", "Vĩnh Long", "Vĩnh Long"],
        "completed_on" => ["", "@2020-04-10", ""],
        "code" => ["NV-001", "NV-002", "NV-003"],
        "extension" => ["", "", "@2020-09-30"],
        "assigned_on" | "document_date" | "updated_on" | "report_due" => {
            ["@2020-03-02", "@2020-03-05", "@2020-03-09"]
        }
        "leader" | "contact" | "person" | "follower" => ["Nguyễn Văn An", "Trần Thị Bình", "Lê Văn Chín"],
        "budget" | "quantity" | "planned" | "count" | "days_late" => ["#120", "#250", "#380"],
        "product" | "evidence" => ["Kế hoạch của UBND tỉnh", "Báo cáo rà soát", "Văn bản chỉ đạo"],
        "next_plan" => ["Tiếp tục triển khai trong quý III", "Duy trì hệ thống", "Trình UBND tỉnh"],
        _ => ["Loại A", "Loại B", "Loại C"],
    }
}

/// Meaning, heading.
fn vocabulary() -> Vec<(String, String)> {
    let lines = include_str!("../../../seeds/vocabulary/headings.csv");
    let mut reader = csv::ReaderBuilder::new().comment(Some(b'#')).from_reader(lines.as_bytes());
    let record = |record: csv::StringRecord| (record[0].to_owned(), record[1].to_owned());
    reader.records().map(|line| record(line.unwrap())).collect()
}

/// What became of the column with this heading.
fn read_as(meaning: &str, heading: &str) -> Result<ColumnMeaning, String> {
    let field = Field::parse(meaning);
    let (mut heads, mut rows) = (Vec::new(), [Vec::new(), Vec::new(), Vec::new()]);
    let mut tried = None;
    let columns = BASE.map(|(known, head, cells)| (Some(known) == field, head, cells));
    let extra = field.is_none_or(|field| BASE.iter().all(|(known, ..)| *known != field));
    for (is_tried, head, below) in columns.into_iter().chain(extra.then_some((true, heading, cells(meaning))))
    {
        if is_tried {
            tried = u32::try_from(heads.len()).ok();
        }
        heads.push(if is_tried { heading.replace('\n', " ") } else { head.to_owned() });
        rows.iter_mut().zip(below).for_each(|(row, cell)| row.push(cell));
    }
    let lines = rows.map(|row| row.join(" | "));
    let table = format!("BÁO CÁO TIẾN ĐỘ\n{}\n{}", heads.join(" | "), lines.join("\n"));
    let reading = read("86", &workbook(vec![sheet("Trang 1", &table)]))?;
    let columns = reading.tables.iter().flat_map(|table| &table.columns);
    let column = columns.into_iter().find(|column| Some(column.column) == tried);
    column.and_then(|column| column.facts.meaning).ok_or_else(|| "no such column".to_owned())
}

#[test]
fn every_heading_of_the_vocabulary_gets_its_meaning_in_a_small_sheet() {
    let vocabulary = vocabulary();
    assert!(vocabulary.len() > 400, "{}", vocabulary.len());
    let wrong: Vec<String> = vocabulary
        .iter()
        .filter_map(|(meaning, heading)| {
            let expected = match meaning.as_str() {
                "completed_on" => ColumnMeaning::CompletedOn,
                "code" => ColumnMeaning::Code,
                name => Field::parse(name).map_or(ColumnMeaning::Nothing, ColumnMeaning::Field),
            };
            let got = read_as(meaning, heading);
            // "Số nhiệm vụ" may be the number of a task as well as how many there are; neither is a field.
            let count_or_code = meaning == "count" && got == Ok(ColumnMeaning::Code);
            (got != Ok(expected) && !count_or_code).then(|| format!("{meaning} “{heading}”: {got:?}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), vocabulary.len(), wrong.join("\n"));
}
