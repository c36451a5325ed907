//! `trace`: where the figures of a task come from, down to the cell.

use chrono::NaiveDate;
use clap::Args;
use serde_json::{Value, json};

use super::exit::Exit;
use super::place::{Place, local};
use super::{code, print};
use crate::actions::trace_task::{Traced, trace_task};
use crate::domain::date::official;
use crate::domain::decision::DecisionKind;
use crate::sheet::cell::cell_name;
use crate::store::provenance::Source;

/// Truy nguồn số liệu của một nhiệm vụ: lần nạp, tệp, trang, ô, người gửi, người ghi, người xác nhận, giá trị trước
#[derive(Debug, Args)]
pub(crate) struct Trace {
    /// Mã nhiệm vụ, ví dụ VII.4-1
    #[arg(value_name = "MÃ_NHIỆM_VỤ")]
    task: String,
    /// Mã đơn vị: mã tỉnh năm 2020 (“40”) hoặc tên viết tắt (“THH”)
    #[arg(long, value_name = "MÃ")]
    unit: String,
    /// Tính đến ngày (nếu không nêu: hôm nay)
    #[arg(long, value_name = "NGÀY", value_parser = code::day)]
    as_of: Option<NaiveDate>,
    /// In kết quả dạng JSON
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    place: Place,
}

impl Trace {
    /// Prints the sources of every value.
    ///
    /// # Errors
    /// A unit or a task that is not there, a day to come.
    pub(crate) async fn run(&self) -> anyhow::Result<Exit> {
        let app = self.place.open().await?;
        let traced = trace_task(&app, &local(), (&self.unit, &self.task), self.as_of).await?;
        if self.json {
            print::line(&whole_json(&traced).to_string());
        } else {
            print::text(&told(&traced));
        }
        Ok(Exit::Done)
    }
}

fn told(traced: &Traced) -> String {
    let Traced { unit, task, trace, as_of, assignment: _ } = traced;
    let mut text =
        format!("{}\n{} {}\nTính đến ngày {}\n", unit.name, task.code, task.content, official(*as_of));
    if trace.current.is_empty() {
        text.push_str("\nChưa có báo cáo nào.\n");
    }
    for source in &trace.current {
        text.push_str(&format!("\n{}: {}\n", source.part.label(), value(source)));
        let mut step = Some(source);
        while let Some(source) = step {
            for line in lines(source) {
                text.push_str(&format!("    {line}\n"));
            }
            step = source.previous.as_deref();
            if let Some(previous) = step {
                text.push_str(&format!("  trước đó: {}\n", value(previous)));
            }
        }
    }
    text
}

fn value(source: &Source) -> String {
    source.value.clone().unwrap_or_else(|| "(đã xoá)".to_owned())
}

/// What is known of one step, a line each.
fn lines(source: &Source) -> Vec<String> {
    let mut lines = Vec::new();
    let recorded = source.at.map_or(String::new(), |at| format!(" lúc {}", crate::export::frame::moment(at)));
    match (&source.file, source.decision) {
        (Some(file), _) => {
            let import = &file.import;
            lines.push(format!(
                "tệp “{}”, {}",
                import.file_name.as_deref().unwrap_or("không tên"),
                cell_words(source)
            ));
            lines.push(format!("SHA-256 {}; lần nạp {}", import.file_sha256, import.id));
            let committed = import.committed_by.as_deref().unwrap_or(&source.by);
            lines.push(format!("gửi: {}; ghi: {committed}{recorded}", import.uploaded_by));
            lines.push(format!("báo cáo ngày {}", official(source.day)));
        }
        (None, Some(kind)) => {
            lines.push(format!(
                "quyết định của Văn phòng: {}, {} ngày {}",
                kind.label(),
                source.by,
                official(source.day)
            ));
        }
        (None, None) => {
            lines.push(format!("nhập trực tiếp, không qua tệp: {}{recorded}", source.by));
            lines.push(format!("báo cáo ngày {}", official(source.day)));
        }
    }
    if let (Some((by, day)), None) = (&source.confirmed, source.decision) {
        lines.push(format!("xác nhận: {by} ngày {}", official(*day)));
    }
    lines
}

fn cell_words(source: &Source) -> String {
    let Some(file) = &source.file else { return String::new() };
    let sheet = file.sheet.as_deref().map_or(String::new(), |sheet| format!("trang “{sheet}”, "));
    match (file.cell, file.rows) {
        (Some((row, column)), _) => format!("{sheet}ô {}", cell_name(row, column)),
        (None, Some((row, _))) if source.is_stated => format!("{sheet}dòng {}", row + 1),
        (None, Some((row, _))) => format!("{sheet}suy ra từ báo cáo ở dòng {}", row + 1),
        (None, None) => sheet,
    }
}

fn whole_json(traced: &Traced) -> Value {
    json!({
        "unit": traced.unit.code,
        "unit_name": traced.unit.name,
        "task": traced.task.code,
        "assignment": traced.assignment.id,
        "as_of": traced.as_of.to_string(),
        "values": traced.trace.current.iter().map(source_json).collect::<Vec<_>>(),
    })
}

fn source_json(source: &Source) -> Value {
    let file = source.file.as_ref();
    let import = file.map(|file| &file.import);
    json!({
        "part": source.part.as_str(),
        "value": source.value,
        "stated": source.is_stated,
        "import": import.map(|import| import.id),
        "file_sha256": import.map(|import| import.file_sha256.as_str()),
        "file_name": import.and_then(|import| import.file_name.as_deref()),
        "sheet": file.and_then(|file| file.sheet.as_deref()),
        "cell": file.and_then(|file| file.cell).map(|(row, column)| cell_name(row, column)),
        "uploaded_by": import.map(|import| import.uploaded_by.as_str()),
        "committed_by": import.and_then(|import| import.committed_by.as_deref()),
        "recorded_by": source.by,
        "recorded_at": source.at.map(|at| at.to_rfc3339()),
        "reported_on": source.day.to_string(),
        "decision": source.decision.map(DecisionKind::as_str),
        "confirmed_by": source.confirmed.as_ref().map(|(by, _)| by),
        "confirmed_on": source.confirmed.as_ref().map(|(_, day)| day.to_string()),
        "report": source.report,
        "event": source.event,
        "previous": source.previous.as_deref().map(source_json),
    })
}
