//! `read`: what is understood of a workbook, without any database.

use std::path::PathBuf;

use clap::Args;

use super::exit::Exit;
use super::{explanation, file, print};
use crate::config::Config;
use crate::domain::date;
use crate::error::{Code, Error};
use crate::import::reading::{Decision, Reading, RowReading, TableReading};
use crate::import::{json, seeded, understand};
use crate::sheet::cell::column_letters;
use crate::workbook::sandbox::{Reader, Settings};

/// Đọc một tệp và cho xem hiểu được gì; không cần cơ sở dữ liệu
#[derive(Debug, Args)]
pub(crate) struct Read {
    /// Tệp bảng tính (.xlsx, .xls, .ods, .csv)
    #[arg(value_name = "TỆP")]
    file: PathBuf,
    /// Mã đơn vị gửi tệp: mã tỉnh năm 2020 (“40”) hoặc tên viết tắt (“THH”)
    #[arg(long, value_name = "MÃ")]
    unit: String,
    /// In kết quả dạng JSON
    #[arg(long)]
    pub(crate) json: bool,
    /// Giải thích: dòng tiêu đề, ý nghĩa mỗi cột, cách hiểu mỗi dòng, dòng và trang bỏ qua, đều kèm lý do
    #[arg(long)]
    explain: bool,
}

impl Read {
    /// Reads and prints.
    ///
    /// # Errors
    /// The refusal of the file, or a unit that is not known.
    pub(crate) fn run(&self) -> anyhow::Result<Exit> {
        let most = Config::load(None)?.upload.max_bytes;
        let unknown = || {
            let sentence = format!("Không có đơn vị “{}”.", self.unit);
            Error::with(Code::NotFound, sentence).field("unit")
        };
        let catalogue = seeded::catalogue(&self.unit).ok_or_else(unknown)?;
        let bytes = file::workbook(&self.file, most)?;
        let mut workbook = Reader::new(Settings::default()).read_blocking(&bytes).map_err(Error::from)?;
        workbook.name_after(&self.file.to_string_lossy());
        let reading = understand(&workbook, &catalogue).map_err(Error::from)?;
        if self.json {
            let mut value = json::reading(&reading);
            if self.explain {
                value["explanation"] = reading.tables.iter().map(explained_json).collect();
            }
            print::line(&value.to_string());
        } else if self.explain {
            print::text(&explanation::of(&reading));
        } else {
            print_short(&reading);
        }
        Ok(Exit::Done)
    }
}

fn print_short(reading: &Reading) {
    for table in &reading.tables {
        print::line(&format!("Trang “{}”: {} dòng", table.sheet, table.rows.len()));
        let rows: Vec<_> = table.rows.iter().map(row).collect();
        let head = ["Dòng", "Nhiệm vụ", "Chắc chắn", "Tình trạng", "Tỷ lệ", "Hạn", "Phát hiện"];
        print::text(&print::table(&head, &rows));
        for finding in table.rows.iter().flat_map(|row| &row.findings) {
            let row = finding.row.unwrap_or_default();
            let (severity, sentence) = (finding.code.severity().label(), finding.sentence());
            print::line(&format!("  dòng {row}: [{severity}] {sentence} {}", finding.code.remedy()));
        }
    }
    for (sheet, why) in &reading.sheets_ignored {
        print::line(&format!("Trang “{sheet}” không đọc: {}", explanation::why_sheet(why)));
    }
    for finding in &reading.findings {
        print::line(&format!("[{}] {}", finding.code.severity().label(), finding.sentence()));
    }
}

fn row(row: &RowReading) -> Vec<String> {
    let or_dash = |text: Option<String>| text.unwrap_or_else(|| "–".to_owned());
    vec![
        (row.row + 1).to_string(),
        or_dash(row.matched.task.clone()),
        decision_named(row.matched.decision).to_owned(),
        or_dash(row.status.value.map(|status| status.label().to_owned())),
        or_dash(row.percent.value.map(|percent| percent.to_string())),
        or_dash(row.deadline.0.due.map(date::official)),
        row.findings.len().to_string(),
    ]
}

fn decision_named(decision: Decision) -> &'static str {
    match decision {
        Decision::Sure => "chắc chắn",
        Decision::Likely => "có lẽ",
        Decision::Ask => "phải hỏi",
        Decision::None => "không có",
    }
}

fn explained_json(table: &TableReading) -> serde_json::Value {
    let columns = table.columns.iter().map(
        |column| serde_json::json!({"column": column_letters(column.column), "evidence": column.evidence}),
    );
    serde_json::json!({"sheet": table.sheet, "columns": columns.collect::<Vec<_>>()})
}
