//! Every finding of the catalogue has a sheet that raises it. A code that is added without one fails here.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use giaoban::domain::finding::FindingCode;
use giaoban::import::snapshot::Known;
use giaoban::import::{seeded, understand, understood};
use giaoban::sheet::cell::{Fill, Value as CellValue, Workbook};
use giaoban::sheet::colour::Colour;
use giaoban::sheet::template::{self, Property};
use uuid::Uuid;

use super::table::{sheet, workbook};

const HEAD: &str = "STT | Nội dung nhiệm vụ | Thời hạn | Tình trạng | Tỷ lệ (%) | Kết quả";
const INFRASTRUCTURE: &str = "Xây dựng kế hoạch phát triển hạ tầng số theo hướng thúc đẩy chia sẻ cơ sở hạ tầng giữa \
     các doanh nghiệp.";
const LEARNING: &str = "Nghiên cứu, đề xuất các giải pháp đào tạo trực tuyến, làm việc từ xa để triển khai thí điểm \
     tại địa phương.";
const PRESS: &str = "Quyết liệt chỉ đạo hoàn thành việc thực hiện Quy hoạch phát triển và quản lý báo chí toàn quốc \
     đến 2025";

/// A sheet of the unit's own making.
fn own(lines: &[String]) -> Workbook {
    workbook(vec![sheet("Trang 1", &lines.join("\n"))])
}

/// A sheet with one row: wording, deadline, status, percent.
fn row(content: &str, deadline: &str, status: &str, percent: &str) -> Workbook {
    rows(&[(content, deadline, status, percent)])
}

fn rows(rows: &[(&str, &str, &str, &str)]) -> Workbook {
    let mut lines = vec![HEAD.to_owned()];
    for (number, (content, deadline, status, percent)) in (1..).zip(rows) {
        lines.push(format!("{number} | {content} | {deadline} | {status} | {percent} | Đã họp bàn"));
    }
    own(&lines)
}

fn marked(marks: &str) -> Workbook {
    let head = "STT | Nhiệm vụ | Đã hoàn thành | Đang thực hiện | Chưa thực hiện | Kết quả";
    let full = format!("1 | {INFRASTRUCTURE} | x | | | Đã họp bàn");
    own(&[head.to_owned(), full, format!("2 | {LEARNING} | {marks} | Đã họp bàn")])
}

/// Texts in columns of statuses in place of marks.
fn listed(done: &str, begun: &str) -> Workbook {
    let head = "STT | Nhiệm vụ | Thời hạn | Đã hoàn thành | Đang thực hiện | Chưa thực hiện";
    let first = format!("1 | {INFRASTRUCTURE} | 30/6/2020 | Đã ban hành kế hoạch | |");
    own(&[head.to_owned(), first, format!("2 | {LEARNING} | 30/4/2020 | {done} | {begun} |")])
}

/// Colours in place of statuses.
fn coloured() -> Workbook {
    let mut coloured = rows(&[(LEARNING, "", "", ""), (INFRASTRUCTURE, "", "", "")]);
    let fill = |(row, colour)| Fill { row, column: 3, colour };
    coloured.sheets[0].fills = [(1, Colour::Green), (2, Colour::Red)].map(fill).to_vec();
    coloured
}

/// Whole rows in colours, and no column of statuses.
fn coloured_rows() -> Workbook {
    let table =
        format!("STT | Nội dung nhiệm vụ | Kết quả\n1 | {LEARNING} | Đã họp\n2 | {INFRASTRUCTURE} | Đã họp");
    let mut coloured = own(&[table]);
    let fill = |(row, column, colour)| Fill { row, column, colour };
    let fills = [(1, Colour::Green), (2, Colour::Red)]
        .map(|(row, colour)| [0, 1, 2].map(|column| (row, column, colour)));
    coloured.sheets[0].fills = fills.concat().into_iter().map(fill).collect();
    coloured
}

fn of_province(name: &str) -> Workbook {
    let head = "STT | Tỉnh, thành phố | Nội dung nhiệm vụ | Thời hạn | Tình trạng";
    let first = format!("1 | Vĩnh Long | {INFRASTRUCTURE} | 30/6/2020 | Đang thực hiện");
    own(&[head.to_owned(), first, format!("2 | {name} | {LEARNING} | 30/4/2020 | Đang thực hiện")])
}

