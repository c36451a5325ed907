//! The sources of an assignment's figures in the words of the sheet "Nguồn số liệu".

use uuid::Uuid;

use super::consolidated::{Source, SourceFile};
use super::frame::official;
use crate::sheet::cell::cell_name;
use crate::store::provenance::{self, FileCell, Trace};

/// The last report, with the cells of every current figure. None when the report is not known.
pub(super) fn of_trace(trace: &Trace, last_report: Uuid) -> Option<Source> {
    let stated = trace.by_report.get(&last_report)?;
    let last = stated.first()?;
    let file = last.file.as_ref();
    // Whoever confirmed confirmed all that had been reported by then.
    let confirmed = trace.current.iter().find_map(|source| source.confirmed.as_ref());
    let cells =
        trace.current.iter().map(|source| format!("{}: {}", source.part.label(), place(source, file)));
    Some(Source {
        reported_on: last.day,
        recorded_at: last.at?,
        recorded_by: last.by.clone(),
        file: file.map(|file| source_file(file, stated)),
        confirmed: confirmed.map(|(by, day)| format!("{by}, {}", official(*day))),
        cells: cells.collect::<Vec<_>>().join("; "),
    })
}

fn source_file(file: &FileCell, stated: &[provenance::Source]) -> SourceFile {
    let cells = stated.iter().filter_map(|source| source.file.as_ref()?.cell);
    let first = cells.min_by_key(|(_, column)| *column).or(file.rows.map(|(row, _)| (row, 0)));
    let cell = first.map_or(String::new(), |(row, column)| cell_name(row, column));
    SourceFile {
        import_id: file.import.id,
        name: file.import.file_name.clone(),
        sha256: file.import.file_sha256.clone(),
        place: format!("{}!{cell}", file.sheet.as_deref().unwrap_or_default()),
    }
}

/// Where a figure stands: its cell, with the file where that is another than the row names.
fn place(source: &provenance::Source, row: Option<&FileCell>) -> String {
    let Some(file) = &source.file else {
        return match source.decision {
            Some(kind) => format!("{} ngày {}", kind.label().to_lowercase(), official(source.day)),
            None => format!("nhập trực tiếp ngày {}", official(source.day)),
        };
    };
    let cell = match (file.cell, file.rows) {
        (Some((row, column)), _) => cell_name(row, column),
        (None, _) if !source.is_stated => "theo ngày báo cáo".to_owned(),
        (None, Some((row, _))) => format!("dòng {}", row + 1),
        (None, None) => "không rõ ô".to_owned(),
    };
    let same = row.is_some_and(|row| row.import.id == file.import.id && row.sheet == file.sheet);
    if same {
        return cell;
    }
    let name = file.import.file_name.as_deref().unwrap_or("không tên");
    let sheet = file.sheet.as_deref().unwrap_or_default();
    format!("{cell} (tệp “{name}”, trang “{sheet}”, lần nạp {})", file.import.id)
}
