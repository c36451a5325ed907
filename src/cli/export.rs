//! `export`: the sheet of a unit, the consolidated workbook.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args, Subcommand};

use super::exit::Exit;
use super::place::{Place, local};
use super::{code, file, print};
use crate::actions::export_workbook::{export_consolidated, export_sheet};
use crate::domain::date::official;
use crate::domain::statistics::Base;

/// Xuất bảng tính
#[derive(Debug, Args)]
pub(crate) struct Export {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Bảng của một đơn vị để điền và nạp lại
    Sheet {
        /// Mã đơn vị: mã tỉnh năm 2020 (“40”) hoặc tên viết tắt (“THH”)
        #[arg(long, value_name = "MÃ")]
        unit: String,
        /// Tệp để ghi
        #[arg(short, long, value_name = "TỆP")]
        output: PathBuf,
        #[command(flatten)]
        place: Place,
    },
    /// Bảng tổng hợp cho lãnh đạo
    Consolidated {
        /// Tệp để ghi
        #[arg(short, long, value_name = "TỆP")]
        output: PathBuf,
        /// Tính đến ngày (nếu không nêu: hôm nay)
        #[arg(long, value_name = "NGÀY", value_parser = code::day)]
        as_of: Option<NaiveDate>,
        /// Tỷ lệ tính trên mọi nhiệm vụ, thay vì trên nhiệm vụ đến hạn
        #[arg(long)]
        base_all: bool,
        #[command(flatten)]
        place: Place,
    },
}

impl Export {
    /// Makes the workbook and writes it.
    ///
    /// # Errors
    /// A unit that is not there, a day to come, a disk that refuses.
    pub(crate) async fn run(&self) -> anyhow::Result<Exit> {
        let (output, export) = match &self.what {
            What::Sheet { unit, output, place } => {
                let app = place.open().await?;
                (output, export_sheet(&app, &local(), unit).await?)
            }
            What::Consolidated { output, as_of, base_all, place } => {
                let app = place.open().await?;
                let base = if *base_all { Base::All } else { Base::Due };
                (output, export_consolidated(&app, &local(), *as_of, base).await?)
            }
        };
        file::write(output, &export.bytes)?;
        print::line(&format!("Đã ghi {} (tính đến {})", output.display(), official(export.as_of)));
        Ok(Exit::Done)
    }
}