/// One of the program's own sheets, sent by Vĩnh Long: version, unit it was made for, key, status and day of completion.
fn ours(version: &str, unit: &str, key: &str, status: &str, day: &str) -> Workbook {
    let head = template::Column::ALL.map(template::Column::heading).join(" | ");
    let line =
        format!("{key} | 1 | VII.4-3 | {INFRASTRUCTURE} | Chủ trì | | {status} | 40% | {day} | Đã họp");
    let mut workbook = workbook(vec![sheet(template::SHEET, &format!("{head}\n{line}"))]);
    let property = |property: Property, value: &str| (property.as_str().to_owned(), value.to_owned());
    workbook.properties = vec![
        property(Property::Template, template::TEMPLATE),
        property(Property::Version, version),
        property(Property::Export, &Uuid::nil().to_string()),
        property(Property::Unit, unit),
        property(Property::Event, "1"),
        property(Property::AsOf, "2020-04-20"),
    ];
    workbook
}

/// What Vĩnh Long's workbook raises, on its rows and as a whole.
fn raised(workbook: &Workbook) -> BTreeSet<&'static str> {
    let catalogue = seeded::catalogue("86").unwrap();
    let known = Known {
        catalogue: catalogue.clone(),
        unit: Uuid::nil(),
        tasks: BTreeMap::new(),
        assignments: HashMap::new(),
    };
    let read = |workbook: &Workbook| understand(workbook, &catalogue);
    let understood =
        understood::of_workbook(std::borrow::Cow::Borrowed(workbook), &known, Some(1), read).unwrap();
    let of_rows = understood.claims.iter().flat_map(|claim| &claim.findings);
    of_rows.chain(&understood.findings).map(|finding| finding.code.as_str()).collect()
}

fn of_values() -> Vec<(FindingCode, Workbook)> {
    use FindingCode::*;
    vec![
        (PercentOver100, row(LEARNING, "30/4/2020", "Đang thực hiện", "120%")),
        (PercentNegative, row(LEARNING, "30/4/2020", "Đang thực hiện", "-5%")),
        (PercentUnreadable, row(LEARNING, "30/4/2020", "Đang thực hiện", "chưa có số liệu")),
        (
            PercentSuspicious,
            rows(&[(LEARNING, "", "Đang thực hiện", "#0.5"), (INFRASTRUCTURE, "", "Đang thực hiện", "#60")]),
        ),
        (PercentScaleUnsure, row(LEARNING, "30/4/2020", "Đang thực hiện", "#0.5")),
        (FormulaError, row(LEARNING, "30/4/2020", "Đang thực hiện", "!#DIV/0!")),
        (FormulaWithoutValue, row(LEARNING, "30/4/2020", "Đang thực hiện", "=")),
        (StatusPercentConflict, row(LEARNING, "30/4/2020", "Đã hoàn thành", "60%")),
        (StatusDeadlineConflict, row(LEARNING, "31/12/2020", "Quá hạn", "60%")),
        (StatusMultipleMarks, marked("x | x |")),
        (StatusMissing, marked("| |")),
        (
            StatusUnreadable,
            rows(&[(LEARNING, "", "Khá tốt", ""), (INFRASTRUCTURE, "", "Đang thực hiện", "60%")]),
        ),
        (StatusTimeOnly, row(LEARNING, "31/12/2020", "Chưa đến hạn", "")),
        (StatusAbbreviated, rows(&[(LEARNING, "", "ĐTH", ""), (INFRASTRUCTURE, "", "HT", "")])),
        (StatusAbbreviationUnsure, row(LEARNING, "30/4/2020", "ĐTH", "")),
        (StatusInParts, listed("Đã họp với các đơn vị", "Đang xây dựng dự thảo")),
        (StatusInPartsUnsure, listed("Đã ban hành kế hoạch", "Tiếp tục duy trì việc họp")),
        (StatusTextDiffers, listed("Đang trình UBND tỉnh", "")),
        (StatusByColour, coloured()),
        (StatusMixed, row(LEARNING, "", "Đã hoàn thành, còn một số nội dung đang triển khai", "")),
        (StatusNeedsDecision, row(LEARNING, "31/12/2020", "Tạm dừng", "60%")),
        (DeadlineUnreadable, row(LEARNING, "31/6/2020", "Đang thực hiện", "60%")),
        (DeadlineBeforeNotice, row(LEARNING, "30/4/2019", "Đang thực hiện", "60%")),
        (DeadlineDiffersFromNotice, row(PRESS, "31/12/2020", "Đang thực hiện", "60%")),
        (DeadlineYearAssumed, row(LEARNING, "Quý III", "Đang thực hiện", "60%")),
        (DeadlineApproximate, row(LEARNING, "giữa tháng 6/2020", "Đang thực hiện", "60%")),
        (DeadlineSerialNumber, row(LEARNING, "#43951", "Đang thực hiện", "60%")),
        (DeadlinePlaceholder, row(LEARNING, "01/01/1970", "Đang thực hiện", "60%")),
        (DeadlineTimeZone, row(LEARNING, "2020-06-29T17:00:00.000Z", "Đang thực hiện", "60%")),
        (
            DeadlineDayMonthSwapped,
            rows(&[
                (LEARNING, "@mm/dd/yyyy 2020-06-05", "Đang thực hiện", "60%"),
                (INFRASTRUCTURE, "30/6/2020", "Đang thực hiện", "60%"),
            ]),
        ),
    ]
}

