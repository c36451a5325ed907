//! Where a command works: the settings in force after file, environment and flags.

use std::path::PathBuf;

use clap::Args;

use crate::config::Config;

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
}
