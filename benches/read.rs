//! Reading progress sheets to typed, recognised rows, against the bare streaming read of calamine over the same bytes.

#![expect(clippy::expect_used, reason = "a bench that cannot do its work must say so")]

#[expect(dead_code, reason = "each bench uses its part")]
mod made;

use std::io::Cursor;
use std::sync::OnceLock;

use calamine::{Reader as _, Xlsx};
use divan::{Bencher, black_box};
use giaoban::domain::refusal::Refusal;
use giaoban::import::reading::Reading;
use giaoban::import::{seeded, understand};
use giaoban::sheet::cell::Workbook;
use giaoban::workbook::event::{Event, Listener};
use giaoban::workbook::read::read;
use giaoban::workbook::sandbox::{Reader, Settings};

const LENGTHS: [u32; 2] = [10_000, 100_000];

fn main() {
    divan::main();
}

/// The sheet of this length; made once.
fn sheet(rows: u32) -> &'static [u8] {
    static SHEETS: [OnceLock<Vec<u8>>; 3] = [OnceLock::new(), OnceLock::new(), OnceLock::new()];
    let place = [50, 10_000, 100_000].iter().position(|known| *known == rows).expect("a known length");
    SHEETS[place].get_or_init(|| {
        let catalogue = seeded::catalogue(made::UNIT).expect("the founding notice");
        let tasks = catalogue.notices.iter().flat_map(|notice| &notice.tasks);
        let wordings: Vec<String> =
            tasks.filter(|task| !task.is_heading).map(|task| task.content.to_string()).collect();
        made::progress_sheet(rows, &wordings).expect("a workbook")
    })
}

fn in_child(bytes: &[u8]) -> Workbook {
    let program = Some(env!("CARGO_BIN_EXE_giaoban").into());
    Reader::new(Settings { program, ..Settings::default() }).read_blocking(bytes).expect("a reading")
}

fn recognised(bytes: &[u8]) -> Reading {
    let catalogue = seeded::catalogue(made::UNIT).expect("the founding notice");
    understand(&in_child(bytes), &catalogue).expect("a table of tasks")
}

/// The measure of all: every cell seen once by calamine, nothing kept.
#[divan::bench(args = LENGTHS, sample_count = 5, sample_size = 1)]
fn calamine_streaming(bencher: Bencher<'_, '_>, rows: u32) {
    let bytes = sheet(rows);
    bencher.bench_local(|| {
        let mut workbook = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
        let name = workbook.sheet_names()[0].clone();
        let mut cells = workbook.worksheet_cells_reader(&name).expect("a sheet");
        let mut seen = 0_usize;
        while let Some(cell) = cells.next_cell().expect("a cell") {
            black_box(&cell);
            seen += 1;
        }
        assert!(seen > 7 * rows as usize, "{seen} cells");
    });
}

/// The same by our reader, in this process.
#[divan::bench(args = LENGTHS, sample_count = 5, sample_size = 1)]
fn our_streaming(bencher: Bencher<'_, '_>, rows: u32) {
    struct Nobody(usize);
    impl Listener for Nobody {
        fn take(&mut self, event: Event<'_>) -> Result<(), Refusal> {
            self.0 += 1;
            black_box(&event);
            Ok(())
        }
    }
    let bytes = sheet(rows);
    bencher.bench_local(|| {
        let mut nobody = Nobody(0);
        read(bytes, &mut nobody).expect("a reading");
        nobody.0
    });
}

/// Through the child, to a workbook in memory.
#[divan::bench(args = LENGTHS, sample_count = 5, sample_size = 1)]
fn through_the_child(bencher: Bencher<'_, '_>, rows: u32) {
    let bytes = sheet(rows);
    bencher.bench_local(|| in_child(bytes));
}

/// All of it: child, recognition, values, links to tasks, findings.
#[divan::bench(args = LENGTHS, sample_count = 5, sample_size = 1)]
fn recognised_rows(bencher: Bencher<'_, '_>, rows: u32) {
    let bytes = sheet(rows);
    bencher.bench_local(|| {
        let reading = recognised(bytes);
        assert_eq!(reading.tables[0].rows.len(), rows as usize, "every row is a task");
        reading
    });
}

/// A usual sheet, process start included.
#[divan::bench(sample_count = 50, sample_size = 1)]
fn a_usual_sheet_of_50_rows(bencher: Bencher<'_, '_>) {
    let bytes = sheet(50);
    bencher.bench_local(|| recognised(bytes));
}
