//! `demo`: the whole way once, on an embedded database: the founding notice, workbooks of nine senders, the leaders'
//! workbook, a token for each role, and the server.

mod files;

use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Args;
use sha2::{Digest, Sha256};

use super::exit::Exit;
use super::place::Place;
use super::print::{self, Steps};
use crate::actions::commit_import::{CommitImport, Committed, commit_import};
use crate::actions::create_token::{CreateToken, create_token};
use crate::actions::export_workbook::export_consolidated;
use crate::actions::record_decision::{RecordDecision, record_decision};
use crate::actions::revoke_token::revoke_token;
use crate::actions::seed::seed;
use crate::actions::upload_import::{Upload, Uploaded, upload_import};
use crate::app::App;
use crate::domain::access::{Caller, Role, Scope};
use crate::domain::decision::DecisionKind;
use crate::domain::progress::Progress;
use crate::domain::statistics::Base;
use crate::entities::unit;
use crate::import::plan::Outcome;
use crate::store;
use files::DemoFile;

/// Where the demo lives when nobody says otherwise.
const FOLDER: &str = "data/demo";

/// Name of the leaders' workbook.
const WORKBOOK: &str = "tong-hop.xlsx";

/// The department whose officer gets the demo's token of the role `unit`.
const UNIT: &str = "38";

const QUERY: &str = "{ statistics { totals { total completedOnTime completedLate openInTime openOverdue openNoDeadline } } }";

/// Chạy thử toàn bộ: nạp thông báo và các bảng mẫu vào cơ sở dữ liệu riêng, lập bảng tổng hợp, mở máy chủ
#[derive(Debug, Args)]
pub(crate) struct Demo {
    /// Dừng sau khi lập xong bảng tổng hợp, không mở máy chủ
    #[arg(long)]
    no_serve: bool,
    /// Địa chỉ và cổng của máy chủ (nếu không nêu: theo cấu hình)
    #[arg(long, value_name = "ĐỊA_CHỈ:CỔNG")]
    listen: Option<String>,
    #[command(flatten)]
    place: Place,
}

/// What became of one workbook.
struct Taken {
    unit: unit::Model,
    file: DemoFile,
    outcome: String,
    stored: usize,
    open: usize,
    confirmed: usize,
}

impl Demo {
    /// Prepares and serves.
    ///
    /// # Errors
    /// When the database cannot be made, a workbook of ours cannot be taken in, or the address is taken.
    pub(crate) async fn run(&self) -> anyhow::Result<Exit> {
        let mut config = self.place.settings()?;
        if self.place.data.is_none() {
            config.data.dir = PathBuf::from(FOLDER);
        }
        if let Some(listen) = &self.listen {
            config.server.listen.clone_from(listen);
        }
        let app = App::open(config).await?;
        let taken = prepare(&app).await?;
        let workbook = write_workbook(&app).await?;
        tell(&taken, &workbook);
        if self.no_serve {
            return Ok(Exit::Done);
        }
        tell_the_way_in(&app).await?;
        super::serve::serve(app).await
    }
}

async fn prepare(app: &App) -> anyhow::Result<Vec<Taken>> {
    let files = files::all()?;
    let steps = Steps::begin(files.len() + 2);
    steps.step("Chuẩn bị cơ sở dữ liệu và thông báo Quý I/2020");
    store::migrate::up(app.database.writer()).await?;
    let office = Caller { role: Role::Admin, ..Caller::local("demo") };
    seed(&app.database, &office, app.clock.now()).await?;
    let mut taken = Vec::with_capacity(files.len());
    for file in files {
        steps.step(&format!("Nạp {}", file.name));
        taken.push(take_in(app, &office, file).await?);
    }
    steps.step("Lập bảng tổng hợp");
    steps.end();
    Ok(taken)
}

