//! A report by hand: what a unit says about one of its assignments.

use chrono::NaiveDate;
use uuid::Uuid;

use super::chronicle;
use crate::app::App;
use crate::domain::access::{Caller, Permission};
use crate::domain::change::is_clear_word;
use crate::domain::history::{Entry, Part, Stated, What};
use crate::domain::progress::Progress;
use crate::entities::{assignment, report};
use crate::error::{Code, Error, Result};
use crate::events::Draft;
use crate::import::apply::{Origin, payload, report_row};
use crate::store;

/// The longest text of a report, in UTF-16 units: what one cell of a workbook can hold.
pub const LONGEST_TEXT: usize = 32_767;

/// What is reported.
#[derive(Clone, Debug)]
pub struct RecordReport {
    /// The assignment.
    pub assignment: Uuid,
    /// The day the report speaks of; today when not given.
    pub reported_on: Option<NaiveDate>,
    /// What is stated. A text "(xoá)" clears, an empty one says nothing.
    pub stated: Stated,
}

/// Records a report.
///
/// # Errors
/// `FORBIDDEN`; `NOT_FOUND` outside the scope; `INVALID_INPUT` for a day to come, a state that only the office gives,
/// a day of completion without "completed" or after the report, a text too long, or when nothing is stated.
pub async fn record_report(
    app: &App,
    caller: &Caller,
    wanted: RecordReport,
) -> Result<(report::Model, assignment::Model)> {
    caller.require(Permission::Report)?;
    let reported_on = chronicle::day_not_after_today(app, wanted.reported_on, "reported_on")?;
    let stated = checked(wanted.stated, reported_on)?;
    let (transaction, mut log) = super::begin(app, caller).await?;
    let (assignment, task) =
        super::assignment_in_scope(&transaction, &caller.scope(), wanted.assignment).await?;
    let id = store::write::new_id();
    let number = log.record(Draft {
        kind: "report.recorded",
        subject: "assignment",
        subject_id: Some(assignment.id),
        unit_id: Some(assignment.unit_id),
        import_id: None,
        place: None,
        payload: payload(id, reported_on, &stated),
    });
    let mut entries = chronicle::entries(&transaction, assignment.id).await?;
    let moment = (reported_on, log.at(), number);
    let row = report_row(
        (id, assignment.id, assignment.unit_id),
        moment,
        (&caller.name, &stated),
        Origin::default(),
    );
    entries.push(Entry {
        day: reported_on,
        number,
        what: What::Report { id, stated, retractions: Vec::new() },
    });
    let assignment = chronicle::bring_up_to_date(&transaction, (assignment, &task), &entries).await?;
    store::write::insert_all::<report::Model>(&transaction, vec![row.clone()]).await?;
    super::finish(app, transaction, log).await?;
    Ok((row, assignment))
}

fn checked(mut stated: Stated, reported_on: NaiveDate) -> Result<Stated> {
    let invalid = |sentence: &str, field: &str| Err(Error::with(Code::InvalidInput, sentence).field(field));
    stated.progress = match stated.progress {
        Some(Progress::AwaitingConfirmation) => Some(Progress::Completed),
        Some(progress) if !progress.may_be_reported() => {
            return invalid("Tình trạng này do Văn phòng Bộ quyết định, đơn vị không báo cáo.", "progress");
        }
        progress => progress,
    };
    if stated.cleared.contains(&Part::Progress) {
        return invalid(
            "Tình trạng không xoá được; nêu tình trạng mới, hoặc bỏ trống để giữ nguyên.",
            "clear",
        );
    }
    if let Some(day) = stated.completed_on {
        if stated.progress != Some(Progress::Completed) {
            return invalid("Ngày hoàn thành chỉ đi cùng tình trạng “Đã hoàn thành”.", "completed_on");
        }
        if day > reported_on {
            return invalid("Ngày hoàn thành không được sau ngày báo cáo.", "completed_on");
        }
    }
    let texts = [
        (Part::Result, &mut stated.result),
        (Part::Difficulties, &mut stated.difficulties),
        (Part::Proposals, &mut stated.proposals),
        (Part::Note, &mut stated.note),
    ];
    for (part, text) in texts {
        let Some(written) = text else { continue };
        if written.encode_utf16().count() > LONGEST_TEXT || written.contains('\0') {
            return invalid(
                "Nội dung quá dài (trên 32.767 ký tự) hoặc có ký tự không hợp lệ.",
                part.as_str(),
            );
        }
        if is_clear_word(written) {
            stated.cleared.insert(part);
            *text = None;
        } else if written.trim().is_empty() {
            *text = None;
        }
    }
    if stated == Stated::default() {
        return invalid("Báo cáo chưa có nội dung nào.", "stated");
    }
    Ok(stated)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2020, 4, day).unwrap()
    }

    #[test]
    fn what_a_unit_may_not_state_is_refused_with_its_field() {
        let progress = |progress| Stated { progress: Some(progress), ..Stated::default() };
        let done = |on| Stated { completed_on: Some(day(on)), ..progress(Progress::Completed) };
        let table = [
            ("nothing", Stated::default(), Err("stated")),
            ("blanks only", Stated { note: Some(" \n".into()), ..Stated::default() }, Err("stated")),
            ("suspended", progress(Progress::Suspended), Err("progress")),
            ("awaiting is what completed means", progress(Progress::AwaitingConfirmation), Ok(())),
            ("completed on the day of the report", done(15), Ok(())),
            ("completed tomorrow", done(16), Err("completed_on")),
            ("a day alone", Stated { completed_on: Some(day(3)), ..Stated::default() }, Err("completed_on")),
            (
                "progress cleared",
                Stated { cleared: [Part::Progress].into(), ..progress(Progress::Completed) },
                Err("clear"),
            ),
            (
                "too long",
                Stated { result: Some("a".repeat(32_768).into()), ..Stated::default() },
                Err("result"),
            ),
            (
                "as long as a cell",
                Stated { result: Some("a".repeat(32_767).into()), ..Stated::default() },
                Ok(()),
            ),
        ];
        for (what, stated, expected) in table {
            let found = checked(stated, day(15)).map(|_| ()).map_err(|error| error.field.unwrap_or_default());
            assert_eq!(found, expected.map_err(str::to_owned), "{what}");
        }
    }

    #[test]
    fn the_clearing_word_clears_here_too() {
        let stated = checked(Stated { note: Some("(xoá)".into()), ..Stated::default() }, day(1)).unwrap();
        assert_eq!((stated.note, stated.cleared), (None, [Part::Note].into()));
    }
}
