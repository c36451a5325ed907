//! Whether answers fit the import they are about: its sheets, rows and columns, and the tasks that are open.

use std::collections::BTreeMap;

use sea_orm::ConnectionTrait;

use super::memory::kept_columns;
use crate::domain::progress::Progress;
use crate::entities::import;
use crate::error::{Code, Error, Result};
use crate::import::answers::{Answers, Link, RowAnswer};
use crate::import::claim_json;
use crate::import::columns_json::{self, KeptColumn};
use crate::import::snapshot::Known;
use crate::import::understood::Understood;
use crate::sheet::cell::column_letters;
use crate::sheet::column::Field;
use crate::sheet::meaning::{ColumnFacts, ColumnMeaning};
use crate::store;

/// What an import keeps of its sheets: where answers may point.
pub(super) struct Places {
    sheets: BTreeMap<String, Sheet>,
}

#[derive(Default)]
struct Sheet {
    own: bool,
    /// Where its rows stand.
    rows: Vec<Spot>,
    /// The columns of each of its tables.
    tables: Vec<Vec<KeptColumn>>,
}

/// First and last row of a row, 0-based; first column of its table, where another one stands on the left.
#[derive(Clone, Copy)]
struct Spot {
    first: u32,
    last: u32,
    table: Option<u32>,
}

impl Places {
    /// The places of an import. Two statements.
    pub(super) async fn of(db: &impl ConnectionTrait, import: &import::Model) -> Result<Places> {
        let mut sheets: BTreeMap<String, Sheet> = BTreeMap::new();
        let mut names = BTreeMap::new();
        let kept = store::import::sheets_by_import_ids(db, &[import.id]).await?.remove(&import.id);
        let of_tasks = |taken_for: &str| matches!(taken_for, "tasks" | "own_sheet");
        for row in kept.unwrap_or_default().into_iter().filter(|row| of_tasks(&row.taken_for)) {
            let sheet = sheets.entry(row.name.clone()).or_default();
            sheet.own |= row.taken_for == "own_sheet";
            sheet.tables.push(kept_columns(&row)?);
            names.insert(row.id, row.name);
        }
        let rows = store::import::rows_by_import_ids(db, &[import.id]).await?.remove(&import.id);
        for row in rows.unwrap_or_default() {
            let number = |number: i32| u32::try_from(number).unwrap_or(0);
            let sheet = names.get(&row.sheet_id).and_then(|name| sheets.get_mut(name));
            let table = claim_json::table_of(&row.reading);
            let spot = Spot { first: number(row.row), last: number(row.row_to), table };
            sheet.into_iter().for_each(|sheet| sheet.rows.push(spot));
        }
        Ok(Places { sheets })
    }

    /// The answers with every place as the import knows it: a sheet that is not named is the only one, any row of a
    /// task is its first.
    pub(super) fn complete(&self, given: &Answers) -> Result<Answers> {
        let mut answers = Answers { accept_workbook: given.accept_workbook, ..Answers::default() };
        for (name, row, column, answer) in given.of_rows() {
            let (name, sheet) = self.sheet(name, "rows")?;
            let Some(spot) = sheet.spot(row, column) else {
                let sentence = format!("Trang “{name}” không có dòng nhiệm vụ nào ở dòng {}.", row + 1);
                return Err(wrong("rows", sentence));
            };
            check_row(row + 1, answer)?;
            *answers.entry(&name, spot.first, spot.table) = answer.clone();
        }
        for ((name, column), facts) in &given.columns {
            let (name, sheet) = self.sheet(name, "columns")?;
            sheet.check_column(&name, *column)?;
            answers.columns.insert((name, *column), *facts);
        }
        self.check_twice(&answers)?;
        if answers.is_empty() {
            return Err(wrong("answers", "Chưa có câu trả lời nào.".to_owned()));
        }
        Ok(answers)
    }

    /// Whether these columns of a sheet stand in one table, and not in two beside each other.
    pub(super) fn share_a_table(&self, sheet: &str, columns: [u32; 2]) -> bool {
        let tables = self.sheets.get(sheet).map_or(&[][..], |sheet| &sheet.tables);
        let holds = |table: &[KeptColumn], column| table.iter().any(|known| known.column == column);
        tables.iter().any(|table| columns.into_iter().all(|column| holds(table, column)))
    }

    /// Two columns of a table that are said to mean the same in one breath.
    fn check_twice(&self, answers: &Answers) -> Result<()> {
        for ((sheet, column), facts) in &answers.columns {
            let Some(meaning) = facts.meaning.filter(|meaning| meaning.is_single()) else { continue };
            let twin = answers.columns.iter().find(|((other, at), other_facts)| {
                let same = other == sheet && at > column && other_facts.meaning == Some(meaning);
                same && self.share_a_table(sheet, [*column, *at])
            });
            if let Some(((_, twin), _)) = twin {
                let (one, other) = (column_letters(*column), column_letters(*twin));
                let sentence = format!(
                    "Trang “{sheet}”: cột {one} và cột {other} không thể cùng là {}.",
                    meaning.label()
                );
                return Err(wrong("columns", sentence));
            }
        }
        Ok(())
    }