/// Uploads and commits one workbook as a unit would, and confirms as the office would. A workbook that was committed on
/// an earlier run is left alone.
async fn take_in(app: &App, caller: &Caller, file: DemoFile) -> anyhow::Result<Taken> {
    let unit = store::unit::by_code_or_alias(app.database.reader(), &file.unit).await?;
    let unit = unit.with_context(|| format!("không có đơn vị {}", file.unit))?;
    let hash: String = Sha256::digest(file.bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    let committed = store::import::committed(app.database.reader(), unit.id, u64::MAX >> 1).await?;
    if committed.iter().any(|import| import.file_sha256 == hash) {
        let outcome = "đã nạp trước đây".to_owned();
        return Ok(Taken { unit, file, outcome, stored: 0, open: 0, confirmed: 0 });
    }
    let upload = Upload {
        unit: file.unit.clone(),
        file_name: Some(file.name.clone()),
        bytes: file.bytes.to_vec(),
        reported_on: Some(file.reported_on),
    };
    let Uploaded { import, plan, .. } = upload_import(app, caller, upload).await?;
    let wanted = CommitImport {
        id: import.id,
        plan_hash: plan.hash.clone(),
        idempotency_key: None,
        strict: false,
    };
    let outcome = match commit_import(app, caller, wanted).await? {
        Committed::Stored { .. } => "đã ghi",
        Committed::NoChange { .. } | Committed::Repeated { .. } => "không có thay đổi",
        Committed::Stale { .. } => "chưa ghi: dữ liệu vừa thay đổi",
    };
    let count = |wanted: &[Outcome]| plan.rows.iter().filter(|row| wanted.contains(&row.outcome)).count();
    let (stored, open) = (count(&[Outcome::Create]), count(&[Outcome::Ask, Outcome::Error, Outcome::Conflict]));
    let confirmed = if file.confirm { confirm(app, caller, &unit, &file).await? } else { 0 };
    Ok(Taken { unit, file, outcome: outcome.to_owned(), stored, open, confirmed })
}

async fn confirm(app: &App, caller: &Caller, unit: &unit::Model, file: &DemoFile) -> anyhow::Result<usize> {
    let assignments = store::assignment::of_unit(app.database.reader(), &Scope::All, unit.id).await?;
    let waiting = assignments.iter().filter(|row| row.progress == Progress::AwaitingConfirmation);
    let mut confirmed = 0;
    for assignment in waiting {
        let decision = RecordDecision {
            assignment: assignment.id,
            kind: DecisionKind::Confirm,
            decided_on: Some(file.reported_on),
            note: None,
            transferred_to: None,
        };
        record_decision(app, caller, decision).await?;
        confirmed += 1;
    }
    Ok(confirmed)
}

async fn write_workbook(app: &App) -> anyhow::Result<PathBuf> {
    let leader = Caller { role: Role::Leader, ..Caller::local("demo") };
    let export = export_consolidated(app, &leader, None, Base::Due).await?;
    let path = app.config.data.dir.join(WORKBOOK);
    write_whole(&path, &export.bytes).with_context(|| format!("không ghi được {}", path.display()))?;
    Ok(path)
}

/// Beside the place first, then moved there: nobody ever opens half a workbook.
fn write_whole(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let beside = path.with_extension("xlsx.moi");
    std::fs::write(&beside, bytes)?;
    std::fs::rename(beside, path)
}

fn tell(taken: &[Taken], workbook: &Path) {
    let rows: Vec<Vec<String>> = taken
        .iter()
        .map(|taken| {
            vec![
                taken.unit.code.clone(),
                taken.unit.name.clone(),
                taken.file.name.clone(),
                taken.outcome.clone(),
                taken.stored.to_string(),
                taken.open.to_string(),
                taken.confirmed.to_string(),
            ]
        })
        .collect();
    let head = ["Mã", "Đơn vị", "Tệp", "Kết quả", "Dòng ghi", "Cần xem", "Xác nhận"];
    print::line("");
    print::text(&print::table(&head, &rows));
    print::line("");
    print::line(&format!("Bảng tổng hợp: {}", workbook.display()));
}

/// A fresh token for each role; those of an earlier run end, so that no forgotten ones lie about.
async fn tell_the_way_in(app: &App) -> anyhow::Result<()> {
    let admin = Caller::local("demo");
    print::line("");
    print::line("Mã truy cập (chỉ hiện lần này):");
    let mut first = None;
    for role in Role::ALL {
        let label = format!("demo {role}");
        let known = store::caller::tokens(app.database.reader()).await?;
        if known.iter().any(|token| token.label == label && token.revoked_at.is_none()) {
            revoke_token(app, &admin, &label).await?;
        }
        let units = if role == Role::Unit { vec![UNIT.to_owned()] } else { Vec::new() };
        let wanted = CreateToken { label, role, units, lifetime_days: None };
        let (secret, _) = create_token(app, &admin, wanted).await?;
        let of = if role == Role::Unit { format!("{role} ({UNIT})") } else { role.to_string() };
        print::line(&format!("  {of:<10} {}", secret.reveal()));
        first.get_or_insert_with(|| secret.reveal().to_owned());
    }
    let address = &app.config.server.listen;
    print::line("");
    print::line(&format!("Máy chủ: http://{address}  (GraphiQL: http://{address}/graphiql; dừng: Ctrl-C)"));
    print::line("Thử hỏi:");
    print::line(&format!(
        "  curl -s -H 'Authorization: Bearer {}' -H 'Content-Type: application/json' \\\n    -d '{{\"query\": \"{QUERY}\"}}' http://{address}/graphql",
        first.unwrap_or_default()
    ));
    Ok(())
}
