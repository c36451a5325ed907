//! The consolidated workbook.

use std::collections::{BTreeMap, HashSet};

use calamine::Data;
use giaoban::domain::standing::Standing;
use giaoban::export::consolidated::{Base, Content, write};

use super::content::{large, small, workbook};
use super::read_back::{Back, place};

const SUMMARY: &str = "Tổng hợp";

fn back(content: &Content) -> Back {
    Back::read(&write(content).unwrap())
}

#[test]
fn the_sheets_say_what_the_content_says() {
    let back = back(&small());
    assert_eq!(back.names(), [SUMMARY, "Quá hạn", "Cục THH", "40 Nghệ An", "42 Hà Tĩnh", "Nguồn số liệu"]);
    insta::assert_snapshot!("summary", back.text(SUMMARY));
    insta::assert_snapshot!("overdue", back.text("Quá hạn"));
    insta::assert_snapshot!("unit_of_the_ministry", back.text("Cục THH"));
    insta::assert_snapshot!("department", back.text("40 Nghệ An"));
    insta::assert_snapshot!("source", back.text("Nguồn số liệu"));
}

#[test]
fn the_day_the_base_and_the_time_of_making_are_printed() {
    for (base, words) in
        [(Base::Due, "Tỷ lệ trên số nhiệm vụ đã đến hạn (%)"), (Base::All, "Tỷ lệ trên tổng số nhiệm vụ (%)")]
    {
        let back = back(&Content { base, ..small() });
        for name in back.names() {
            assert!(back.find(name, "(Số liệu tính đến hết ngày 30/4/2020)").is_some(), "{name}");
        }
        assert!(back.find(SUMMARY, words).is_some());
        let made = "Trích xuất từ hệ thống Giao Ban lúc 14 giờ 05 phút ngày 01/5/2020.";
        assert!(back.find(SUMMARY, made).is_some());
    }
}

#[test]
fn every_formula_carries_the_result_that_it_gives() {
    for content in [small(), large(70, 12), Content { base: Base::All, ..large(5, 30) }, workbook(vec![])] {
        let back = back(&content);
        let mut formulas = 0;
        for (sheet, _, found) in &back.sheets {
            for (place, formula) in found {
                let (stored, expected) = (back.number(sheet, *place), back.work_out(sheet, formula));
                assert!((stored - expected).abs() < 1e-9, "{sheet} {place:?} {formula}: {stored} {expected}");
                formulas += 1;
            }
        }
        assert!(formulas >= content.units.len() * 8, "{formulas}");
    }
}

/// The row of totals: column to number.
fn totals(back: &Back) -> BTreeMap<u32, f64> {
    let (row, _) = back.find(SUMMARY, "Tổng cộng").unwrap();
    let cells = back.values(SUMMARY).iter().filter(|((r, _), _)| *r == row);
    cells
        .filter(|(_, value)| matches!(value, Data::Float(_) | Data::Int(_)))
        .map(|((_, c), _)| (*c, back.number(SUMMARY, (row, *c))))
        .collect()
}

#[test]
fn the_totals_are_those_of_the_assignments_led() {
    let content = large(70, 12);
    let totals = totals(&back(&content));
    let leads = || content.units.iter().flat_map(giaoban::export::consolidated::UnitBlock::leads);
    let count = |standing| leads().filter(|row| row.standing(content.as_of) == standing).count();
    for (column, standing) in (3..).zip(Standing::ALL) {
        assert_eq!(totals[&column].to_string(), count(standing).to_string(), "{standing:?}");
        assert!(count(standing) > 0, "{standing:?} is among the cases");
    }
    assert_eq!(totals[&2].to_string(), leads().count().to_string());
    let due = [Standing::CompletedOnTime, Standing::CompletedLate, Standing::OpenOverdue].map(count);
    assert_eq!(totals[&11].to_string(), due.iter().sum::<usize>().to_string());
}

#[test]
fn the_percents_of_every_row_add_up_to_100() {
    for base in [Base::Due, Base::All] {
        let back = back(&Content { base, ..large(70, 12) });
        let (first, _) = back.find(SUMMARY, "I").unwrap();
        let (last, _) = back.find(SUMMARY, "Tổng cộng").unwrap();
        let mut with_percents = 0;
        for row in first..=last {
            let cells = back.values(SUMMARY).range((row, 12)..=(row, 30));
            let hundredths: Vec<f64> = cells
                .filter_map(|(_, value)| calamine::DataType::get_float(value))
                .map(|p| p * 100.0)
                .collect();
            if !hundredths.is_empty() {
                assert!(
                    (hundredths.iter().sum::<f64>() - 10_000.0).abs() < 1e-6,
                    "row {row}: {hundredths:?}"
                );
                with_percents += 1;
            }
        }
        assert!(with_percents > 70);
    }
}

