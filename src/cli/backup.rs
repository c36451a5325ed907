//! `backup`: a copy of the database while it is in use.

use std::path::PathBuf;

use clap::Args;

use super::exit::Exit;
use super::place::Place;
use super::print;

/// Sao lưu cơ sở dữ liệu SQLite ra một tệp mới, không cần dừng máy chủ (PostgreSQL: dùng pg_dump)
#[derive(Debug, Args)]
pub(crate) struct Backup {
    /// Tệp để ghi; phải chưa có
    #[arg(value_name = "TỆP")]
    file: PathBuf,
    #[command(flatten)]
    place: Place,
}

impl Backup {
    /// Copies.
    ///
    /// # Errors
    /// When the file exists already, the disk refuses, or the database is PostgreSQL.
    pub(crate) async fn run(&self) -> anyhow::Result<Exit> {
        let app = self.place.open_as_it_is().await?;
        app.database.backup(&self.file).await?;
        print::line(&format!("Đã sao lưu vào {}", self.file.display()));
        Ok(Exit::Done)
    }
}
