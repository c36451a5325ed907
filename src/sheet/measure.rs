//! How much room a text needs when it is printed in Times New Roman: the writing library does not lay out text, so the
//! heights of rows are estimated here. Estimates lean to the generous side; a blank line less harms nobody.

use unicode_normalization::UnicodeNormalization;

/// Tallest row that spreadsheet programs accept, in points.
const TALLEST: f64 = 409.0;
/// Share of a line that breaking at blanks and the other program's metrics may waste.
const SLACK: f64 = 1.04;
/// Points of one unit of column width: a digit of the standard font (7 pixels of 0.75 points).
const POINTS_PER_UNIT: f64 = 5.25;

/// Height in points of a row that shows this text whole in a column of this width (characters of the standard font).
pub fn height(text: &str, width: f64, size: u8, bold: bool) -> f64 {
    let line = f64::from(size) * 1.2;
    let lines = lines(text, width * POINTS_PER_UNIT, f64::from(size) * if bold { 1.06 } else { 1.0 });
    (f64::from(lines) * line + 4.0).min(TALLEST)
}

/// Number of lines, breaking at blanks and inside words that are wider than a line.
fn lines(text: &str, room: f64, size: f64) -> u32 {
    text.split('\n').map(|paragraph| paragraph_lines(paragraph, room, size)).sum()
}

fn paragraph_lines(paragraph: &str, room: f64, size: f64) -> u32 {
    let blank = 0.25 * size * SLACK;
    let (mut lines, mut used) = (1u32, 0.0f64);
    for word in paragraph.split(' ') {
        let width = word.nfd().map(ems).sum::<f64>() * size * SLACK;
        if used > 0.0 && used + blank + width > room {
            lines = lines.saturating_add(1);
            used = 0.0;
        }
        used += width + if used > 0.0 { blank } else { 0.0 };
        while used > room && room > size {
            lines = lines.saturating_add(1);
            used -= room;
        }
    }
    lines
}

/// Advance width of a character in Times New Roman, in ems. Marks over and under letters need none.
fn ems(c: char) -> f64 {
    match c {
        '\u{300}'..='\u{36f}' => 0.0,
        'i' | 'j' | 'l' | 't' | 'I' | '.' | ',' | ':' | ';' | '\'' | '|' | '/' | '!' | ' ' => 0.28,
        'f' | 'r' | 's' | 'J' | '-' | '(' | ')' | '[' | ']' => 0.36,
        'a' | 'c' | 'e' | 'z' | '?' => 0.444,
        'm' | 'w' | 'M' | 'W' | '%' | '@' => 0.86,
        'A'..='Z' => 0.69,
        'đ' | ' '..='~' => 0.5,
        'Đ' => 0.72,
        // Dashes, quotes, other scripts and pictures: count a full em, the widest they are.
        _ => 1.0,
    }
}

#[cfg(test)]
mod tests {
    use super::height;

    #[test]
    fn a_text_needs_more_room_the_longer_it_is_and_never_more_than_a_row_may_have() {
        let sentence = "Đẩy nhanh tiến độ triển khai Chính quyền điện tử. ";
        for (text, width, expected_lines) in [
            (String::new(), 40.0, 1.0),
            ("Một dòng".to_owned(), 40.0, 1.0),
            ("Hai\ndòng".to_owned(), 40.0, 2.0),
            (sentence.repeat(2), 50.0, 2.0),
        ] {
            let expected = expected_lines * 12.0 * 1.2 + 4.0;
            assert!((height(&text, width, 12, false) - expected).abs() < 0.01, "{text}");
        }
        assert!((height(&sentence.repeat(600), 40.0, 12, false) - 409.0).abs() < 0.01);
        assert!(height("liền".repeat(40).as_str(), 20.0, 12, false) > 2.0 * 12.0 * 1.2);
    }
}
