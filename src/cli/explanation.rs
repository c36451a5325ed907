//! `read --explain`: a reading told to a person, so that every guess can be checked against the sheet: which row is the
//! heading and why, what each column means and why, what each row says, what was left out and why.

use std::fmt::Write;

use super::print;
use crate::domain::date;
use crate::domain::deadline::Precision;
use crate::domain::finding::Finding;
use crate::domain::legacy_text::Encoding;
use crate::import::catalogue::AssignmentRole;
use crate::import::reading::{
    ColumnReading, Decision, Match, RawValue, Reading, ReportedStatus, RowKind, RowReading, TableReading,
    Timeliness,
};
use crate::import::vocabulary::headings;
use crate::sheet::cell::column_letters;
use crate::sheet::column::Field;

/// The whole reading, told.
pub(crate) fn of(reading: &Reading) -> String {
    let mut told = String::new();
    let encoding = match reading.encoding {
        Encoding::Unicode => "Unicode",
        Encoding::Tcvn3 => "TCVN3 (ABC), đã đổi sang Unicode",
        Encoding::Vni => "VNI, đã đổi sang Unicode",
    };
    line(&mut told, &format!("Bảng mã của chữ: {encoding}."));
    for (number, table) in (1..).zip(&reading.tables) {
        line(&mut told, &format!("\nBẢNG {number}: trang “{}”", table.sheet));
        of_table(&mut told, table);
    }
    if !reading.sheets_ignored.is_empty() {
        line(&mut told, "\nCÁC TRANG KHÔNG ĐỌC");
    }
    for (sheet, why) in &reading.sheets_ignored {
        line(&mut told, &format!("  Trang “{sheet}”: {}", why_sheet(why)));
    }
    if !reading.findings.is_empty() {
        line(&mut told, "\nVỀ CẢ TỆP");
    }
    for finding in &reading.findings {
        line(&mut told, &format!("  {}", of_finding(finding)));
    }
    told
}

fn line(told: &mut String, text: &str) {
    // Writing to a string cannot fail.
    let _ = writeln!(told, "{text}");
}

fn of_table(told: &mut String, table: &TableReading) {
    line(told, &format!("  {}", why_heading(table)));
    let columns: Vec<Vec<String>> = table.columns.iter().map(of_column).collect();
    told.push_str(&print::table(&["Cột", "Tiêu đề", "Hiểu là", "Vì"], &columns));
    line(
        told,
        &format!(
            "\n  {} dòng, từ dòng {} đến dòng {}:",
            table.rows.len(),
            table.first_row + 1,
            table.last_row + 1
        ),
    );
    for row in &table.rows {
        of_row(told, row);
    }
    let mut skipped = table.skipped_rows.clone();
    skipped.sort_unstable();
    if !skipped.is_empty() {
        line(told, "\n  Các dòng không phải nhiệm vụ:");
    }
    for (rows, why) in runs(&skipped) {
        line(told, &format!("    {rows}: {}", why_skipped(why)));
    }
}

/// Which rows are the heading, and what speaks for it.
fn why_heading(table: &TableReading) -> String {
    let named: Vec<&ColumnReading> =
        table.columns.iter().filter(|column| !column.header.is_empty()).collect();
    let is_known = |column: &&&ColumnReading| {
        let leaf = column.header.rsplit(" / ").next().unwrap_or(&column.header);
        column.mark_means.is_some() || !headings::guesses(leaf).is_empty()
    };
    let known = named.iter().filter(is_known).count();
    match (table.header_rows.first(), table.header_rows.last()) {
        (Some(first), Some(last)) => {
            let rows = rows(*first, *last);
            format!("Tiêu đề ở {rows}: {known} trong {} ô là tên cột có trong từ vựng.", named.len())
        }
        _ if named.is_empty() => "Bảng không có dòng tiêu đề: các cột được nhận ra từ ô bên dưới.".to_owned(),
        _ => "Phiếu, mỗi nhiệm vụ một phiếu: nhãn của ô đứng thay tiêu đề cột.".to_owned(),
    }
}

