//! The sender's own file back, with what was found marked in its cells. Writes nothing.

use std::collections::BTreeMap;
use std::sync::Arc;

use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::planning::{Planned, planned};
use crate::app::App;
use crate::domain::access::{Caller, Permission, Scope};
use crate::domain::date::official;
use crate::domain::finding::Severity;
use crate::domain::history::Part;
use crate::domain::import::RowOutcome;
use crate::domain::refusal::Refusal;
use crate::entities::import;
use crate::error::{Code, Error, Result};
use crate::import::annotate::{Context, intro, marks};
use crate::sheet::annotation;
use crate::sheet::cell::Workbook;
use crate::store;
use crate::workbook::copy::copy;
use crate::workbook::patch::{self, Mark};

/// The annotated file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Annotated {
    /// An .xlsx, or an .xlsm when the sender's file is one.
    pub bytes: Vec<u8>,
    /// The sender's name for the file, with "phát hiện" before its ending.
    pub file_name: String,
    /// Whether it holds macros (.xlsm).
    pub macros: bool,
}

/// The original of an import with its findings, conflicts and open questions marked in the cells. A file that is no
/// .xlsx or .xlsm comes back as a new .xlsx with the same cells.
///
/// # Errors
/// `FORBIDDEN`; `NOT_FOUND` outside the scope; `IMPORT_STATE` for a file that was refused: nothing of it could be read,
/// so there is nothing to mark.
pub async fn annotate_import(app: &App, caller: &Caller, id: Uuid) -> Result<Annotated> {
    caller.require(Permission::Read)?;
    let scope = caller.scope();
    let moment = app.database.snapshot().await?;
    let import = super::import_in_scope(&moment, &scope, id).await?;
    if let Some(code) = &import.refusal {
        return Err(refused(code));
    }
    let bytes = store::import::bytes(&moment, &import).await?.ok_or_else(|| super::absent("import"))?;
    let found = planned(&moment, &scope, import).await?;
    let told = told(&moment, &found).await?;
    moment.rollback().await?;
    let marks = marks_of(&found, &told);
    let work = Work { bytes, marks, name: name_of(&found.import) };
    if patch::is_patchable(&work.bytes) {
        return work.off_the_server_threads(Work::patched).await;
    }
    let mut workbook = app.reader.read(work.bytes.clone()).await.map_err(Error::from)?;
    workbook.name_after(found.import.file_name.as_deref().unwrap_or_default());
    work.off_the_server_threads(move |work| work.copied(&workbook)).await
}

fn refused(code: &str) -> Error {
    let why = Refusal::parse(code).map_or(String::new(), |refusal| format!(" {refusal}"));
    let sentence = format!("Tệp này không đọc được nên không có ô nào để đánh dấu.{why}");
    Error::with(Code::ImportState, sentence)
}

/// Who gave the stored values of the rows in conflict, and when.
async fn told(db: &impl ConnectionTrait, found: &Planned) -> Result<BTreeMap<(Arc<str>, Part), String>> {
    let in_conflict = found.plan.rows.iter().filter(|row| row.outcome == RowOutcome::Conflict);
    let tasks: BTreeMap<Uuid, &Arc<str>> = in_conflict
        .filter_map(|row| {
            let code = row.task.as_ref()?;
            Some((found.snapshot.tasks.get(code)?.assignment?, code))
        })
        .collect();
    let ids: Vec<Uuid> = tasks.keys().copied().collect();
    let scope = Scope::Units([found.unit.id].into());
    let traces = store::provenance::of_assignments(db, &scope, &ids, found.import.reported_on).await?;
    let mut told = BTreeMap::new();
    for (id, trace) in traces {
        let Some(code) = tasks.get(&id) else { continue };
        for source in trace.current {
            let words = format!("{}, {}", source.by, official(source.day));
            told.insert(((*code).clone(), source.part), words);
        }
    }
    Ok(told)
}

