//! Findings: what the reader noticed about a cell, a row or a workbook, stored or just made.

use async_graphql::Object;

use super::enums::Severity;
use crate::domain::finding::{self, FindingCode};
use crate::entities::import_finding;
use crate::sheet::cell::cell_name;

/// A finding; rows are 1-based as the workbook shows them.
pub(crate) struct Finding {
    code: String,
    severity: finding::Severity,
    sheet: Option<String>,
    row: Option<i32>,
    cell: Option<String>,
    detail: String,
}

impl From<&import_finding::Model> for Finding {
    fn from(row: &import_finding::Model) -> Finding {
        let place = row.row.zip(row.column);
        let place =
            place.and_then(|(row, column)| Some((u32::try_from(row).ok()?, u32::try_from(column).ok()?)));
        Finding {
            code: row.code.clone(),
            severity: row.severity,
            sheet: row.sheet.clone(),
            row: row.row.map(|row| row + 1),
            cell: place.map(|(row, column)| cell_name(row, column)),
            detail: row.detail.clone(),
        }
    }
}

impl From<&finding::Finding> for Finding {
    fn from(found: &finding::Finding) -> Finding {
        let place = found.row.zip(found.column);
        Finding {
            code: found.code.as_str().to_owned(),
            severity: found.code.severity(),
            sheet: found.sheet.clone(),
            row: found.row.and_then(|row| i32::try_from(row).ok()),
            cell: place.map(|(row, column)| cell_name(row.saturating_sub(1), column)),
            detail: found.detail.clone(),
        }
    }
}

impl Finding {
    /// The entry of the catalogue; none for a code of a later version of the program.
    fn catalogue(&self) -> Option<FindingCode> {
        FindingCode::ALL.iter().copied().find(|code| code.as_str() == self.code)
    }
}

/// Something noticed about a cell, a row or a workbook (phát hiện).
#[Object]
impl Finding {
    /// Stable code, such as percent_over_100 (mã phát hiện).
    async fn code(&self) -> &str {
        &self.code
    }

    /// How much it matters (mức độ).
    async fn severity(&self) -> Severity {
        self.severity.into()
    }

    /// Name of the sheet; null when it is about the workbook (tên trang tính).
    async fn sheet(&self) -> Option<&str> {
        self.sheet.as_deref()
    }

    /// Row as the workbook shows it (dòng).
    async fn row(&self) -> Option<i32> {
        self.row
    }

    /// Cell, where one is to blame: F12 (ô).
    async fn cell(&self) -> Option<&str> {
        self.cell.as_deref()
    }

    /// Raw text, other row or candidates that the sentence speaks of (chi tiết).
    async fn detail(&self) -> &str {
        &self.detail
    }

    /// One sentence in Vietnamese for the user (thông báo).
    async fn sentence(&self) -> Option<String> {
        self.catalogue().map(|code| code.sentence().replace("{}", &self.detail))
    }

    /// What to do about it, in Vietnamese (cách xử lý).
    async fn remedy(&self) -> Option<&'static str> {
        self.catalogue().map(FindingCode::remedy)
    }

    /// What it means, in English (giải thích).
    async fn gloss(&self) -> Option<&'static str> {
        self.catalogue().map(FindingCode::gloss)
    }
}