fn of_column(column: &ColumnReading) -> Vec<String> {
    let header: String = column.header.chars().take(40).collect();
    let meaning = match (column.field, column.mark_means) {
        (_, Some(status)) => format!("dấu x = {}", status.label()),
        (Some(field), None) => field_named(field).to_owned(),
        (None, None) => "không dùng".to_owned(),
    };
    vec![column_letters(column.column), header, meaning, column.evidence.clone()]
}

fn of_row(told: &mut String, row: &RowReading) {
    let content = row.texts.get(&Field::Content).cloned().flatten().unwrap_or_default().replace('\n', " ");
    let short: String = content.chars().take(70).collect();
    let dots = if short.len() < content.len() { "…" } else { "" };
    let stt = row.stt.as_ref().map_or_else(String::new, |stt| format!(" [{stt}]"));
    line(told, &format!("    {}{stt} “{short}{dots}”", capital(&rows(row.row, row.row_to))));
    line(told, &format!("      → {}", of_match(row)));
    if row.kind != RowKind::Heading {
        line(told, &format!("      → {}", of_values(row).join("; ")));
    }
    for finding in &row.findings {
        line(told, &format!("      {}", of_finding(finding)));
    }
}

fn of_match(row: &RowReading) -> String {
    let Match { task, how, decision, candidates, role } = &row.matched;
    let task = task.as_deref().unwrap_or("?");
    let how = match *how {
        "exact" => "đúng nguyên văn",
        "normalised" => "nguyên văn, khác dấu câu",
        "shortened" => "viết gọn lại",
        "reworded" => "viết cách khác",
        other => other,
    };
    let role = match role {
        Some(AssignmentRole::Lead) => ", đơn vị chủ trì",
        Some(AssignmentRole::Coordinating) => ", đơn vị phối hợp",
        Some(AssignmentRole::Other) => ", nhiệm vụ của đơn vị khác",
        None => "",
    };
    if row.kind == RowKind::Heading {
        return format!("chỉ là tên chung của các dòng dưới ({task})");
    }
    let score = candidates.first().map_or(0.0, |(_, score)| *score);
    match decision {
        Decision::Sure => format!("nhiệm vụ {task}, chắc chắn ({how}){role}"),
        Decision::Likely => format!("nhiệm vụ {task}, có lẽ ({how}, giống {score:.2}){role}"),
        Decision::Ask => {
            let named: Vec<String> =
                candidates.iter().map(|(code, score)| format!("{code} (giống {score:.2})")).collect();
            format!("phải hỏi: {}", named.join(" hay "))
        }
        Decision::None if row.parent_row.is_some() && row.matched.how == "detail" => {
            format!("chi tiết của dòng {}", row.parent_row.unwrap_or_default() + 1)
        }
        Decision::None => "không thuộc thông báo nào".to_owned(),
    }
}

fn of_values(row: &RowReading) -> Vec<String> {
    let at = |field: Field| {
        row.cells
            .get(&field)
            .map_or_else(String::new, |(row, column)| format!(" ở {}{}", column_letters(*column), row + 1))
    };
    let written = |raw: &str, field: Field| format!("(ghi “{}”{})", raw.replace('\n', " "), at(field));
    let mut values = Vec::new();
    let deadline = &row.deadline.0;
    if let Some(raw) = &deadline.raw {
        let due = match (deadline.due, deadline.precision) {
            (Some(due), _) => format!("hạn {}", date::official(due)),
            (None, Precision::Ongoing) => "hạn: thường xuyên".to_owned(),
            (None, Precision::Unreadable) => "hạn: không đọc được".to_owned(),
            (None, _) => "không có hạn".to_owned(),
        };
        values.push(format!("{due} {}", written(raw, Field::Deadline)));
    }
    if row.status.raw.is_some() || row.status.value.is_some() {
        let named = row.status.value.map_or("tình trạng không đọc được", ReportedStatus::label);
        let time = match row.status.timeliness {
            Some(Timeliness::InTime) => ", trong hạn",
            Some(Timeliness::Late) => ", quá hạn",
            None => "",
        };
        let raw = row.status.raw.as_deref().unwrap_or_default();
        values.push(format!("{named}{time} {}", written(raw, Field::Status)));
    }
    if let Some(raw) = &row.percent.raw {
        let shown = row
            .percent
            .value
            .map_or("tỷ lệ không dùng được".to_owned(), |percent| percent.to_string());
        let raw = match raw {
            RawValue::Text(text) => text.clone(),
            RawValue::Number(number) => number.to_string(),
        };
        values.push(format!("{shown} {}", written(&raw, Field::Percent)));
    }
    if row.texts.get(&Field::Result).is_some_and(Option::is_some) {
        values.push(format!("kết quả{}", at(Field::Result)));
    }
    if values.is_empty() {
        values.push("không báo cáo gì".to_owned());
    }
    values
}