fn marks_of(found: &Planned, told: &BTreeMap<(Arc<str>, Part), String>) -> Vec<Mark> {
    let tasks: BTreeMap<&str, &str> =
        found.plan.named.iter().map(|(code, task)| (code.as_ref(), task.content.as_ref())).collect();
    let context = Context { state: found.import.state, rows: &found.rows, tasks: &tasks, told };
    marks(&found.plan, context)
}

fn name_of(import: &import::Model) -> String {
    import.file_name.clone().filter(|name| !name.is_empty()).unwrap_or_else(|| import.id.to_string())
}

struct Work {
    bytes: Vec<u8>,
    marks: Vec<Mark>,
    name: String,
}

impl Work {
    /// Marking a large file takes a while; the server's own threads go on meanwhile.
    async fn off_the_server_threads(
        self,
        work: impl FnOnce(Work) -> Result<Annotated> + Send + 'static,
    ) -> Result<Annotated> {
        tokio::task::spawn_blocking(move || work(self)).await.map_err(Error::internal)?
    }

    fn patched(self) -> Result<Annotated> {
        let bytes = patch::annotate(&self.bytes, &self.marks, &intro(&self.name, &self.marks))?;
        let macros = patch::has_macros(&bytes);
        Ok(Annotated {
            file_name: file_name(&self.name, if macros { "xlsm" } else { "xlsx" }),
            bytes,
            macros,
        })
    }

    fn copied(mut self, workbook: &Workbook) -> Result<Annotated> {
        let workbook = annotation::unmarked(workbook);
        let copied = copy(&workbook).map_err(Error::internal)?;
        let renamed: BTreeMap<&str, &String> =
            workbook.sheets.iter().map(|sheet| sheet.name.as_str()).zip(&copied.names).collect();
        for mark in &mut self.marks {
            if let Some(name) = mark.sheet.as_deref().and_then(|name| renamed.get(name)) {
                mark.sheet = Some((*name).clone());
            }
        }
        self.marks.extend(copied.cut.iter().map(|place| text_cut(&copied.names, *place)));
        let mut intro = intro(&self.name, &self.marks);
        intro.push(
            "Tệp gốc không phải .xlsx; đây là bản chép cùng các ô, giá trị, định dạng số và ô gộp. Công thức được thay \
             bằng kết quả."
                .to_owned(),
        );
        let bytes = patch::annotate(&copied.bytes, &self.marks, &intro)?;
        Ok(Annotated { bytes, file_name: file_name(&self.name, "xlsx"), macros: false })
    }
}

/// A text that no .xlsx can hold: sent back, the copy would replace the whole text by its beginning.
fn text_cut(names: &[String], (sheet, row, column): (usize, u32, u32)) -> Mark {
    Mark {
        sheet: names.get(sheet).cloned(),
        row: Some(row),
        column: Some(column),
        severity: Severity::Warning,
        code: "text_cut".to_owned(),
        sentence: "Ô này dài hơn 32.767 ký tự, mức dài nhất của Excel, nên bản chép chỉ giữ phần đầu."
            .to_owned(),
        remedy: "Sửa ô này trong tệp gốc rồi gửi tệp gốc, hoặc rút gọn lời báo cáo.".to_owned(),
    }
}

/// "Báo cáo.xls" becomes "Báo cáo - phát hiện.xlsx". A name that bears our words already keeps them once.
fn file_name(original: &str, ending: &str) -> String {
    const WORDS: &str = " - phát hiện";
    let stem = original.rsplit_once('.').map_or(original, |(stem, _)| stem);
    format!("{}{WORDS}.{ending}", stem.strip_suffix(WORDS).unwrap_or(stem))
}

#[cfg(test)]
mod tests {
    use super::file_name;

    #[test]
    fn the_name_stays_the_senders_with_our_words_once() {
        assert_eq!(file_name("Báo cáo quý I.2020.xls", "xlsx"), "Báo cáo quý I.2020 - phát hiện.xlsx");
        assert_eq!(file_name("a - phát hiện.xlsm", "xlsm"), "a - phát hiện.xlsm");
        assert_eq!(file_name("không đuôi", "xlsx"), "không đuôi - phát hiện.xlsx");
    }
}
