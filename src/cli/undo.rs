//! `undo` and `redo`: show what taking an import back (or restoring it) would do, and do it when told to.

use clap::Args;
use serde_json::json;
use uuid::Uuid;

use super::exit::Exit;
use super::place::{Place, local};
use super::print;
use crate::actions::plan_undo::{UndoPlanned, plan_undo};
use crate::actions::undo_import::{UndoImport, Undone, redo_import, undo_import};
use crate::app::App;
use crate::domain::date::official;
use crate::error::{Code, Error};
use crate::import::plan_json::import_json;
use crate::import::undo::{Direction, UndoPlan, UndoneRow};
use crate::import::undo_json::undo_json;
use crate::import::value::Value;

/// Hoàn tác một lần nạp đã ghi: cho xem bản dự kiến, và chỉ làm khi có --yes hoặc --commit
#[derive(Debug, Args)]
pub(crate) struct Undo {
    /// Mã lần nạp
    #[arg(value_name = "LẦN_NẠP")]
    id: Uuid,
    /// Làm, nếu bản dự kiến vẫn có đúng mã này
    #[arg(long, value_name = "MÃ_DỰ_KIẾN", conflicts_with = "yes")]
    commit: Option<String>,
    /// Làm ngay, không hỏi lại
    #[arg(long)]
    yes: bool,
    /// Lý do, ghi trong nhật ký
    #[arg(long, value_name = "LÝ_DO")]
    reason: Option<String>,
    /// In kết quả dạng JSON
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    place: Place,
}

impl Undo {
    /// Shows the plan, and carries it out when told to.
    ///
    /// # Errors
    /// `NOT_FOUND`; `IMPORT_STATE` when there is nothing to undo or restore; `PLAN_STALE` when the hash quoted is another.
    pub(crate) async fn run(&self, direction: Direction) -> anyhow::Result<Exit> {
        let app = self.place.open().await?;
        let planned = plan_undo(&app, &local(), self.id).await?;
        let plan_hash = match &self.commit {
            Some(hash) => hash.clone(),
            None if self.yes => planned.plan.hash.clone(),
            None if planned.plan.direction != direction => return Err(wrong_way(direction).into()),
            None => {
                self.show(&planned, None);
                return Ok(Exit::Done);
            }
        };
        let wanted = UndoImport { id: self.id, plan_hash, reason: self.reason.clone() };
        self.turn(&app, planned, (wanted, direction)).await
    }

    async fn turn(
        &self,
        app: &App,
        planned: UndoPlanned,
        (wanted, direction): (UndoImport, Direction),
    ) -> anyhow::Result<Exit> {
        let (undone, outcome) = match direction {
            Direction::Undo => (undo_import(app, &local(), wanted).await?, "undone"),
            Direction::Redo => (redo_import(app, &local(), wanted).await?, "redone"),
        };
        match undone {
            Undone::Done { import, unit, plan } => {
                self.show(&UndoPlanned { import: *import, unit: *unit, plan: *plan }, Some(outcome));
            }
            Undone::Repeated { import } => {
                self.show(&UndoPlanned { import: *import, ..planned }, Some("repeated"));
            }
            Undone::Stale { .. } => return Err(Error::new(Code::PlanStale).field("commit").into()),
        }
        Ok(Exit::Done)
    }

    fn show(&self, planned: &UndoPlanned, outcome: Option<&str>) {
        let UndoPlanned { import, unit, plan } = planned;
        if self.json {
            let mut value = undo_json(plan);
            value["import"] = import_json(import, &unit.code, None, None)["import"].take();
            value["outcome"] = json!(outcome);
            print::line(&value.to_string());
            return;
        }
        print::line(&format!("{}: lần nạp báo cáo ngày {}", unit.name, official(import.reported_on)));
        if outcome == Some("repeated") {
            print::line("Không làm gì: việc này đã làm từ trước.");
            return;
        }
        print::text(&plan_table(plan));
        match outcome {
            Some("undone") => print::line(&format!("Đã hoàn tác {} báo cáo.", plan.rows.len())),
            Some(_) => print::line(&format!("Đã khôi phục {} báo cáo.", plan.rows.len())),
            None => {
                print::line("Chưa làm gì. Để làm đúng bản dự kiến này:");
                print::line(&format!("  thêm  --commit {}", plan.hash));
            }
        }
    }
}

fn wrong_way(direction: Direction) -> Error {
    let sentence = match direction {
        Direction::Undo => "Lần nạp này đã được hoàn tác. Để khôi phục, dùng “giaoban redo”.",
        Direction::Redo => "Lần nạp này chưa bị hoàn tác nên không có gì để khôi phục.",
    };
    Error::with(Code::ImportState, sentence)
}

/// Every value that would change, then what stays.
fn plan_table(plan: &UndoPlan) -> String {
    let shown = |value: Option<&Value>| value.map_or_else(|| "(trống)".to_owned(), Value::shown);
    let line = |row: &UndoneRow, name: &str, ours: String, stored: String| {
        vec![row.task.clone(), row.cell.clone().unwrap_or_default(), name.to_owned(), ours, stored]
    };
    let mut rows: Vec<Vec<String>> = Vec::new();
    for row in &plan.rows {
        if row.cells.is_empty() {
            rows.push(line(row, "(không đổi)", String::new(), String::new()));
        }
        let cells = row.cells.iter();
        rows.extend(cells.map(|cell| {
            line(row, cell.part.label(), shown(cell.ours.as_ref()), shown(cell.stored.as_ref()))
        }));
    }
    let mut text = print::table(&["Nhiệm vụ", "Ô", "Nội dung", "Hiện có", "Sẽ thành"], &rows);
    if !plan.left_alone.is_empty() {
        text.push_str("Đến sau, giữ nguyên:\n");
    }
    for later in &plan.left_alone {
        let by = later.author.as_ref().map_or_else(String::new, |author| format!(" ({})", author.name));
        let (kind, day) = (later.kind.label(), official(later.day));
        text.push_str(&format!("  {} {kind} ngày {day}{by}\n", later.task));
    }
    text
}