#[test]
fn overdue_tasks_are_as_many_as_the_summary_counts_and_the_longest_stand_first() {
    let content = large(70, 12);
    let back = back(&content);
    let (heading, column) = back.find("Quá hạn", "Số ngày quá hạn").unwrap();
    let days: Vec<f64> = back
        .values("Quá hạn")
        .iter()
        .filter(|((row, c), _)| *row > heading && *c == column)
        .map(|(place, _)| back.number("Quá hạn", *place))
        .collect();
    assert_eq!(days.len().to_string(), totals(&back)[&6].to_string());
    assert!(days.windows(2).all(|pair| pair[0] >= pair[1]) && days.iter().all(|days| *days > 0.0));
}

#[test]
fn the_names_of_sheets_are_legal_and_unique() {
    let mut content = large(80, 1);
    for (number, unit) in content.units.iter_mut().enumerate() {
        unit.label = match number % 4 {
            0 => "Sở [Thông tin]: và/hoặc * Truyền thông?".to_owned(),
            1 => "tổng HỢP".to_owned(),
            2 => "'".to_owned(),
            _ => unit.label.clone(),
        };
    }
    let back = back(&content);
    let names = back.names();
    let unique: HashSet<String> = names.iter().map(|name| name.to_lowercase()).collect();
    assert_eq!((names.len(), unique.len()), (83, 83));
    for name in names {
        assert!((1..=31).contains(&name.encode_utf16().count()), "{name}");
        assert!(
            !name.contains(['[', ']', ':', '*', '?', '/', '\\'])
                && !name.starts_with('\'')
                && !name.ends_with('\'')
        );
    }
}

#[test]
fn links_lead_from_the_summary_to_the_unit_and_from_a_row_to_its_source() {
    let content = small();
    let back = back(&content);
    let summary = back.part("xl/worksheets/sheet1.xml");
    for tab in ["Cục THH", "40 Nghệ An", "42 Hà Tĩnh"] {
        assert!(summary.contains(&format!("location=\"'{tab}'!A1\"")), "{tab}");
    }
    // Fourth sheet: 40 Nghệ An. Each row's link leads to the line of the same unit and task.
    let unit = back.part("xl/worksheets/sheet4.xml");
    let links: Vec<&str> = unit
        .split("location=\"'Nguồn số liệu'!")
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap())
        .collect();
    let codes: Vec<&str> = content.units[1].rows.iter().map(|row| row.code.as_str()).collect();
    let source = back.values("Nguồn số liệu");
    let lines: Vec<String> = links.iter().map(|link| source[&(place(link).0, 2)].to_string()).collect();
    assert_eq!(lines, codes);
    let first = place(links[0]).0;
    let cell = |column| source[&(first, column)].to_string();
    assert_eq!([cell(9), cell(10), cell(11)], ["Báo cáo tháng 4.xlsx", "Biểu 1", "Tình trạng: F9"]);
}

#[test]
fn sheets_are_ready_for_paper() {
    let back = back(&small());
    for number in 1..=back.sheets.len() {
        let part = back.part(&format!("xl/worksheets/sheet{number}.xml"));
        for expected in [
            "<pageSetup paperSize=\"9\"",
            "orientation=\"landscape\"",
            "fitToHeight=\"0\"",
            "<pageSetUpPr fitToPage=\"1\"/>",
            "differentFirst=\"1\"",
            "<pageMargins left=\"0.984\" right=\"0.787\" top=\"0.787\" bottom=\"0.787\"",
        ] {
            assert!(part.contains(expected), "sheet {number}: {expected}");
        }
    }
    let titles = back.part("xl/workbook.xml").matches("_xlnm.Print_Titles").count();
    assert_eq!(titles, back.sheets.len(), "heading rows are repeated on every sheet");
    let styles = back.part("xl/styles.xml");
    let fonts = styles.matches("<name val=").count();
    assert_eq!(fonts, styles.matches("<name val=\"Times New Roman\"/>").count());
}

#[test]
fn dates_are_dates_shown_in_the_official_style() {
    let back = back(&small());
    let (row, column) = back.find("Cục THH", "Ngày đến hạn").unwrap();
    assert!(matches!(back.values("Cục THH")[&(row + 2, column)], Data::DateTime(_)));
    let styles = back.part("xl/styles.xml");
    assert!(styles.contains("dd\\/m\\/yyyy"));
}

#[test]
fn an_empty_database_gives_a_workbook_that_says_so() {
    let back = back(&workbook(vec![]));
    assert_eq!(back.names(), [SUMMARY, "Quá hạn", "Nguồn số liệu"]);
    assert!(totals(&back).values().all(|total| *total == 0.0));
    assert!(back.find("Quá hạn", "Không có nhiệm vụ quá hạn.").is_some());
}

#[test]
fn equal_content_gives_equal_bytes() {
    assert!(write(&small()).unwrap() == write(&small()).unwrap());
}
