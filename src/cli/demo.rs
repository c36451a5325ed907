//! `demo`: everything at once on an embedded database: seeds, workbooks of nine senders taken in, the office's
//! confirmations, the consolidated workbook, and a server to ask. A second run keeps what is there.

mod manifest;
mod take_in;

use std::path::PathBuf;

use anyhow::Context;
use clap::Args;

use super::exit::Exit;
use super::place::{Place, local};
use super::print::Steps;
use super::{file, print, serve};
use crate::actions::create_token::{CreateToken, create_token};
use crate::actions::export_workbook::export_consolidated;
use crate::actions::revoke_token::revoke_token;
use crate::actions::seed::seed;
use crate::app::App;
use crate::auth::secret::Secret;
use crate::config::Config;
use crate::domain::access::Role;
use crate::domain::assignment::AssignmentRole;
use crate::domain::date::official;
use crate::domain::standing::{Standing, standing};
use crate::domain::statistics::{Base, Counts};
use crate::store;
use crate::store::as_of::AsOf;
use crate::store::assignment::Filter;
use crate::telemetry;
use manifest::Manifest;
use take_in::Taken;

/// Days for which the demonstration's tokens are valid.
const TOKEN_DAYS: u32 = 30;
/// The department whose token is shown for the role `unit`.
const DEPARTMENT: &str = "38";

/// Trình diễn: dựng cơ sở dữ liệu nhúng, nạp các tệp mẫu, xuất bảng tổng hợp, rồi chạy máy chủ
#[derive(Debug, Args)]
pub(crate) struct Demo {
    /// Dừng sau khi xuất bảng tổng hợp, không chạy máy chủ
    #[arg(long)]
    no_serve: bool,
    /// Địa chỉ và cổng (nếu không nêu: 127.0.0.1:8080)
    #[arg(long, value_name = "ĐỊA_CHỈ")]
    listen: Option<String>,
    /// Thư mục dữ liệu (nếu không nêu: data/demo)
    #[arg(long, value_name = "THƯ_MỤC", default_value = "data/demo")]
    data: PathBuf,
    /// Cơ sở dữ liệu: địa chỉ postgres://... hoặc đường dẫn tệp SQLite (nếu không nêu: giaoban.sqlite trong thư mục dữ liệu)
    #[arg(long, value_name = "ĐỊA_CHỈ")]
    database: Option<String>,
}

impl Demo {
    /// Sets up, tells what was done, and serves.
    ///
    /// # Errors
    /// When the disk, the database or the address refuses.
    pub(crate) async fn run(&self) -> anyhow::Result<Exit> {
        let config = self.settings()?;
        telemetry::start(&config.log)?;
        // First of all, so that a port in use does not waste the work.
        let listener = match self.no_serve {
            true => None,
            false => Some(serve::listen(&config.server.listen).await?),
        };
        let app = App::open(config).await?;
        let begun = std::time::Instant::now();
        let workbook = self.set_up(&app).await?;
        print::line(&format!(
            "\nXong sau {:.1} giây. Bảng tổng hợp: {}",
            begun.elapsed().as_secs_f32(),
            workbook.display()
        ));
        let Some(listener) = listener else {
            app.database.close().await?;
            return Ok(Exit::Done);
        };
        let address = format!("http://{}", listener.local_addr()?);
        welcome(&app, &address).await?;
        serve::until_stopped(app, listener).await?;
        Ok(Exit::Done)
    }

    fn settings(&self) -> anyhow::Result<Config> {
        let place = Place { config: None, database: self.database.clone(), data: Some(self.data.clone()) };
        let mut config = place.settings()?;
        if let Some(listen) = &self.listen {
            config.server.listen.clone_from(listen);
        }
        Ok(config)
    }