fn of_rows() -> Vec<(FindingCode, Workbook)> {
    use FindingCode::*;
    let detail = format!(
        "{HEAD}\n1 | {LEARNING} | | Đang thực hiện | 60% | Đã họp\na) | Mua sắm thiết bị | | Đang thực hiện | 20% | Đã mua"
    );
    let several = format!("{HEAD}\n1 | {LEARNING} | | Đang thực hiện | 60% | Đã họp\n | | | | | Đã tập huấn");
    let parts = format!(
        "{HEAD}\n1 | {LEARNING} | | Đã hoàn thành | 100% | Đã họp\n^ | ^ | | Đang thực hiện | 40% | Đang tập huấn"
    );
    let empty = format!(
        "{HEAD}\n1 | {LEARNING} | | Đang thực hiện | 60% | Đã họp\n2 | | 30/6/2020 | Đang thực hiện | 20% | Đã mua"
    );
    let beside = format!(
        "STT | Nội dung nhiệm vụ | Thời hạn | Tình trạng | | Kết quả\n1 | {LEARNING} | 30/4/2020 | | Đã hoàn thành | Đã họp"
    );
    let headless = format!(
        "1 | {LEARNING} | 30/4/2020 | Đã hoàn thành | 100% | Đã họp\n2 | {INFRASTRUCTURE} | 30/6/2020 | Đang thực hiện | 40% | Đang dự thảo"
    );
    let unheard = format!(
        "Đề mục | Màu cờ | Chốt\n{LEARNING} | Đã xong | 30/4/2020\n{INFRASTRUCTURE} | Đang làm | 30/6/2020"
    );
    let told_by_cells = format!(
        "{HEAD} | Bạn bè | Đơn vị chủ trì\n1 | {LEARNING} | | Đang thực hiện | 60% | Đã họp | Công an tỉnh | Phòng CNTT\n\
         2 | {INFRASTRUCTURE} | | Đang thực hiện | 60% | Đã họp | Sở Tài chính | Phòng BCVT"
    );
    let month = |name: &str, percent: u32| {
        format!("{name}\n{HEAD}\n1 | {LEARNING} | | Đang thực hiện | {percent}% | Đã họp\n")
    };
    let months = format!("{}\n{}", month("Tháng 3", 20), month("Tháng 4", 60));
    let mut hidden = row(LEARNING, "30/4/2020", "Đang thực hiện", "60%");
    hidden.sheets[0].hidden_rows.insert(1);
    vec![
        (
            TaskNotInNotice,
            row("Lắp đặt mạng Wifi công cộng tại các điểm du lịch", "", "Đang thực hiện", "60%"),
        ),
        (TaskMatchUnsure, row("Xây dựng kế hoạch phát triển hạ tầng số", "", "Đang thực hiện", "60%")),
        (DetailOfParent, own(&[detail])),
        (TaskOfAnotherUnit, row(PRESS, "", "Đang thực hiện", "60%")),
        (
            DuplicateContradictory,
            rows(&[(LEARNING, "", "Đang thực hiện", "60%"), (LEARNING, "", "Đã hoàn thành", "100%")]),
        ),
        (
            DuplicateIdentical,
            rows(&[(LEARNING, "", "Đang thực hiện", "60%"), (LEARNING, "", "Đang thực hiện", "60%")]),
        ),
        (ProvinceMismatch, of_province("Đồng Tháp")),
        (ProvinceUnknown, of_province("Đồng Tap")),
        (ContentMissing, own(&[empty])),
        (ValueInWrongColumn, own(&[beside])),
        (SeveralRows, own(&[several])),
        (ValuesDiffer, own(&[parts])),
        (HeadingMissing, own(&[headless])),
        (HeadingUnknown, own(&[unheard])),
        (ColumnByCells, own(&[told_by_cells])),
        (EarlierPeriod, own(&[months])),
        (HiddenRow, hidden),
        (LegacyEncoding, own(&[in_tcvn3()])),
    ]
}