    fn sheet(&self, name: &str, field: &str) -> Result<(String, &Sheet)> {
        if let Some((name, sheet)) = self.sheets.get_key_value(name) {
            return Ok((name.clone(), sheet));
        }
        let mut all = self.sheets.iter();
        if let (true, Some((name, sheet)), None) = (name.is_empty(), all.next(), all.next()) {
            return Ok((name.clone(), sheet));
        }
        let known: Vec<String> = self.sheets.keys().map(|name| format!("“{name}”")).collect();
        let known = known.join(", ");
        Err(wrong(
            field,
            match name {
                "" => format!("Cần nêu tên trang tính, vì tệp có nhiều trang: {known}."),
                name => format!("Không có bảng nhiệm vụ ở trang “{name}”. Tệp có bảng ở: {known}."),
            },
        ))
    }
}

impl Sheet {
    /// The row that holds this number, in the table that this column belongs to: the one that begins last of those that
    /// do not begin after it. Without a column in the leftmost.
    fn spot(&self, row: u32, column: Option<u32>) -> Option<Spot> {
        let begins = |spot: &Spot| spot.table.unwrap_or(0);
        let here = self.rows.iter().filter(|spot| (spot.first..=spot.last).contains(&row));
        match column {
            None => here.min_by_key(|spot| begins(spot)),
            Some(column) => here.filter(|spot| begins(spot) <= column).max_by_key(|spot| begins(spot)),
        }
        .copied()
    }

    fn check_column(&self, name: &str, column: u32) -> Result<()> {
        let letters = column_letters(column);
        if self.own {
            let sentence = format!(
                "Trang “{name}” do hệ thống xuất ra; ý nghĩa cột {letters} đã biết, không cần trả lời."
            );
            return Err(wrong("columns", sentence));
        }
        let known = || self.tables.iter().flatten().map(|known| known.column);
        if known().any(|known| known == column) {
            return Ok(());
        }
        let mut known: Vec<String> = known().map(column_letters).collect();
        known.dedup();
        let sentence =
            format!("Bảng ở trang “{name}” không có cột {letters}. Các cột: {}.", known.join(", "));
        Err(wrong("columns", sentence))
    }
}

fn check_row(row: u32, answer: &RowAnswer) -> Result<()> {
    match answer.progress {
        None | Some(Progress::NotStarted | Progress::InProgress | Progress::Completed) => Ok(()),
        Some(
            Progress::AwaitingConfirmation
            | Progress::Suspended
            | Progress::Withdrawn
            | Progress::Transferred,
        ) => {
            let sentence = format!(
                "Dòng {row}: đơn vị chỉ chọn chưa thực hiện, đang thực hiện hoặc đã hoàn thành; tình trạng khác do Văn phòng Bộ quyết định."
            );
            Err(wrong("rows", sentence))
        }
    }
}

/// Whether every task that is chosen is open and no heading.
pub(super) fn check_tasks(given: &Answers, known: &Known) -> Result<()> {
    for (sheet, row, _, answer) in given.of_rows() {
        if let Some(Link::Task(code)) = &answer.link
            && known.tasks.get(code).is_none_or(|task| task.is_heading)
        {
            let sentence = format!(
                "“{sheet}” dòng {}: không có nhiệm vụ “{code}” đang theo dõi. Chọn mã của một nhiệm vụ trong thông báo.",
                row + 1
            );
            return Err(wrong("rows", sentence));
        }
    }
    Ok(())
}

/// Whether the file could be read as the answers have it.
pub(super) fn check_columns(given: &Answers, understood: &Understood) -> Result<()> {
    for ((sheet, column), facts) in &given.columns {
        let tables = understood.sheets.iter().filter(|table| table.name == *sheet);
        let kept = tables.filter_map(|table| columns_json::kept(&table.columns.to_string())).flatten();
        let now: Vec<ColumnFacts> =
            kept.filter(|kept| kept.column == *column).map(|kept| kept.facts).collect();
        let means = |meaning: ColumnMeaning| now.iter().any(|now| now.meaning == Some(meaning));
        let column = format!("“{sheet}” cột {}", column_letters(*column));
        if let Some(meaning) = facts.meaning.filter(|meaning| !means(*meaning)) {
            return Err(wrong("columns", format!("{column} không thể đọc như cột {}.", meaning.label())));
        }
        if facts.scale.is_some() && !means(ColumnMeaning::Field(Field::Percent)) {
            let sentence = format!("{column} không phải cột tỷ lệ, nên không có cách ghi tỷ lệ để chọn.");
            return Err(wrong("columns", sentence));
        }
        let of_days = [ColumnMeaning::Field(Field::Deadline), ColumnMeaning::CompletedOn];
        if facts.days.is_some() && !of_days.into_iter().any(means) {
            let sentence =
                format!("{column} không phải cột ngày, nên không có thứ tự ngày và tháng để chọn.");
            return Err(wrong("columns", sentence));
        }
    }
    Ok(())
}

fn wrong(field: &str, sentence: String) -> Error {
    Error::with(Code::InvalidInput, sentence).field(field)
}
