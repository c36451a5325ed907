//! Writing the consolidated workbook: 10,000 assignments of 83 units, and the sheet of one unit.

use chrono::{DateTime, NaiveDate, Utc};
use divan::{Bencher, black_box};
use giaoban::domain::assignment::AssignmentRole;
use giaoban::domain::percent::Percent;
use giaoban::domain::progress::Progress;
use giaoban::domain::standing::State;
use giaoban::export::consolidated::{
    self, AssignmentRow, Base, Content, Group, Source, SourceFile, UnitBlock,
};
use giaoban::export::frame::Head;
use uuid::Uuid;

const UNITS: usize = 83;

fn main() {
    divan::main();
}

fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2020, month, day).unwrap_or_default()
}

fn row(number: usize) -> AssignmentRow {
    let progress = Progress::ALL[number % Progress::ALL.len()];
    let done = matches!(progress, Progress::Completed | Progress::AwaitingConfirmation);
    AssignmentRow {
        code: format!("III.1-{number}"),
        content: "Đẩy mạnh triển khai Chính quyền điện tử, hướng tới Chính quyền số; bảo đảm an toàn thông tin mạng \
                  cho các hệ thống thông tin trên địa bàn."
            .to_owned(),
        role: AssignmentRole::Lead,
        deadline_raw: Some("trước 30/6/2020".to_owned()),
        state: State { progress, due: Some(day(4, 15)), completed_on: done.then(|| day(4, 10)) },
        percent: Percent::from_hundredths(6550),
        result: Some(format!("Đã ban hành Công văn số {number}/STTTT-CNTT ngày 10/3/2020 và tổ chức 02 lớp tập huấn.")),
        difficulties: None,
        proposals: None,
        note: None,
        source: Some(Source {
            reported_on: day(4, 14),
            recorded_at: DateTime::<Utc>::default(),
            recorded_by: "so-40".to_owned(),
            file: Some(SourceFile {
                import_id: Uuid::from_u128(7),
                name: Some("Báo cáo tháng 4.xlsx".to_owned()),
                sha256: "ab".repeat(32),
                place: format!("Biểu 1!F{number}"),
            }),
            confirmed: None,
            cells: format!("Tình trạng: F{number}; Tỷ lệ hoàn thành: G{number}; Kết quả: H{number}"),
        }),
    }
}

fn content(rows: usize) -> Content {
    let unit = |number: usize| UnitBlock {
        name: format!("Sở Thông tin và Truyền thông số {number}"),
        short_name: format!("Sở TTTT số {number}"),
        label: format!("{number:02} Đơn vị"),
        group: Group::Departments,
        rows: (number..rows).step_by(UNITS).map(row).collect(),
    };
    Content {
        head: Head { superior: None, body: "Văn phòng".to_owned(), place: None },
        notices: vec!["Thông báo Kết luận Quý I năm 2020".to_owned()],
        as_of: day(4, 30),
        made_at: DateTime::<Utc>::default(),
        base: Base::Due,
        units: (0..UNITS).map(unit).collect(),
    }
}

#[divan::bench(args = [1_000, 10_000], sample_count = 10)]
fn consolidated_workbook(bencher: Bencher<'_, '_>, rows: usize) {
    let content = content(rows);
    bencher.bench_local(|| consolidated::write(black_box(&content)));
}

#[divan::bench(args = [10_000], sample_count = 10)]
fn consolidated_pages_without_the_package(bencher: Bencher<'_, '_>, rows: usize) {
    let content = content(rows);
    bencher.bench_local(|| consolidated::book(black_box(&content)));
}
