//! Where a command works: the settings in force after file, environment and flags, and the program opened with them.

use std::path::PathBuf;

use anyhow::bail;
use clap::Args;
use sea_orm::DbBackend;

use crate::actions::seed::seed;
use crate::app::App;
use crate::config::Config;
use crate::domain::access::Caller;
use crate::store::migrate;

/// Flags of every command that touches the database.
#[derive(Clone, Debug, Default, Args)]
pub(crate) struct Place {
    /// Tệp cấu hình (nếu không nêu: giaoban.toml ở thư mục đang đứng, nếu có)
    #[arg(long, value_name = "TỆP")]
    pub(crate) config: Option<PathBuf>,
    /// Cơ sở dữ liệu: địa chỉ postgres://... hoặc đường dẫn tệp SQLite (nếu không nêu: giaoban.sqlite trong thư mục dữ liệu)
    #[arg(long, value_name = "ĐỊA_CHỈ")]
    pub(crate) database: Option<String>,
    /// Thư mục dữ liệu (nếu không nêu: data)
    #[arg(long, value_name = "THƯ_MỤC")]
    pub(crate) data: Option<PathBuf>,
}

/// Who works at the command line: whoever may open the database may do everything with it.
pub(crate) fn local() -> Caller {
    Caller::local("dòng lệnh")
}

impl Place {
    /// The settings in force.
    ///
    /// # Errors
    /// When the file or the environment holds something that is no setting.
    pub(crate) fn settings(&self) -> anyhow::Result<Config> {
        let mut config = Config::load(self.config.as_deref())?;
        if let Some(data) = &self.data {
            config.data.dir.clone_from(data);
        }
        if let Some(database) = &self.database {
            config.database.url.clone_from(database);
        }
        Ok(config)
    }

    /// The program over its database, whatever state that is in.
    ///
    /// # Errors
    /// When the database is out of reach.
    pub(crate) async fn open_as_it_is(&self) -> anyhow::Result<App> {
        App::open(self.settings()?).await
    }

    /// The program over a database that is ready. A SQLite file that is new is migrated and seeded on the way; an older
    /// one, or PostgreSQL, waits for the person who looks after it.
    ///
    /// # Errors
    /// When the database is out of reach or not migrated.
    pub(crate) async fn open(&self) -> anyhow::Result<App> {
        let app = self.open_as_it_is().await?;
        prepared(app).await
    }
}

/// See [`Place::open`].
///
/// # Errors
/// When the database is not migrated.
pub(crate) async fn prepared(app: App) -> anyhow::Result<App> {
    let steps = migrate::status(app.database.reader()).await?;
    if steps.iter().all(|step| step.applied) {
        return Ok(app);
    }
    if app.database.backend() == DbBackend::Sqlite && steps.iter().all(|step| !step.applied) {
        migrate::up(app.database.writer()).await?;
        seed(&app.database, &local(), app.clock.now()).await?;
        return Ok(app);
    }
    let missing = steps.iter().filter(|step| !step.applied).count();
    bail!("cơ sở dữ liệu còn thiếu {missing} bước cập nhật: chạy “giaoban migrate up”, rồi “giaoban seed”")
}
