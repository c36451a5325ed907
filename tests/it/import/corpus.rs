//! Forty and more layouts beyond the samples, from combinations of traps; and properties: nothing about a layout changes
//! what is extracted.

use giaoban::sheet::column::Field::{self, Content, Deadline, LeadUnit, Note, Percent, Result, Status, Stt};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use super::layouts::{
    DeadlineStyle, Form, Layout, PercentStyle, StatusStyle, TextStyle, expected, extracted,
};
use super::table::read;

fn holds(layout: &Layout) -> std::result::Result<(), String> {
    let reading = read("86", &layout.workbook()).map_err(|code| format!("refused: {code}"))?;
    let (mut got, mut want) = (extracted(&reading), expected(layout));
    if layout.status == StatusStyle::Sections {
        got.sort();
        want.sort();
    }
    if got == want {
        Ok(())
    } else {
        Err(format!(
            "{layout:#?}\nread {got:#?}\nexpected {want:#?}\n{:#?}",
            reading.tables.iter().map(|t| &t.columns).collect::<Vec<_>>()
        ))
    }
}

/// The layouts of the corpus, each with its trap.
fn corpus() -> Vec<(&'static str, Layout)> {
    [around_the_table(), values(), columns(), forms(), vec![everything_at_once()]].concat()
}

fn around_the_table() -> Vec<(&'static str, Layout)> {
    let plain = Layout::plain;
    vec![
        ("plain", plain()),
        ("no title", Layout { titles: 0, ..plain() }),
        ("many titles", Layout { titles: 9, ..plain() }),
        ("begins in column D", Layout { left: 3, ..plain() }),
        ("two heading rows", Layout { split: true, ..plain() }),
        ("column numbers", Layout { column_numbers: true, ..plain() }),
        ("two heading rows and column numbers", Layout { split: true, column_numbers: true, ..plain() }),
        ("blank rows", Layout { blank_every: 2, ..plain() }),
        ("heading repeated", Layout { repeat_every: 3, ..plain() }),
        ("heading repeated with column numbers", Layout { repeat_every: 3, column_numbers: true, ..plain() }),
        ("capitals", Layout { capitals: true, ..plain() }),
        ("total row", Layout { total: true, ..plain() }),
        ("signature", Layout { signature: true, ..plain() }),
        ("empty numbers", Layout { empty_numbers: 12, ..plain() }),
        ("strange columns", Layout { strange_columns: true, ..plain() }),
        ("results in two rows", Layout { two_rows: true, ..plain() }),
        ("marks", Layout { status: StatusStyle::Marks, ..plain() }),
        (
            "marks with column numbers",
            Layout { status: StatusStyle::Marks, column_numbers: true, left: 1, ..plain() },
        ),
        ("marks and results in two rows", Layout { status: StatusStyle::Marks, two_rows: true, ..plain() }),
        ("statuses as abbreviations with a legend", Layout { status: StatusStyle::Codes, ..plain() }),
        (
            "statuses as numbers with a list",
            Layout { status: StatusStyle::Numbers, signature: true, total: true, ..plain() },
        ),
        ("statuses as sections", Layout { status: StatusStyle::Sections, ..plain() }),
    ]
}

fn forms() -> Vec<(&'static str, Layout)> {
    let plain = Layout::plain;
    let texts = |layout: Layout| {
        Layout { status: StatusStyle::Texts, ..layout }.order(&[Stt, Content, LeadUnit, Deadline, Status])
    };
    vec![
        ("cards", Layout { form: Form::Cards, ..plain() }),
        ("cards with percents as text", Layout { form: Form::Cards, percent: PercentStyle::Text, ..plain() }),
        ("two tables beside each other", Layout { form: Form::Beside, ..plain() }),
        (
            "two tables beside each other with marks",
            Layout { form: Form::Beside, status: StatusStyle::Marks, total: true, ..plain() },
        ),
        ("months", Layout { periods: MONTHS, ..plain() }),
        ("quarters", Layout { periods: QUARTERS, split: true, ..plain() }),
        ("texts under statuses", texts(plain())),
        ("texts under statuses with column numbers", texts(Layout { column_numbers: true, ..plain() })),
        ("totals of groups", Layout { groups: 3, ..plain() }),
        (
            "totals of groups and marks",
            Layout { groups: 2, status: StatusStyle::Marks, total: true, ..plain() },
        ),
    ]
}

