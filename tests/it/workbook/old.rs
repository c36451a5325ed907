//! Files as Excel 2 to 95 wrote them, made record by record: [`Old`] is the program that saves a table, each encoding the
//! way in which a Vietnamese office typed it. LibreOffice and xlrd read the same files (seen on 2026-11-27).

use giaoban::domain::refusal::Refusal;
use giaoban::sheet::cell::{Format, Range, Visibility};
use giaoban::workbook::read::read_workbook;
use unicode_normalization::UnicodeNormalization;

use super::make::{biff, compound, show};

/// How texts are typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Typed {
    /// On a Vietnamese Windows: code page 1258.
    Windows,
    /// With fonts of TCVN3.
    Tcvn3,
    /// By a program that knows only UTF-8.
    Utf8,
}

/// Who saves a table.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Old {
    /// 2 to 5; 0 stands for a program that puts numbers and labels of Excel 3 behind a BOF of Excel 5 and nothing else.
    pub(crate) version: u8,
    pub(crate) page: Option<u16>,
    pub(crate) font: &'static str,
    pub(crate) typed: Typed,
}

/// A cell: place, value.
pub(crate) enum Put<'t> {
    /// A text.
    Text(&'t str),
    /// A text centred across the empty cells that follow: how many.
    Across(&'t str, u16),
    /// A number.
    Number(f64),
    /// A number shown as percent.
    Percent(f64),
    /// The serial number of a day, shown as `dd/mm/yyyy`.
    Day(f64),
    /// A formula with its number.
    Formula(f64),
    /// A formula with its text.
    Joined(&'t str),
    /// An error value.
    DivisionByZero,
}

/// Numbers of the styles: plain, percent, day, centred across.
const PLAIN: u16 = 0;
const PERCENT: u16 = 1;
const DAY: u16 = 2;
const ACROSS: u16 = 3;

impl Old {
    /// The records of a sheet from BOF to EOF; up to Excel 4 the whole file.
    pub(crate) fn sheet(&self, rows: &[(u16, Vec<(u16, Put<'_>)>)]) -> Vec<u8> {
        let mut records = self.bof(0x10);
        if self.version != 5 {
            records.extend(self.head());
        }
        for (row, cells) in rows {
            for (column, put) in cells {
                records.extend(self.cell(*row, *column, put));
            }
        }
        records.extend(biff(0x000A, &[]));
        records
    }

    /// A file with this sheet.
    pub(crate) fn file(&self, name: &str, rows: &[(u16, Vec<(u16, Put<'_>)>)]) -> Vec<u8> {
        if self.version != 5 {
            return self.sheet(rows);
        }
        let (begin, name) = ([self.bof(0x05), self.head()].concat(), self.bytes(name));
        let bound = |at: u32| {
            biff(0x0085, &[&at.to_le_bytes()[..], &[0, 0, u8::try_from(name.len()).unwrap()], &name].concat())
        };
        let at = begin.len() + bound(0).len() + 4;
        let at = u32::try_from(at).unwrap();
        let stream = [begin, bound(at), biff(0x000A, &[]), self.sheet(rows)].concat();
        compound(&[("Book", &stream)])
    }

    fn bof(&self, kind: u16) -> Vec<u8> {
        let (number, version) = match self.version {
            2 => (0x0009, 2),
            3 => (0x0209, 3),
            4 => (0x0409, 4),
            5 => (0x0809, 0x0500),
            _ => (0x0809, 0),
        };
        let mut body = [u16::to_le_bytes(version), kind.to_le_bytes()].concat();
        body.resize(
            if number == 0x0009 {
                4
            } else if number == 0x0809 {
                8
            } else {
                6
            },
            0,
        );
        biff(number, &body)
    }

    /// Code page, font, number formats, styles.
    fn head(&self) -> Vec<u8> {
        let mut records = Vec::new();
        records.extend(self.page.map(|page| biff(0x0042, &page.to_le_bytes())).unwrap_or_default());
        if self.version == 0 {
            return records;
        }
        let text = |text: &str| [&[u8::try_from(text.len()).unwrap()], text.as_bytes()].concat();
        let (font, before) = match self.version {
            2 => (0x0031, 4),
            3 | 4 => (0x0231, 6),
            _ => (0x0031, 14),
        };
        records.extend(biff(font, &[vec![0; before], text(self.font)].concat()));
        for (number, code) in ["General", "0%", "dd/mm/yyyy"].iter().enumerate() {
            let number = u16::try_from(number).unwrap();
            records.extend(match self.version {
                2 | 3 => biff(0x001E, &text(code)),
                4 => biff(0x041E, &[vec![0, 0], text(code)].concat()),
                _ => biff(0x041E, &[(164 + number).to_le_bytes().to_vec(), text(code)].concat()),
            });
        }
        for (format, align) in [(0, 0), (1, 0), (2, 0), (0, 6)] {
            records.extend(match self.version {
                2 => biff(0x0043, &[0, 0, format, align]),
                3 => biff(0x0243, &[0, format, 0, 0, align, 0, 0, 0, 0, 0, 0, 0]),
                4 => biff(0x0443, &[0, format, 0, 0, align, 0, 0, 0, 0, 0, 0, 0]),
                _ => biff(0x00E0, &[0, 0, 164 + format, 0, 0, 0, align, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
            });
        }
        records
    }

    fn cell(&self, row: u16, column: u16, put: &Put<'_>) -> Vec<u8> {
        let two = self.version == 2;
        let at = |column: u16, style: u16| {
            let place = [row.to_le_bytes(), column.to_le_bytes()].concat();
            let style =
                if two { vec![u8::try_from(style).unwrap(), 0, 0] } else { style.to_le_bytes().to_vec() };
            [place, style].concat()
        };
        let record = |number: u16, column: u16, style: u16, value: &[u8]| {
            let number = if two { number } else { number | 0x0200 };
            biff(number, &[&at(column, style), value].concat())
        };
        let length = |bytes: &[u8]| {
            let length = u16::try_from(bytes.len()).unwrap();
            if two { vec![u8::try_from(length).unwrap()] } else { length.to_le_bytes().to_vec() }
        };
        let label = |style: u16, text: &str| {
            let bytes = self.bytes(text);
            record(0x0004, column, style, &[length(&bytes), bytes].concat())
        };
        let number = |style: u16, value: f64| record(0x0003, column, style, &value.to_le_bytes());
        let formula = |value: [u8; 8]| {
            let number = match self.version {
                2 | 5 => 0x0006,
                4 => 0x0406,
                _ => 0x0206,
            };
            let tokens: &[u8] = match self.version {
                2 => &[0, 3, 0x1E, 1, 0],
                5 => &[0, 0, 0, 0, 0, 0, 3, 0, 0x1E, 1, 0],
                _ => &[0, 0, 3, 0, 0x1E, 1, 0],
            };
            biff(number, &[&at(column, PLAIN), &value[..], tokens].concat())
        };
        match put {
            Put::Text(text) => label(PLAIN, text),
            Put::Across(text, more) => {
                let blanks = (1..=*more).map(|step| record(0x0001, column + step, ACROSS, &[]));
                [vec![label(ACROSS, text)], blanks.collect()].concat().concat()
            }
            Put::Number(value) => number(PLAIN, *value),
            Put::Percent(value) => number(PERCENT, *value),
            Put::Day(value) => number(DAY, *value),
            Put::Formula(value) => formula(value.to_le_bytes()),
            Put::Joined(text) => {
                let bytes = self.bytes(text);
                let result = biff(if two { 0x0007 } else { 0x0207 }, &[length(&bytes), bytes].concat());
                [formula([0, 0, 0, 0, 0, 0, 0xFF, 0xFF]), result].concat()
            }
            Put::DivisionByZero => record(0x0005, column, PLAIN, &[7, 1]),
        }
    }

    fn bytes(&self, text: &str) -> Vec<u8> {
        match self.typed {
            Typed::Windows => text.chars().flat_map(windows).collect(),
            Typed::Tcvn3 => text.chars().flat_map(tcvn3).collect(),
            Typed::Utf8 => text.as_bytes().to_vec(),
        }
    }
}

/// Bytes of a letter in code page 1258: as it is, or letter and tone mark.
fn windows(letter: char) -> Vec<u8> {
    let encode = |text: &str| {
        let (bytes, _, failed) = encoding_rs::WINDOWS_1258.encode(text);
        (!failed).then(|| bytes.into_owned())
    };
    let tone = |c: &char| matches!(c, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}');
    encode(&letter.to_string()).unwrap_or_else(|| {
        let parts: Vec<char> = letter.to_string().nfd().collect();
        let base: String = parts.iter().filter(|part| !tone(part)).collect::<String>().nfc().collect();
        let marks: String = parts.iter().filter(|part| tone(part)).collect();
        encode(&format!("{base}{marks}")).unwrap_or_else(|| panic!("{letter:?}"))
    })
}

/// Bytes of a letter in TCVN3; a capital with a tone is the capital and the small letter.
fn tcvn3(letter: char) -> Vec<u8> {
    let stored = |letter: char| {
        include_str!("../../../seeds/vocabulary/tcvn3.csv").lines().find_map(|line| {
            let (stored, unicode) = line.split_once(',')?;
            (unicode == letter.to_string()).then(|| u8::from_str_radix(&stored[2..], 16).unwrap())
        })
    };
    if letter.is_ascii() {
        return vec![u8::try_from(letter).unwrap()];
    }
    stored(letter).map(|byte| vec![byte]).unwrap_or_else(|| {
        let tone = |c: &char| !matches!(c, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}');
        let base: String = letter.to_string().nfd().filter(tone).collect::<String>().nfc().collect();
        let small = stored(letter.to_lowercase().next().unwrap()).unwrap_or_else(|| panic!("{letter:?}"));
        [tcvn3(base.chars().next().unwrap()), vec![small]].concat()
    })
}

/// A small table of every kind of cell.
fn table() -> Vec<(u16, Vec<(u16, Put<'static>)>)> {
    vec![
        (0, vec![(0, Put::Across("BIỂU TIẾN ĐỘ", 3))]),
        (2, vec![(0, Put::Text("Nội dung")), (1, Put::Text("Thời hạn")), (2, Put::Text("Tỷ lệ"))]),
        (3, vec![(0, Put::Text("Đường truyền")), (1, Put::Day(43_921.0)), (2, Put::Percent(0.655))]),
        (4, vec![(0, Put::Joined("Ghép chữ")), (1, Put::Number(2.0)), (2, Put::Formula(1.31))]),
        (5, vec![(2, Put::DivisionByZero)]),
    ]
}

const SHOWN: &str = r#"A1 "BIỂU TIẾN ĐỘ"
A3 "Nội dung"
B3 "Thời hạn"
C3 "Tỷ lệ"
A4 "Đường truyền"
B4 43921 [dd/mm/yyyy]
C4 0.655 [0%]
A5 ="Ghép chữ"
B5 2
C5 =1.31
C6 #DIV/0!
"#;

const PROGRAMS: [Old; 6] = [
    Old { version: 2, page: Some(1258), font: "Helv", typed: Typed::Windows },
    Old { version: 3, page: Some(1258), font: "Arial", typed: Typed::Windows },
    Old { version: 4, page: None, font: "Arial", typed: Typed::Windows },
    Old { version: 5, page: Some(1258), font: "Times New Roman", typed: Typed::Windows },
    Old { version: 5, page: Some(1252), font: "Arial", typed: Typed::Windows },
    Old { version: 5, page: Some(0x8001), font: "Arial", typed: Typed::Utf8 },
];

#[test]
fn every_old_excel_is_read_with_its_texts_days_percents_and_formulas() {
    for program in PROGRAMS {
        let workbook = read_workbook(&program.file("Tiến độ", &table()))
            .unwrap_or_else(|refusal| panic!("{program:?}: {refusal:?}"));
        let [sheet] = workbook.sheets.as_slice() else { panic!("{program:?}") };
        assert_eq!(workbook.format, Format::Xls);
        let name = if program.version == 5 { "Tiến độ" } else { "Sheet1" };
        assert_eq!((sheet.name.as_str(), sheet.visibility), (name, Visibility::Visible), "{program:?}");
        assert_eq!(show(sheet), SHOWN, "{program:?}");
        assert_eq!(sheet.merges, [Range { top: 0, left: 0, bottom: 0, right: 3 }], "{program:?}");
        let font = usize::from(sheet.cell(3, 0).unwrap().font);
        assert_eq!(sheet.fonts[font], program.font, "{program:?}");
    }
}

#[test]
fn numbers_and_labels_behind_a_bare_bof_are_a_workbook() {
    let program = Old { version: 0, page: None, font: "", typed: Typed::Windows };
    let rows = [(0, vec![(0, Put::Text("Đơn vị")), (1, Put::Number(7.0))])];
    let workbook = read_workbook(&program.file("", &rows)).unwrap();
    assert_eq!(show(&workbook.sheets[0]), "A1 \"Đơn vị\"\nB1 7\n");
}

#[test]
fn a_cell_of_excel_2_may_state_its_format_itself() {
    // BOF, then a NUMBER whose second byte of attributes names format 12, the first of days.
    let day = [&[0, 0, 0, 0, 0, 12, 0][..], &43_921f64.to_le_bytes()].concat();
    let whole = [0, 0, 1, 0, 0, 9, 0, 1, 0];
    let file = [biff(0x0009, &[2, 0, 0x10, 0]), biff(0x0003, &day), biff(0x0002, &whole), biff(0x000A, &[])];
    let workbook = read_workbook(&file.concat()).unwrap();
    assert_eq!(show(&workbook.sheets[0]), "A1 43921 [m/d/yyyy]\nB1 1 [0%]\n");
}

#[test]
fn a_workbook_of_excel_4_has_several_sheets() {
    let program = Old { version: 4, page: Some(1258), font: "Arial", typed: Typed::Windows };
    let sheet = |text: &'static str| program.sheet(&[(0, vec![(0, Put::Text(text))])]);
    let mut file = biff(0x0409, &[4, 0, 0, 1, 0, 0]);
    for (name, text) in [(&b"\x01A"[..], "một"), (b"\x01B", "hai")] {
        file.extend(biff(0x008F, &[&[0; 4], name].concat()));
        file.extend(sheet(text));
    }
    file.extend(biff(0x000A, &[]));
    let workbook = read_workbook(&file).unwrap();
    let shown: Vec<_> = workbook.sheets.iter().map(|sheet| (sheet.name.as_str(), show(sheet))).collect();
    assert_eq!(shown, [("A", "A1 \"một\"\n".to_owned()), ("B", "A1 \"hai\"\n".to_owned())]);
}

#[test]
fn what_is_old_and_no_sheet_is_refused_with_the_way_out() {
    let chart = [biff(0x0209, &[3, 0, 0x20, 0, 0, 0]), biff(0x000A, &[])].concat();
    let modern = [biff(0x0809, &[0, 6, 0x10, 0, 0, 0, 0, 0]), biff(0x000A, &[])].concat();
    let unknown = [biff(0x0809, &[0, 9, 0x10, 0, 0, 0, 0, 0]), biff(0x000A, &[])].concat();
    for bytes in [chart, modern, unknown, b"\0\0\x02\0\x06\x04\x06\0\x08\0".to_vec()] {
        assert_eq!(read_workbook(&bytes), Err(Refusal::OldFormat), "{bytes:?}");
    }
    assert!(Refusal::OldFormat.remedy().contains("LibreOffice"));
}