/// What a table says and is not read.
fn of_silences() -> Vec<(FindingCode, Workbook)> {
    use FindingCode::*;
    let contradicted = format!(
        "STT | Nội dung nhiệm vụ | Tình trạng | Thời gian hoàn thành | Kết quả\n\
         1 | {LEARNING} | Đang thực hiện | Phòng CNTT | Đã họp\n2 | {INFRASTRUCTURE} | Đang thực hiện | Phòng BCVT | Đã họp"
    );
    let noted_twice = format!(
        "{HEAD} | Ghi chú | Ghi chú\n1 | {LEARNING} | | Đang thực hiện | 60% | Đã họp | Theo văn bản 12 | Chờ ý kiến"
    );
    let extended = format!(
        "{HEAD} | Thời hạn điều chỉnh\n1 | {LEARNING} | 30/4/2020 | Đang thực hiện | 60% | Đã họp | 30/6/2020"
    );
    let overruled = format!(
        "STT | Nội dung nhiệm vụ | Mức độ thực hiện | Tỷ lệ (%) | Kết quả\n\
         1 | {LEARNING} | Đang thực hiện | 60% | Đã họp\n2 | {INFRASTRUCTURE} | Chưa thực hiện | 0% | Đã họp"
    );
    let days = format!(
        "STT | Nội dung nhiệm vụ | Tình trạng | Lượt đi | Lượt về\n\
         1 | {LEARNING} | Đang thực hiện | 06/3/2020 | 30/4/2020\n2 | {INFRASTRUCTURE} | Đang thực hiện | 11/3/2020 | 30/6/2020"
    );
    vec![
        (ColumnOverruled, own(&[overruled])),
        (DeadlineColumnUnsure, own(&[days])),
        (ColumnContradicted, own(&[contradicted])),
        (ColumnNotRead, own(&[noted_twice])),
        (ExtensionNotRead, own(&[extended])),
        (RowsByColour, coloured_rows()),
    ]
}

fn of_our_own_sheets() -> Vec<(FindingCode, Workbook)> {
    use FindingCode::*;
    let strange = "00000000-0000-7000-8000-000000000001";
    let retyped = |old: &str, new: &str| {
        let mut ours = ours("1", "86", strange, "Đang thực hiện", "");
        let cells = ours.sheets[0].rows[0].cells.iter_mut();
        for cell in cells.filter(|cell| cell.value == CellValue::Text(old.into())) {
            cell.value = CellValue::Text(new.into());
        }
        ours
    };
    let line = format!("{strange} | 1 | VII.4-3 | {INFRASTRUCTURE} | Chủ trì | | Đang thực hiện");
    let with = |more: &str| {
        let mut ours = ours("1", "86", strange, "Đang thực hiện", "");
        let head = template::Column::ALL.map(template::Column::heading).join(" | ");
        ours.sheets[0] = sheet(template::SHEET, &format!("{head}{}", more.replace("LINE", &line)));
        ours
    };
    let beside = {
        let mut ours = ours("1", "86", strange, "Đang thực hiện", "");
        ours.sheets.extend(row(LEARNING, "30/4/2020", "Đang thực hiện", "60%").sheets);
        ours
    };
    vec![
        (SheetBaseUnknown, ours("một", "86", strange, "Đang thực hiện", "")),
        (SheetNotRead, beside),
        (OwnHeadingChanged, retyped("Tình trạng", "Tình trạng thực hiện")),
        (OwnHeadingUnknown, retyped("Kết quả thực hiện", "Xyz")),
        (OwnColumnNotRead, retyped("Kết quả thực hiện", "Đơn vị phối hợp")),
        (OwnColumnExtra, with(" | Phòng theo dõi\nLINE | | | | | | | Phòng BCVT")),
        (LinesNotRead, with("\nLINE\n | | | Ghi chú: số liệu đến hết quý")),
        (SheetOfAnotherUnit, ours("1", "40", strange, "Đang thực hiện", "")),
        (TemplateUnknown, ours("99", "86", strange, "Đang thực hiện", "")),
        (KeyUnknown, ours("1", "86", strange, "Đang thực hiện", "")),
        (DayUnreadable, ours("1", "86", strange, "Đã hoàn thành", "hôm qua")),
        (StatusNotClearable, ours("1", "86", strange, "(xoá)", "")),
        (CompletedOnIgnored, ours("1", "86", strange, "Đang thực hiện", "20/4/2020")),
    ]
}

