//! `seed`: lays what the program ships with into the database.

use clap::Args;

use super::exit::Exit;
use super::place::{Place, local};
use super::print;
use crate::actions::seed::seed;

/// Nạp dữ liệu kèm theo chương trình: tỉnh, đơn vị, thông báo đầu tiên (chạy lại không đổi gì)
#[derive(Debug, Args)]
pub(crate) struct Seed {
    #[command(flatten)]
    place: Place,
}

impl Seed {
    /// Seeds.
    ///
    /// # Errors
    /// When the database is out of reach or not migrated.
    pub(crate) async fn run(&self) -> anyhow::Result<Exit> {
        let app = self.place.open_as_it_is().await?;
        let loaded = seed(&app.database, &local(), app.clock.now()).await?;
        let rows = [
            ("Tỉnh, thành phố", loaded.provinces),
            ("Đơn vị", loaded.units),
            ("Thông báo", loaded.notices),
            ("Nhiệm vụ", loaded.tasks),
            ("Giao nhiệm vụ", loaded.assignments),
        ];
        let rows: Vec<_> = rows.map(|(what, count)| vec![what.to_owned(), count.to_string()]).into();
        print::text(&print::table(&["Thêm mới", "Số"], &rows));
        Ok(Exit::Done)
    }
}
