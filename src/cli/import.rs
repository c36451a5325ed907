//! `import`: shows what a workbook would change, and changes it when told to.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::Args;
use serde_json::json;
use uuid::Uuid;

use super::exit::Exit;
use super::place::{Place, local};
use super::print::Steps;
use super::{asked, code, file, print};
use crate::actions::annotate_import::annotate_import;
use crate::actions::commit_import::{CommitImport, Committed, commit_import, kept_out};
use crate::actions::upload_import::{Upload, Uploaded, upload_import};
use crate::app::App;
use crate::domain::date::official;
use crate::domain::import::RowOutcome;
use crate::error::{Code, Error};
use crate::import::plan::{KeptOut, Plan};
use crate::import::plan_json::{WithRows, import_json};

/// Nạp một tệp: cho xem bản dự kiến thay đổi, và chỉ ghi khi có --yes hoặc --commit
#[derive(Debug, Args)]
pub(crate) struct Import {
    /// Tệp bảng tính (.xlsx, .xls, .ods, .csv)
    #[arg(value_name = "TỆP")]
    file: PathBuf,
    /// Mã đơn vị báo cáo: mã tỉnh năm 2020 (“40”) hoặc tên viết tắt (“THH”)
    #[arg(long, value_name = "MÃ")]
    unit: String,
    /// Ngày báo cáo (nếu không nêu: hôm nay)
    #[arg(long, value_name = "NGÀY", value_parser = code::day)]
    reported_on: Option<NaiveDate>,
    /// Ghi, nếu bản dự kiến vẫn có đúng mã này
    #[arg(long, value_name = "MÃ_DỰ_KIẾN", conflicts_with = "yes")]
    commit: Option<String>,
    /// Ghi ngay, không hỏi lại
    #[arg(long)]
    yes: bool,
    /// Ghi bản gốc có đánh dấu các phát hiện vào tệp này
    #[arg(long, value_name = "TỆP")]
    annotated: Option<PathBuf>,
    /// In kết quả dạng JSON
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    place: Place,
}

impl Import {
    /// Uploads, shows the plan, and commits it when told to.
    ///
    /// # Errors
    /// The refusal of the file; `PLAN_STALE` when the hash quoted is another.
    pub(crate) async fn run(&self) -> anyhow::Result<Exit> {
        let app = self.place.open().await?;
        let bytes = file::workbook(&self.file, app.config.upload.max_bytes)?;
        let steps = Steps::begin(if self.commits() { 2 } else { 1 }, self.json);
        steps.step("Đọc tệp và lập bản dự kiến");
        let file_name = self.file.file_name().map(|name| name.to_string_lossy().into_owned());
        let upload = Upload { unit: self.unit.clone(), file_name, bytes, reported_on: self.reported_on };
        let uploaded = upload_import(&app, &local(), upload).await?;
        if let Some(output) = &self.annotated {
            // Before anything is stored: the marks are those of the plan that is shown.
            file::write(output, &annotate_import(&app, &local(), uploaded.import.id).await?.bytes)?;
        }
        if self.commits() {
            steps.step("Ghi");
        }
        let shown = Shown { json: self.json, as_command: false };
        let result = match self.commits() {
            true => commit(&app, &uploaded, self.commit.clone(), shown).await,
            false => {
                shown.show(&uploaded, None, None);
                Ok(Exit::Done)
            }
        };
        steps.end();
        result
    }

    fn commits(&self) -> bool {
        self.yes || self.commit.is_some()
    }
}

/// Commits the plan of this hash, or else the one that was just made.
///
/// # Errors
/// `PLAN_STALE` when the hash quoted is another; the refusals of the verb.
pub(super) async fn commit(
    app: &App,
    uploaded: &Uploaded,
    hash: Option<String>,
    shown: Shown,
) -> anyhow::Result<Exit> {
    let plan_hash = hash.unwrap_or_else(|| uploaded.plan.hash.clone());
    let wanted = CommitImport { id: uploaded.import.id, plan_hash, ..CommitImport::default() };
    let (import, plan, outcome, earlier) = match commit_import(app, &local(), wanted).await? {
        Committed::Stored { import, plan } => (import, *plan, "stored", None),
        Committed::NoChange { import, plan, earlier } => (import, *plan, "no_change", earlier),
        Committed::Repeated { import } => (import, uploaded.plan.clone(), "repeated", None),
        Committed::KeptOut { plan, strict } => return Err(kept_out(&plan, strict).into()),
        Committed::Stale { .. } => return Err(Error::new(Code::PlanStale).field("commit").into()),
    };
    shown.show(&Uploaded { import: *import, plan, ..uploaded.clone() }, Some(outcome), earlier);
    Ok(Exit::Done)
}

/// How a plan is shown.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shown {
    /// As JSON.
    pub(super) json: bool,
    /// Whether the import is named on the command line, so that `--commit` alone commits it.
    pub(super) as_command: bool,
}

impl Shown {
    /// Shows an import with its plan, or what came of a commit. `earlier` is the import that brought the same before.
    pub(super) fn show(self, uploaded: &Uploaded, outcome: Option<&str>, earlier: Option<Uuid>) {
        let Uploaded { import, unit, plan, earlier: same } = uploaded;
        let earlier = earlier.or(same.as_ref().map(|same| same.id));
        if self.json {
            let mut value = import_json(import, &unit.code, Some(plan), earlier);
            value["outcome"] = json!(outcome);
            value["kept_out"] = plan.kept_out().iter().map(KeptOut::json).collect();
            // Texts and finite numbers as JSON cannot fail.
            let whole = WithRows { head: value, rows: &plan.rows };
            print::line(&serde_json::to_string(&whole).unwrap_or_default());
            return;
        }
        print::line(&format!("{} báo cáo ngày {}", unit.name, official(import.reported_on)));
        print::text(&plan_table(plan));
        match (outcome, earlier) {
            (Some("stored"), _) => {
                print::line(&format!("Đã ghi {} dòng.", plan.count(RowOutcome::Create)));
                print::line(&format!("Để xem và hoàn tác: giaoban undo {}", import.id));
            }
            (Some(_), Some(earlier)) => {
                print::line(&format!("Không có thay đổi: nội dung này đã có từ lần nạp {earlier}."));
            }
            (Some(_), None) => print::line("Không có thay đổi: đã có đủ từ trước."),
            (None, _) => {
                print::text(&asked::text(&import.id.to_string(), plan));
                print::line("Chưa ghi gì. Để ghi đúng bản dự kiến này:");
                if self.as_command {
                    print::line(&format!("  thêm  --commit {}", plan.hash));
                } else {
                    print::line(&format!("  giaoban answer {} --commit {}", import.id, plan.hash));
                }
            }
        }
    }
}

/// What the plan would do, by outcome, and what is wrong in the file; what is to be answered comes after it.
fn plan_table(plan: &Plan) -> String {
    let counts = plan.counts.iter().filter(|(_, count)| **count > 0);
    let rows: Vec<Vec<String>> =
        counts.map(|(outcome, count)| vec![outcome.label().to_owned(), count.to_string()]).collect();
    let mut text = print::table(&["Việc", "Số dòng"], &rows);
    let errors = plan.kept_out().into_iter().filter(|row| row.outcome == RowOutcome::Error);
    for row in errors {
        let at = row.cell.map_or_else(|| format!("dòng {}", row.row), |cell| format!("ô {cell}"));
        text.push_str(&format!("  “{}” {at}: {} {}\n", row.sheet, row.sentence, row.remedy));
    }
    text
}