    /// Seeds, takes in, confirms, exports, and prints it as tables; gives the workbook's place.
    async fn set_up(&self, app: &App) -> anyhow::Result<PathBuf> {
        let manifest = Manifest::embedded()?;
        let steps = Steps::begin(manifest.imports.len() + 2, false);
        steps.step("Dựng cơ sở dữ liệu và nạp dữ liệu kèm theo");
        store::migrate::up(app.database.writer()).await?;
        seed(&app.database, &local(), app.clock.now()).await?;
        let mut taken = Vec::new();
        for entry in &manifest.imports {
            steps.step(&format!("Nạp {}", entry.file));
            let result = take_in::take_in(app, entry).await;
            taken.push(result.with_context(|| format!("không nạp được {}", entry.file))?);
        }
        steps.step("Xuất bảng tổng hợp");
        let workbook = app.config.data.dir.join("tong-hop.xlsx");
        let export = export_consolidated(app, &local(), None, Base::Due).await?;
        std::fs::create_dir_all(&app.config.data.dir)?;
        file::write(&workbook, &export.bytes)?;
        steps.end();
        print_taken(&taken);
        print_standings(app).await?;
        Ok(workbook)
    }
}

fn print_taken(taken: &[Taken]) {
    let rows: Vec<_> = taken.iter().map(Taken::cells).collect();
    print::line("");
    print::text(&print::table(&Taken::HEAD, &rows));
}

/// The figures of today, the same that GraphQL and the workbook show.
async fn print_standings(app: &App) -> anyhow::Result<()> {
    let as_of = AsOf::today(app.clock.today());
    let scope = local().scope();
    let leads = Filter { roles: vec![AssignmentRole::Lead], ..Filter::default() };
    let states = store::statistics::states(app.database.reader(), &scope, &leads, as_of).await?;
    let counts = Counts::of(states.into_iter().map(|(_, state)| standing(state, as_of.date())));
    let rows: Vec<_> = Standing::ALL
        .iter()
        .map(|standing| vec![standing.label().to_owned(), counts.get(*standing).to_string()])
        .collect();
    print::line(&format!("\n{} lượt giao chủ trì, tính đến {}:\n", counts.total(), official(as_of.date())));
    print::text(&print::table(&["Phân loại", "Số"], &rows));
    Ok(())
}

/// Where to go, with what, and what to ask.
async fn welcome(app: &App, address: &str) -> anyhow::Result<()> {
    print::line(&format!(
        "\nĐịa chỉ: {address}   Thử truy vấn: {address}/graphiql\n\nMã truy cập ({TOKEN_DAYS} ngày):\n"
    ));
    let mut rows = Vec::new();
    let mut analyst = String::new();
    for role in Role::ALL {
        let secret = fresh_token(app, role).await?;
        let whose = if role == Role::Unit { format!("{role} (mã {DEPARTMENT})") } else { role.to_string() };
        rows.push(vec![whose, secret.reveal().to_owned()]);
        if role == Role::Analyst {
            analyst = secret.reveal().to_owned();
        }
    }
    print::text(&print::table(&["Vai trò", "Mã"], &rows));
    print::line(&format!("\nMột truy vấn để dán vào dòng lệnh:\n\n{}\n", query(address, &analyst)));
    print::line("Ctrl-C để dừng.");
    Ok(())
}

fn query(address: &str, token: &str) -> String {
    format!(
        "curl -s {address}/graphql -H 'Authorization: Bearer {token}' -H 'Content-Type: application/json' \\\n     \
         -d '{{\"query\": \"{{ statistics {{ asOf totals {{ total counts {{ completedOnTime completedLate openInTime openOverdue openNoDeadline }} }} }} }}\"}}'"
    )
}

/// A token of this role; the one of the run before is ended, since nobody can show it again.
async fn fresh_token(app: &App, role: Role) -> anyhow::Result<Secret> {
    let label = format!("demo {role}");
    let tokens = store::caller::tokens(app.database.reader()).await?;
    for old in tokens.iter().filter(|token| token.label == label && token.revoked_at.is_none()) {
        revoke_token(app, &local(), &old.id.to_string()).await?;
    }
    let units = if role == Role::Unit { vec![DEPARTMENT.to_owned()] } else { Vec::new() };
    let wanted = CreateToken { label, role, units, lifetime_days: Some(TOKEN_DAYS) };
    Ok(create_token(app, &local(), wanted).await?.0)
}
