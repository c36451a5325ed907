//! Workbooks from text tables, and readings as text: what a test of the reader shows and expects.
//!
//! A line is a row, `|` parts the cells, an empty line is an empty row. `^` merges a cell with the one above, `>` with
//! the one on the left. `#60` is a number, `%0.65` a number shown as percent, `@2020-06-30` a date cell (`@m/yyyy
//! 2020-06-01` with another format), `!#DIV/0!` an error value, `=60` a formula with its result, `=` one without.
//! `\n` is a line break inside a cell.

use std::collections::BTreeSet;
use std::fmt::Write;

use chrono::NaiveDate;
use giaoban::import::reading::{Reading, RowKind, RowReading};
use giaoban::import::{seeded, understand};
use giaoban::sheet::cell::{Cell, Format, Range, Row, Sheet, Value, Visibility, Workbook, column_letters};

/// A workbook with these sheets.
pub(crate) fn workbook(sheets: Vec<Sheet>) -> Workbook {
    Workbook { format: Format::Xlsx, date_1904: false, sheets, properties: Vec::new() }
}

/// A sheet from a text table; the first line is skipped when it is empty, so that tables may begin on a line of their own.
pub(crate) fn sheet(name: &str, table: &str) -> Sheet {
    let mut built = Sheet {
        name: name.to_owned(),
        visibility: Visibility::Visible,
        rows: Vec::new(),
        merges: Vec::new(),
        hidden_rows: BTreeSet::new(),
        fills: Vec::new(),
        hidden_columns: BTreeSet::new(),
        formats: vec!["General".to_owned()],
        fonts: vec![String::new()],
    };
    let lines: Vec<&str> = table.strip_prefix('\n').unwrap_or(table).trim_end().lines().collect();
    for (number, line) in lines.iter().enumerate() {
        let number = u32::try_from(number).unwrap();
        let mut cells = Vec::new();
        for (column, text) in line.trim().split('|').enumerate() {
            let column = u32::try_from(column).unwrap();
            match text.trim() {
                "" => {}
                "^" => stretch(&mut built.merges, number - 1, column, number, column),
                ">" => stretch(&mut built.merges, number, column - 1, number, column),
                text => cells.push(cell(&mut built.formats, column, text)),
            }
        }
        if !cells.is_empty() {
            built.rows.push(Row { number, cells });
        }
    }
    built
}

fn stretch(merges: &mut Vec<Range>, row: u32, column: u32, to_row: u32, to_column: u32) {
    let holds = |range: &&mut Range| {
        (range.top..=range.bottom).contains(&row) && (range.left..=range.right).contains(&column)
    };
    match merges.iter_mut().find(holds) {
        Some(range) => (range.bottom, range.right) = (range.bottom.max(to_row), range.right.max(to_column)),
        None => merges.push(Range { top: row, left: column, bottom: to_row, right: to_column }),
    }
}

/// A cell from its text.
pub(crate) fn cell(formats: &mut Vec<String>, column: u32, text: &str) -> Cell {
    let mut format = |code: &str| {
        let known = formats.iter().position(|known| known == code);
        let at = known.unwrap_or_else(|| {
            formats.push(code.to_owned());
            formats.len() - 1
        });
        u16::try_from(at).unwrap()
    };
    let mut built = Cell { column, value: Value::Empty, format: 0, font: 0, formula: false };
    let (sign, rest) = if text.is_char_boundary(1) { text.split_at(1) } else { ("", text) };
    match sign {
        "#" if rest.parse::<f64>().is_ok() => built.value = Value::Number(rest.parse().unwrap()),
        "%" if rest.parse::<f64>().is_ok() => {
            built.value = Value::Number(rest.parse().unwrap());
            built.format = format("0%");
        }
        "@" => {
            let (code, day) = rest.rsplit_once(' ').unwrap_or(("dd/mm/yyyy", rest));
            let (day, time) = day
                .split_once('T')
                .map_or((day, 0.0), |(day, hour)| (day, hour.parse::<f64>().unwrap() / 24.0));
            let day: NaiveDate = day.parse().unwrap();
            let serial = (day - NaiveDate::from_ymd_opt(1899, 12, 30).unwrap()).num_days();
            built.value = Value::Number(f64::from(i32::try_from(serial).unwrap()) + time);
            built.format = format(code);
        }
        "T" | "F" if matches!(text, "TRUE" | "FALSE") => built.value = Value::Bool(sign == "T"),
        "!" => built.value = Value::Error(rest.into()),
        "=" => {
            built.formula = true;
            built.value = rest.parse().map_or(Value::Empty, Value::Number);
        }
        _ => built.value = Value::Text(text.replace("\\n", "\n").into()),
    }
    built
}

