//! Which remembered layout fits a table, and what it says of its columns.

use super::*;
use crate::sheet::column::Field;

const HEADINGS: [&str; 6] = ["STT", "Nội dung", "Thời hạn", "Tình trạng", "Tỷ lệ (%)", "Tình hình"];

fn meanings() -> [ColumnMeaning; 6] {
    let fields = [Field::Stt, Field::Content, Field::Deadline, Field::Status, Field::Percent, Field::Result];
    fields.map(ColumnMeaning::Field)
}

fn layout() -> Layout {
    let column = |(heading, meaning): (&str, ColumnMeaning)| Remembered {
        heading: heading.to_owned(),
        facts: ColumnFacts { meaning: Some(meaning), ..ColumnFacts::default() },
        by_person: false,
    };
    let columns = HEADINGS.into_iter().zip(meanings()).map(column).collect();
    Layout { source: "lần nạp ngày 15/4/2020".into(), columns }
}

fn hints() -> Hints {
    Hints { layouts: vec![layout()], ..Hints::default() }
}

fn expected(headings: &[&'static str]) -> Expected {
    let numbered: Vec<(u32, &str)> = (1..).zip(headings.iter().copied()).collect();
    hints().of_table("PL", &numbered)
}

#[test]
fn the_same_headings_in_any_spelling_are_the_layout_wherever_the_columns_stand() {
    for headings in [
        HEADINGS,
        ["Stt", "NỘI DUNG:", "Thời  hạn", "tình trạng", "Tỷ lệ (%)", "Tình hình"],
        ["STT", "Nội dung", "Thời hạn", "Tình trạng", "Tỷ lệ (%)", "Tình hình (15/4/2020)"],
    ] {
        let found = expected(&headings);
        assert!(found.known_layout && found.changed.is_empty(), "{headings:?}: {found:?}");
        let said: Vec<ColumnMeaning> =
            found.columns.values().filter_map(|column| column.memory.meaning).collect();
        assert_eq!(said, meanings());
        assert_eq!(found.columns.keys().copied().collect::<Vec<_>>(), [1, 2, 3, 4, 5, 6]);
    }
}

#[test]
fn one_changed_heading_is_named_and_the_others_are_as_remembered() {
    let found = expected(&["STT", "Nội dung", "Thời hạn", "Tình trạng", "Tỷ lệ (%)", "Diễn biến"]);
    assert!(!found.known_layout);
    let changed = Changed {
        column: 6,
        heading: "Diễn biến".into(),
        before: "Tình hình".into(),
        meaning: ColumnMeaning::Field(Field::Result),
    };
    assert_eq!(found.changed, [changed]);
    assert_eq!(found.columns.len(), 5);
}

#[test]
fn a_column_more_or_less_is_no_changed_heading() {
    let more = expected(&["STT", "Nội dung", "Thời hạn", "Ghi chú", "Tình trạng", "Tỷ lệ (%)", "Tình hình"]);
    assert!(more.changed.is_empty() && more.columns.len() == 6, "{more:?}");
    assert!(!more.columns.contains_key(&4));
    let less = expected(&["STT", "Nội dung", "Thời hạn", "Tình trạng", "Tình hình"]);
    assert!(less.changed.is_empty() && less.columns.len() == 5, "{less:?}");
}

#[test]
fn another_layout_says_nothing() {
    for headings in [
        &["STT", "Nội dung", "Kết quả", "Ghi chú"][..],
        &["STT", "Nội dung", "Thời hạn", "A", "B", "C"],
        &["", "", "", "", "", ""],
        &[],
    ] {
        assert_eq!(expected(headings), Expected::default(), "{headings:?}");
    }
}

#[test]
fn what_a_person_says_of_this_file_comes_first_and_settles_a_changed_heading() {
    let told = ColumnFacts { meaning: Some(ColumnMeaning::Field(Field::Note)), ..ColumnFacts::default() };
    let hints = Hints { told: [(("PL".to_owned(), 5), told)].into(), ..hints() };
    let headings =
        [(0, "STT"), (1, "Nội dung"), (2, "Thời hạn"), (3, "Tình trạng"), (4, "Tỷ lệ (%)"), (5, "Diễn biến")];
    let found = hints.of_table("PL", &headings);
    assert!(found.changed.is_empty(), "{found:?}");
    assert_eq!(found.columns[&5].answer, told);
    assert_eq!(found.columns[&5].reason(), "do người dùng chỉ định");
    assert_eq!(found.columns[&4].reason(), "theo mẫu đã nhớ, lần nạp ngày 15/4/2020");
    assert!(!hints.of_table("PL 2", &headings).columns.contains_key(&5), "another sheet");
}

#[test]
fn layouts_have_the_fingerprint_of_their_headings() {
    let print = |headings: &[&'static str]| fingerprint(headings.iter().copied());
    assert_eq!(print(&["STT", "Nội dung"]), print(&["stt", "NỘI DUNG (1)"]));
    assert_ne!(print(&["STT", "Nội dung"]), print(&["Nội dung", "STT"]));
    assert_ne!(print(&["STT", "Nội dung"]), print(&["STT Nội dung"]));
}

#[test]
fn wordings_are_compared_without_their_numbers_and_signs() {
    let key = |content| wording_key(content);
    assert_eq!(key("2.1. Hoà giải  cơ sở – đợt một"), key("Hòa giải cơ sở - đợt một"));
    assert_ne!(key("Phát triển hạ tầng số"), key("Phát triển hạ tầng số của tỉnh"));
    assert_eq!(key("Tổng cộng"), None, "too short to mean one thing only");
}