/// The head and a row as typed with the fonts of the nineties.
fn in_tcvn3() -> String {
    "STT | Néi dung nhiÖm vô | Thêi h¹n | T×nh tr¹ng | KÕt qu¶\n\
     1 | Nghiªn cøu, ®Ò xuÊt c¸c gi¶i ph¸p ®µo t¹o trùc tuyÕn, lµm viÖc tõ xa ®Ó triÓn khai thÝ ®iÓm t¹i ®Þa ph\u{ad}¬ng. | 30/4/2020 | §· hoµn thµnh | §· häp trùc tuyÕn"
        .to_owned()
}

/// What is raised only where something is known from before, or by the plan, has its tests there.
const RAISED_BY_THE_PAST: [(FindingCode, &str, &str); 10] = [
    (FindingCode::KeyContradicted, "FindingCode::KeyContradicted", include_str!("overwritten.rs")),
    (FindingCode::OwnCellReworded, "FindingCode::OwnCellReworded", include_str!("overwritten.rs")),
    (FindingCode::KeyByCode, "FindingCode::KeyByCode", include_str!("retyped.rs")),
    (
        FindingCode::DuplicateOpen,
        "FindingCode::DuplicateOpen",
        include_str!("../../../src/import/plan/tests.rs"),
    ),
    (FindingCode::CompletedOnAhead, "FindingCode::CompletedOnAhead", include_str!("clear.rs")),
    (FindingCode::CompletedOnHeld, "FindingCode::CompletedOnHeld", include_str!("clear.rs")),
    (FindingCode::LayoutHeadingChanged, "FindingCode::LayoutHeadingChanged", include_str!("memory.rs")),
    (FindingCode::LinkRemembered, "FindingCode::LinkRemembered", include_str!("memory.rs")),
    (FindingCode::CompletedAfterReturn, "FindingCode::CompletedAfterReturn", include_str!("history.rs")),
    (FindingCode::SentBefore, "FindingCode::SentBefore", include_str!("bases.rs")),
];

#[test]
fn every_finding_has_a_sheet_that_raises_it() {
    let cases = [of_values(), of_rows(), of_silences(), of_our_own_sheets()].concat();
    let past = RAISED_BY_THE_PAST.iter().filter(|(_, name, tests)| tests.contains(name));
    let codes = cases.iter().map(|(code, _)| code).chain(past.map(|(code, ..)| code));
    let covered: BTreeSet<&str> = codes.map(|code| code.as_str()).collect();
    let all: BTreeSet<&str> = FindingCode::ALL.iter().map(|code| code.as_str()).collect();
    assert_eq!(covered, all, "every code of the catalogue needs a case here");
    let silent: Vec<String> = cases
        .iter()
        .filter_map(|(code, workbook)| {
            let raised = raised(workbook);
            (!raised.contains(code.as_str())).then(|| format!("{} not raised: {raised:?}", code.as_str()))
        })
        .collect();
    assert!(silent.is_empty(), "{}", silent.join("\n"));
}

#[test]
fn a_plain_report_raises_nothing() {
    let raised = raised(&row(LEARNING, "30/4/2020", "Đang thực hiện", "60%"));
    assert!(raised.is_empty(), "{raised:?}");
}