/// The reading of a workbook as the unit sees it.
pub(crate) fn read(unit: &str, workbook: &Workbook) -> Result<Reading, String> {
    let catalogue = seeded::catalogue(unit).unwrap();
    understand(workbook, &catalogue).map_err(|refusal| refusal.as_str().to_owned())
}

/// A reading as text: the columns of each table, then a line for each row.
pub(crate) fn shown(reading: &Reading) -> String {
    let mut text = String::new();
    for table in &reading.tables {
        let columns: Vec<String> = table
            .columns
            .iter()
            .filter_map(|column| {
                let field = column.field?;
                let mark =
                    column.mark_means.map_or_else(String::new, |status| format!(":{}", status.as_str()));
                Some(format!("{}={}{mark}", column_letters(column.column), field.as_str()))
            })
            .collect();
        writeln!(text, "[{}] {}", table.sheet, columns.join(" ")).unwrap();
        for row in &table.rows {
            writeln!(text, "{}", shown_row(row)).unwrap();
        }
    }
    for finding in &reading.findings {
        writeln!(text, "! {}", finding.code.as_str()).unwrap();
    }
    text
}

fn shown_row(row: &RowReading) -> String {
    let rows = if row.row == row.row_to {
        format!("{}", row.row + 1)
    } else {
        format!("{}-{}", row.row + 1, row.row_to + 1)
    };
    let kind = match row.kind {
        RowKind::Task => "task",
        RowKind::Subtask => "sub",
        RowKind::Heading => "head",
    };
    let candidates: Vec<&str> = row.matched.candidates.iter().map(|(code, _)| code.as_str()).collect();
    let task = row.matched.task.clone().unwrap_or_else(|| candidates.join("/"));
    let due = row.deadline.0.due.map_or_else(String::new, |due| due.to_string());
    let percent = row.percent.value.map_or_else(|| "-".to_owned(), |percent| percent.value().to_string());
    let status = row.status.value.map_or("-", |status| status.as_str());
    let mut codes: Vec<&str> = row
        .findings
        .iter()
        .map(|finding| finding.code.as_str())
        .filter(|code| *code != "task_of_another_unit")
        .collect();
    codes.sort_unstable();
    let codes = if codes.is_empty() { String::new() } else { format!(" [{}]", codes.join(" ")) };
    format!(
        "{rows} {kind} {} {task} {}{} {percent} {status}{codes}",
        row.matched.decision.as_str(),
        row.deadline.0.precision.as_str(),
        if due.is_empty() { String::new() } else { format!(" {due}") },
    )
}

/// Reads one sheet as Vĩnh Long would send it and compares the reading with the text expected.
#[track_caller]
pub(crate) fn check(table: &str, expected: &str) {
    check_workbook("86", &workbook(vec![sheet("Trang 1", table)]), expected);
}

/// Reads a workbook and compares the reading with the text expected.
#[track_caller]
pub(crate) fn check_workbook(unit: &str, workbook: &Workbook, expected: &str) {
    let got = read(unit, workbook).map_or_else(|code| code, |reading| shown(&reading));
    let tidy = |text: &str| {
        text.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
    };
    assert!(tidy(&got) == tidy(expected), "read:\n{got}\nexpected:\n{expected}");
}
