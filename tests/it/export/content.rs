//! Contents to be written: small ones by hand, large ones by a rule.

use chrono::{DateTime, NaiveDate, Utc};
use giaoban::domain::assignment::AssignmentRole;
use giaoban::domain::percent::Percent;
use giaoban::domain::progress::Progress;
use giaoban::domain::standing::State;
use giaoban::export::consolidated::{AssignmentRow, Content, Group, Source, SourceFile, UnitBlock};
use giaoban::export::frame::Head;
use uuid::Uuid;

pub(super) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub(super) fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// A row with nothing but a task and its state.
pub(super) fn row(
    code: &str,
    progress: Progress,
    due: Option<&str>,
    completed_on: Option<&str>,
) -> AssignmentRow {
    AssignmentRow {
        code: code.to_owned(),
        content: format!("Nhiệm vụ {code}"),
        role: AssignmentRole::Lead,
        deadline_raw: due.map(|due| format!("hạn {due}")),
        state: State { progress, due: due.map(day), completed_on: completed_on.map(day) },
        percent: None,
        result: None,
        difficulties: None,
        proposals: None,
        note: None,
        source: None,
    }
}

pub(super) fn unit(name: &str, label: &str, group: Group, rows: Vec<AssignmentRow>) -> UnitBlock {
    UnitBlock {
        name: name.to_owned(),
        short_name: name.replace("Thông tin và Truyền thông tỉnh", "TTTT"),
        label: label.to_owned(),
        group,
        rows,
    }
}

/// A file of the unit behind a row.
pub(super) fn source(place: &str) -> Source {
    Source {
        reported_on: day("2020-04-14"),
        recorded_at: at("2020-04-14T03:25:00Z"),
        recorded_by: "so-40".to_owned(),
        file: Some(SourceFile {
            import_id: Uuid::from_u128(7),
            name: Some("Báo cáo tháng 4.xlsx".to_owned()),
            sha256: "ab".repeat(32),
            place: place.to_owned(),
        }),
        confirmed: None,
        cells: format!("Tình trạng: {}", place.rsplit('!').next().unwrap()),
    }
}

/// A workbook of these units as of 30/4/2020.
pub(super) fn workbook(units: Vec<UnitBlock>) -> Content {
    Content {
        head: Head {
            superior: Some("Bộ Thông tin và Truyền thông".to_owned()),
            body: "Văn phòng".to_owned(),
            place: Some("Hà Nội".to_owned()),
        },
        notices: vec!["Thông báo Kết luận Quý I năm 2020".to_owned()],
        as_of: day("2020-04-30"),
        made_at: at("2020-05-01T07:05:00Z"),
        base: giaoban::export::consolidated::Base::Due,
        units,
    }
}

/// One ministry unit and two departments in every standing.
pub(super) fn small() -> Content {
    use Progress::{
        AwaitingConfirmation, Completed, InProgress, NotStarted, Suspended, Transferred, Withdrawn,
    };
    let mut reported = row("VII.4-1", InProgress, Some("2020-04-30"), None);
    reported.percent = Percent::from_hundredths(6550);
    reported.result = Some("Đã ban hành Công văn số 125/STTTT-CNTT".to_owned());
    reported.source = Some(source("Biểu 1!F9"));
    let mut partner = row("II.1-3", NotStarted, Some("2020-03-31"), None);
    partner.role = AssignmentRole::Coordinating;
    workbook(vec![
        unit(
            "Cục Tin học hóa",
            "Cục THH",
            Group::Ministry,
            vec![
                row("III.1-1", Completed, Some("2020-03-15"), Some("2020-03-15")),
                row("III.1-2", Completed, Some("2020-03-15"), Some("2020-03-16")),
                row("III.1-3", AwaitingConfirmation, Some("2020-03-31"), Some("2020-04-02")),
                row("III.1-4", AwaitingConfirmation, Some("2020-03-31"), Some("2020-03-30")),
                row("III.1-5", Suspended, Some("2020-03-15"), None),
                row("III.1-6", Withdrawn, None, None),
                row("III.1-7", Transferred, None, None),
            ],
        ),
        unit(
            "Sở Thông tin và Truyền thông tỉnh Nghệ An",
            "40 Nghệ An",
            Group::Departments,
            vec![reported, row("VII.4-3", NotStarted, None, None), partner],
        ),
        unit(
            "Sở Thông tin và Truyền thông tỉnh Hà Tĩnh",
            "42 Hà Tĩnh",
            Group::Departments,
            vec![
                row("VII.4-1", NotStarted, Some("2020-04-29"), None),
                row("VII.4-3", NotStarted, None, None),
            ],
        ),
    ])
}

/// So many units with so many rows each, every standing in turn.
pub(super) fn large(units: u32, rows: u32) -> Content {
    let block = |number: u32| {
        let rows = (0..rows).map(|index| {
            let turn = usize::try_from((number * 7 + index * 3) % 35).unwrap();
            let progress = Progress::ALL[turn % 7];
            let due = [None, Some("2020-03-15"), Some("2020-04-30"), Some("2020-05-31"), Some("2020-12-31")];
            let done = matches!(progress, Progress::Completed | Progress::AwaitingConfirmation);
            let mut row = row(
                &format!("I.{number}-{index}"),
                progress,
                due[turn / 7],
                done.then_some(["2020-03-10", "2020-03-20", "2020-05-30"][turn % 3]),
            );
            if index % 9 == 8 {
                row.role = AssignmentRole::Coordinating;
            }
            row.result =
                (index % 2 == 0).then(|| "Đã triển khai tới các huyện, thành phố, thị xã. ".repeat(3));
            row.source = (index % 2 == 0).then(|| source("Trang!C7"));
            row
        });
        let group = if number.is_multiple_of(3) { Group::Ministry } else { Group::Departments };
        unit(&format!("Đơn vị số {number}"), &format!("{number:02} Đơn vị"), group, rows.collect())
    };
    workbook((0..units).map(block).collect())
}
