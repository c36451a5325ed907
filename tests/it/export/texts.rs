//! Texts of people that might be taken for something else.

use giaoban::domain::progress::Progress;
use giaoban::export::consolidated::{Group, write};

use super::content::{row, unit, workbook};
use super::read_back::Back;

/// Everything a text of a person may hold that a spreadsheet could take for something else.
pub(super) fn hostile() -> Vec<String> {
    let mut texts: Vec<String> = [
        "=cmd|' /C calc'!A0",
        "=1+1",
        "+84 912 345 678",
        "-5",
        "@SUM(A1)",
        "'trích dẫn",
        "'",
        "  đầu và cuối  ",
        "\ttab\t",
        "dòng một\ndòng hai\n\n",
        "xuống dòng\r\nkiểu Windows\r",
        "\u{0}\u{1}\u{b}\u{1f} điều khiển",
        "_x000D_ và _x0041_",
        "<r><t>x</t></r>",
        "<r></r>",
        "</t></si></sst>",
        "&amp; < > \" ' &#10;",
        "🙂👩‍👩‍👧‍👦 𠀀",
        "\u{fffe}\u{ffff}\u{feff}",
        "e\u{302}\u{301} ế ê\u{301}",
        "\u{200b}\u{202e}đảo\u{202c}",
        "TRUE",
        "00123",
        "1e5",
        "31/12/2020",
        "#DIV/0!",
        "(xoá)",
        "{=A1}",
        "http://example.vn/?a=1&b=2",
        "internal:Sheet1!A1",
    ]
    .map(str::to_owned)
    .to_vec();
    texts.push("ế".repeat(32_767));
    texts.push("🙂".repeat(16_383));
    texts.push("x".repeat(32_767));
    texts
}

#[test]
fn texts_of_people_come_back_as_they_were_and_are_never_formulas() {
    let rows = hostile().into_iter().map(|text| {
        let mut row = row("I.1-1", Progress::InProgress, None, None);
        (row.content, row.result) = (text.clone(), Some(text));
        row
    });
    let bytes =
        write(&workbook(vec![unit("Vụ Bưu chính", "Vụ BC", Group::Ministry, rows.collect())])).unwrap();
    let back = Back::read(&bytes);
    let (heading, column) = back.find("Vụ BC", "Kết quả thực hiện").unwrap();
    let values = back.values("Vụ BC");
    for (number, text) in (0u32..).zip(hostile()) {
        let shown: String = text.chars().take(40).collect();
        assert_eq!(values[&(heading + 2 + number, column)].to_string(), text, "{shown:?}");
        assert_eq!(values[&(heading + 2 + number, 2)].to_string(), text, "{shown:?}");
    }
    let formulas = &back.sheets.iter().find(|(name, _, _)| name == "Vụ BC").unwrap().2;
    assert!(formulas.is_empty(), "{formulas:?}");
}

#[test]
fn a_text_longer_than_a_cell_is_cut_with_a_mark_in_the_leaders_workbook() {
    let mut long = row("I.1-1", Progress::InProgress, None, None);
    long.result = Some("🙂".repeat(20_000));
    let bytes = write(&workbook(vec![unit("Vụ Bưu chính", "Vụ BC", Group::Ministry, vec![long])])).unwrap();
    let back = Back::read(&bytes);
    let (heading, column) = back.find("Vụ BC", "Kết quả thực hiện").unwrap();
    let text = back.values("Vụ BC")[&(heading + 2, column)].to_string();
    assert!(text.ends_with("… (còn nữa)") && text.encode_utf16().count() <= 32_767);
}