fn of_finding(finding: &Finding) -> String {
    let severity = finding.code.severity().label();
    let place = match (finding.row, finding.column) {
        (Some(row), Some(column)) => format!("ô {}{row}: ", column_letters(column)),
        (Some(_), None) | (None, _) => String::new(),
    };
    format!("! [{severity}] {place}{} {}", finding.sentence(), finding.code.remedy())
}

/// Rows left out one after the other for one reason, together.
fn runs(skipped: &[(u32, &'static str)]) -> Vec<(String, &'static str)> {
    let mut found: Vec<(u32, u32, &'static str)> = Vec::new();
    for (row, why) in skipped {
        match found.last_mut().filter(|(_, last, known)| *last + 1 == *row && known == why) {
            Some(run) => run.1 = *row,
            None => found.push((*row, *row, why)),
        }
    }
    found.into_iter().map(|(first, last, why)| (capital(&rows(first, last)), why)).collect()
}

fn rows(first: u32, last: u32) -> String {
    if first == last { format!("dòng {}", first + 1) } else { format!("dòng {}–{}", first + 1, last + 1) }
}

fn capital(text: &str) -> String {
    text.replacen('d', "D", 1)
}

fn why_skipped(why: &str) -> &str {
    match why {
        "repeated_header" => "tiêu đề lặp lại",
        "column_numbers" => "đánh số cột",
        "blank" => "dòng trống",
        "section" => "tên lĩnh vực hoặc tên phần",
        "group" => "tên đơn vị của nhóm dòng dưới",
        "total" => "dòng tổng cộng hoặc bình quân",
        "note" => "ghi chú hoặc lời kết",
        "text" => "câu chữ, không phải nhiệm vụ",
        "empty_row" => "chỉ có số thứ tự",
        "stray_values" => "có giá trị nhưng không có nội dung nhiệm vụ",
        "outside_table" => "ngoài các cột của bảng",
        "below_table" => "dưới chân bảng",
        "place_date" => "địa danh, ngày tháng",
        "signature" => "chữ ký, nơi nhận",
        other => other,
    }
}

pub(super) fn why_sheet(why: &str) -> &str {
    match why {
        "empty" => "trống",
        "hidden list of values" => "danh sách giá trị, đang ẩn",
        "hidden sheet" => "trang ẩn; đã có bảng ở trang khác",
        "summary figures, no task rows" => "số liệu tổng hợp, không có dòng nhiệm vụ",
        "instructions" => "hướng dẫn",
        "cover" => "trang bìa",
        "list of values" => "danh sách giá trị",
        "no column of tasks with their progress" => "không có cột nhiệm vụ kèm tình trạng hoặc kết quả",
        other => other,
    }
}

fn field_named(field: Field) -> &'static str {
    match field {
        Field::Stt => "số thứ tự",
        Field::Content => "nội dung nhiệm vụ",
        Field::DocNo => "số, ký hiệu văn bản",
        Field::LeadUnit => "đơn vị chủ trì",
        Field::CoordinatingUnits => "đơn vị phối hợp",
        Field::Deadline => "thời hạn",
        Field::Status => "tình trạng",
        Field::Percent => "tỷ lệ hoàn thành",
        Field::Result => "kết quả",
        Field::Difficulties => "khó khăn, vướng mắc",
        Field::Proposals => "đề xuất, kiến nghị",
        Field::Note => "ghi chú",
        Field::Province => "tỉnh, thành phố",
    }
}
