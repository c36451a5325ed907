//! Cursors and pages without a database.

use super::*;

fn sort() -> Sort {
    let term = |direction| Term { expr: Expr::cust("x"), kind: Kind::Int, direction };
    Sort { name: "s", terms: vec![term(Direction::Descending), term(Direction::Ascending)] }
}

#[test]
fn a_cursor_comes_back_as_it_went_out() {
    let date = NaiveDate::from_ymd_opt(2020, 3, 2).unwrap();
    let cursor = Cursor {
        sort: "due".to_owned(),
        keys: vec![Key::Date(date), Key::Int(-3), Key::Big(9), Key::Id(Uuid::max())],
    };
    assert_eq!(Cursor::decode(&cursor.encode()).unwrap(), cursor);
}

#[test]
fn what_is_no_cursor_of_ours_is_refused() {
    for text in ["x", "zz", "6", "64~", "ééé", "647e78"] {
        let decoded = Cursor::decode(text);
        let refused =
            decoded.map_or(true, |cursor| Page::first(1, Some(cursor)).unwrap().keys(&sort()).is_err());
        assert!(refused, "{text}");
    }
}

#[test]
fn a_page_has_one_to_a_hundred_rows() {
    for (count, fine) in [(0, false), (1, true), (100, true), (101, false)] {
        assert_eq!(Page::first(count, None).is_ok(), fine, "{count}");
        assert_eq!(Page::last(count, None).is_ok(), fine, "{count}");
    }
}

#[test]
fn pages_of_sorted_rows_join_to_the_whole_list_both_ways() {
    let sort = sort();
    let rows: Vec<(Vec<Key>, i32)> =
        (0..17).map(|number| (vec![Key::Int(number % 3), Key::Int(number)], number)).collect();
    let mut whole = rows.clone();
    whole.sort_by(|(one, _), (other, _)| sort.compare(one, other));
    let whole: Vec<i32> = whole.into_iter().map(|(_, row)| row).collect();
    for count in 1..=18 {
        let (mut forth, mut back) = (Vec::new(), Vec::new());
        let mut cursor = None;
        loop {
            let slice = slice_of(rows.clone(), &sort, &Page::first(count, cursor).unwrap()).unwrap();
            forth.extend(slice.rows.iter().map(|(_, row)| *row));
            cursor = slice.rows.last().map(|(cursor, _)| cursor.clone());
            if !slice.has_next {
                break;
            }
        }
        cursor = None;
        loop {
            let slice = slice_of(rows.clone(), &sort, &Page::last(count, cursor).unwrap()).unwrap();
            let page: Vec<i32> = slice.rows.iter().map(|(_, row)| *row).collect();
            back.splice(0..0, page);
            cursor = slice.rows.first().map(|(cursor, _)| cursor.clone());
            if !slice.has_previous {
                break;
            }
        }
        assert_eq!(forth, whole, "forward by {count}");
        assert_eq!(back, whole, "backward by {count}");
    }
}
