//! `check`: whether the stored data is whole.

use clap::Args;
use serde_json::json;

use super::exit::Exit;
use super::place::{Place, local};
use super::print;
use crate::actions::check_data::{Checked, check_data};
use crate::events::Chain;

/// Kiểm tra dữ liệu: tệp cơ sở dữ liệu, chuỗi nhật ký, và trạng thái hiện tại so với lịch sử
#[derive(Debug, Args)]
pub(crate) struct Check {
    /// In kết quả dạng JSON
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    place: Place,
}

impl Check {
    /// Checks everything; ends with failure when something is not whole.
    ///
    /// # Errors
    /// When the database does not answer.
    pub(crate) async fn run(&self) -> anyhow::Result<Exit> {
        let app = self.place.open().await?;
        let checked = check_data(&app, &local()).await?;
        let Checked { damage, chain, assignments, differing } = &checked;
        let (events, broken) = match chain {
            Chain::Whole { events } => (Some(*events), None),
            Chain::Broken { number } => (None, Some(*number)),
        };
        if self.json {
            let differing: Vec<_> = differing
                .iter()
                .map(|row| json!({ "assignment": row.assignment, "task": row.task, "unit": row.unit }))
                .collect();
            let answer = json!({
                "whole": checked.is_whole(), "damage": damage, "events": events, "chain_broken_at": broken,
                "assignments": assignments, "differing": differing,
            });
            print::line(&answer.to_string());
        } else {
            for line in damage {
                print::line(&format!("Hỏng trong cơ sở dữ liệu: {line}"));
            }
            match broken {
                None => print::line(&format!("Chuỗi nhật ký nguyên vẹn: {} sự kiện.", events.unwrap_or(0))),
                Some(number) => print::line(&format!("Chuỗi nhật ký bị đứt ở sự kiện số {number}.")),
            }
            for row in differing {
                print::line(&format!("Trạng thái khác lịch sử: nhiệm vụ {}, đơn vị {}.", row.task, row.unit));
            }
            if differing.is_empty() {
                print::line(&format!("Trạng thái của {assignments} nhiệm vụ được giao đúng với lịch sử."));
            }
        }
        Ok(if checked.is_whole() { Exit::Done } else { Exit::Internal })
    }
}
