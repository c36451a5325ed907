//! `annotate`: the sender's own file with the findings marked in it.

use std::path::PathBuf;

use clap::Args;
use uuid::Uuid;

use super::exit::Exit;
use super::place::{Place, local};
use super::{file, print};
use crate::actions::annotate_import::annotate_import;

/// Ghi lại tệp gốc của một lần nạp, có đánh dấu các phát hiện ngay tại ô
#[derive(Debug, Args)]
pub(crate) struct Annotate {
    /// Mã lần nạp
    #[arg(value_name = "MÃ_LẦN_NẠP")]
    id: Uuid,
    /// Tệp để ghi (nếu không nêu: tên tệp gốc thêm “ - phát hiện”, ở thư mục đang đứng)
    #[arg(short, long, value_name = "TỆP")]
    output: Option<PathBuf>,
    #[command(flatten)]
    place: Place,
}

impl Annotate {
    /// Makes the file and writes it.
    ///
    /// # Errors
    /// An import that is not there or whose file was refused, a disk that refuses.
    pub(crate) async fn run(&self) -> anyhow::Result<Exit> {
        let app = self.place.open().await?;
        let annotated = annotate_import(&app, &local(), self.id).await?;
        let output = self.output.clone().unwrap_or_else(|| PathBuf::from(&annotated.file_name));
        file::write(&output, &annotated.bytes)?;
        print::line(&format!("Đã ghi {}", output.display()));
        Ok(Exit::Done)
    }
}