const MONTHS: Option<[&str; 2]> = Some(["tháng 3", "tháng 4"]);
const QUARTERS: Option<[&str; 2]> = Some(["quý I/2020", "quý II/2020"]);

fn values() -> Vec<(&'static str, Layout)> {
    let plain = Layout::plain;
    vec![
        ("percents formatted", Layout { percent: PercentStyle::Formatted, ..plain() }),
        ("percents as bare fractions", Layout { percent: PercentStyle::BareFraction, ..plain() }),
        ("percents as text", Layout { percent: PercentStyle::Text, ..plain() }),
        ("percents in words", Layout { percent: PercentStyle::Words, ..plain() }),
        ("date cells", Layout { deadline: DeadlineStyle::DateCell, ..plain() }),
        ("serial numbers", Layout { deadline: DeadlineStyle::Serial, ..plain() }),
        ("days with dashes", Layout { deadline: DeadlineStyle::Dashes, ..plain() }),
        ("days in words", Layout { deadline: DeadlineStyle::Long, ..plain() }),
        ("decomposed text", Layout { text: TextStyle::Decomposed, ..plain() }),
        ("hard blanks", Layout { text: TextStyle::HardBlanks, ..plain() }),
        ("eth for đ", Layout { text: TextStyle::Eth, ..plain() }),
    ]
}

fn columns() -> Vec<(&'static str, Layout)> {
    let plain = Layout::plain;
    vec![
        ("no number column", plain().order(&[Content, LeadUnit, Deadline, Status, Percent, Result])),
        ("note first", with_note(plain().order(&[Note, Stt, Content, Deadline, Status, Percent, Result]))),
        ("number in the middle", plain().order(&[Content, LeadUnit, Stt, Deadline, Percent, Result, Status])),
        (
            "result before content",
            plain().order(&[Stt, Result, Content, LeadUnit, Deadline, Percent, Status]),
        ),
        ("no status", plain().order(&[Stt, Content, Deadline, Percent, Result])),
        ("no percent", plain().order(&[Stt, Content, Deadline, Status, Result])),
        ("no deadline", plain().order(&[Stt, Content, LeadUnit, Status, Percent, Result])),
        ("only content and status", plain().order(&[Stt, Content, Status, Result])),
        ("Tiến độ is the percent", plain().heading(Percent, "Tiến độ").heading(Deadline, "Hạn xử lý")),
        (
            "Tiến độ is the deadline",
            plain().heading(Deadline, "Tiến độ").heading(Percent, "Tỷ lệ hoàn thành"),
        ),
        ("Tiến độ is the status", plain().heading(Status, "Tiến độ thực hiện")),
        ("Kết quả is the status", plain().heading(Status, "Kết quả").heading(Result, "Nội dung thực hiện")),
        ("Kết quả is the percent", plain().heading(Percent, "Kết quả").heading(Result, "Diễn giải")),
        ("Đánh giá is the status", plain().heading(Status, "Đánh giá")),
        ("Mức độ hoàn thành is the percent", plain().heading(Percent, "Mức độ hoàn thành")),
        (
            "slips of the pen",
            plain().heading(Content, "Nội dug nhiệm vụ").heading(Deadline, "Thời hạn hoàn thàn"),
        ),
        (
            "headings without marks",
            plain()
                .heading(Content, "Noi dung nhiem vu")
                .heading(Status, "Tinh trang")
                .heading(Result, "Ket qua thuc hien"),
        ),
    ]
}

fn everything_at_once() -> (&'static str, Layout) {
    (
        "everything at once",
        Layout {
            left: 2,
            titles: 6,
            split: true,
            column_numbers: true,
            blank_every: 3,
            repeat_every: 4,
            capitals: true,
            total: true,
            signature: true,
            empty_numbers: 3,
            strange_columns: true,
            percent: PercentStyle::Formatted,
            deadline: DeadlineStyle::DateCell,
            text: TextStyle::Decomposed,
            ..Layout::plain()
        },
    )
}

fn with_note(mut layout: Layout) -> Layout {
    layout.headings.push((Note, "Ghi chú".to_owned()));
    layout
}

#[test]
fn every_layout_of_the_corpus_gives_the_same_reports() {
    let corpus = corpus();
    assert!(corpus.len() >= 40);
    let failed: Vec<String> = corpus
        .iter()
        .filter_map(|(name, layout)| holds(layout).err().map(|difference| format!("{name}: {difference}")))
        .collect();
    assert!(failed.is_empty(), "{} of {} layouts:\n{}", failed.len(), corpus.len(), failed.join("\n\n"));
}

