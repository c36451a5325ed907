//! `migrate`: the steps of the database.

use clap::{Args, Subcommand};

use super::exit::Exit;
use super::place::Place;
use super::print;
use crate::store::migrate;

/// Cập nhật cấu trúc cơ sở dữ liệu
#[derive(Debug, Args)]
pub(crate) struct Migrate {
    #[command(subcommand)]
    way: Way,
}

#[derive(Debug, Subcommand)]
enum Way {
    /// Thực hiện mọi bước còn thiếu
    Up {
        #[command(flatten)]
        place: Place,
    },
    /// Bỏ các bước cuối cùng, cùng dữ liệu trong bảng của chúng
    Down {
        /// Số bước
        #[arg(long, value_name = "SỐ", default_value_t = 1)]
        steps: u32,
        #[command(flatten)]
        place: Place,
    },
    /// Liệt kê các bước
    Status {
        /// In kết quả dạng JSON
        #[arg(long)]
        json: bool,
        #[command(flatten)]
        place: Place,
    },
}

impl Migrate {
    /// Whether a program reads the answer.
    pub(crate) fn json(&self) -> bool {
        matches!(self.way, Way::Status { json: true, .. })
    }

    /// Goes the way and lists the steps.
    ///
    /// # Errors
    /// When a step fails.
    pub(crate) async fn run(&self) -> anyhow::Result<Exit> {
        let (Way::Up { place } | Way::Down { place, .. } | Way::Status { place, .. }) = &self.way;
        let app = place.open_as_it_is().await?;
        match &self.way {
            Way::Up { .. } => migrate::up(app.database.writer()).await?,
            Way::Down { steps, .. } => migrate::down(app.database.writer(), *steps).await?,
            Way::Status { .. } => {}
        }
        let steps = migrate::status(app.database.reader()).await?;
        if self.json() {
            let list: Vec<_> = steps
                .iter()
                .map(|step| serde_json::json!({"name": step.name, "applied": step.applied}))
                .collect();
            print::line(&serde_json::Value::from(list).to_string());
        } else {
            let word = |applied| if applied { "đã có" } else { "chưa" }.to_owned();
            let rows: Vec<_> = steps.iter().map(|step| vec![step.name.clone(), word(step.applied)]).collect();
            print::text(&print::table(&["Bước", "Trạng thái"], &rows));
        }
        Ok(Exit::Done)
    }
}