/// Headings that a clerk may choose for a field: all that say it plainly in the vocabulary.
fn plain_headings(field: Field) -> Vec<String> {
    include_str!("../../../seeds/vocabulary/headings.csv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| {
            let (meaning, rest) = line.split_once(',')?;
            let (heading, weight) = rest.rsplit_once(',')?;
            let plain = weight.parse::<f64>().is_ok_and(|weight| weight >= 1.0);
            (meaning == field.as_str() && plain).then(|| heading.trim_matches('"').to_owned())
        })
        .collect()
}

/// How percents, deadlines, statuses and texts are written.
fn styles() -> impl Strategy<Value = (PercentStyle, DeadlineStyle, StatusStyle, TextStyle)> {
    (
        select(vec![
            PercentStyle::Whole,
            PercentStyle::Formatted,
            PercentStyle::BareFraction,
            PercentStyle::Text,
            PercentStyle::Words,
        ]),
        select(vec![
            DeadlineStyle::Text,
            DeadlineStyle::Dashes,
            DeadlineStyle::DateCell,
            DeadlineStyle::Serial,
            DeadlineStyle::Long,
        ]),
        select(vec![
            StatusStyle::Words,
            StatusStyle::Marks,
            StatusStyle::Codes,
            StatusStyle::Numbers,
            StatusStyle::Texts,
        ]),
        select(vec![TextStyle::Plain, TextStyle::Decomposed, TextStyle::HardBlanks, TextStyle::Eth]),
    )
}

fn layout() -> impl Strategy<Value = Layout> {
    let order = subsequence(vec![LeadUnit, Deadline, Status, Percent, Result], 2..=5)
        .prop_map(|some| [Stt, Content].into_iter().chain(some).collect::<Vec<_>>())
        .prop_filter("a table says something about progress", |order| {
            order.iter().filter(|field| matches!(field, Deadline | Status | Percent | Result)).count() >= 2
        })
        .prop_shuffle();
    let headings = [Stt, Content, LeadUnit, Deadline, Status, Percent, Result]
        .map(|field| select(plain_headings(field)).prop_map(move |heading| (field, heading)))
        .to_vec();
    let around = (0..8_u32, 0..4_u32, 0..4_usize, 0..5_usize, 0..5_u32);
    let flags = (any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>());
    let forms = (
        select(vec![Form::Table, Form::Table, Form::Beside, Form::Cards]),
        select(vec![None, None, MONTHS, QUARTERS]),
        select(vec![0, 0, 2, 3]),
    );
    let all = (order, headings, styles(), around, flags, forms);
    let layout = all.prop_map(|(order, headings, styles, around, flags, forms)| Layout {
        form: forms.0,
        periods: forms.1,
        groups: forms.2,
        order,
        headings,
        percent: styles.0,
        deadline: styles.1,
        status: styles.2,
        text: styles.3,
        titles: around.0,
        left: around.1,
        blank_every: around.2,
        repeat_every: around.3,
        empty_numbers: around.4,
        split: flags.0,
        column_numbers: flags.1,
        capitals: flags.2,
        total: flags.3,
        signature: flags.4,
        strange_columns: flags.5,
        two_rows: false,
    });
    layout.prop_map(possible)
}

/// A layout that somebody may make: without what cannot go together.
fn possible(mut layout: Layout) -> Layout {
    let progress = layout.order.contains(&Status);
    match layout.form {
        Form::Table => {}
        // A legend stands below one table and explains that one.
        Form::Beside if matches!(layout.status, StatusStyle::Codes | StatusStyle::Numbers) => {
            layout.status = StatusStyle::Words;
        }
        Form::Beside => {}
        Form::Cards => layout.status = StatusStyle::Words,
    }
    if layout.status == StatusStyle::Texts && progress {
        // The texts are the results.
        layout.order.retain(|field| *field != Result);
    }
    if layout.form == Form::Cards {
        layout.periods = None;
        // Nobody abbreviates the label of a form to "%" or "KQ".
        for (heading, (_, spelt)) in layout.headings.iter_mut().zip(Layout::plain().headings) {
            if !heading.1.contains(' ') {
                heading.1 = spelt;
            }
        }
        layout.order.retain(|field| *field != Content);
        layout.order.insert(0, Content);
    }
    layout
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_layout_never_changes_what_is_extracted(layout in layout()) {
        if let Err(difference) = holds(&layout) {
            return Err(TestCaseError::fail(difference));
        }
    }
}
