//! Numbers of rows as people write them: 1, 2.1, 13.10, II, A, a), đ), -, +.

/// A number as written, by its form. The forms tell levels apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stt {
    /// I, II, IV.
    Roman(u32),
    /// A, B, C.
    Capital(char),
    /// 1; 2.1 (two parts); 1.1.2 (three parts).
    Arabic(Vec<u32>),
    /// a, b), đ.
    Letter(char),
    /// -, –.
    Dash,
    /// +.
    Plus,
    /// •, *, o.
    Bullet,
}

/// The number a cell holds as a whole; none when the cell holds something else.
pub fn parse(text: &str) -> Option<Stt> {
    let trimmed = text.trim();
    match trimmed {
        "-" | "–" | "—" => return Some(Stt::Dash),
        "+" => return Some(Stt::Plus),
        "•" | "*" | "o" | "·" => return Some(Stt::Bullet),
        _ => {}
    }
    let core = trimmed.trim_start_matches('(').trim_end_matches(['.', ')', ':', '/', '-', ' ']);
    if core.is_empty() || core.len() > 12 {
        return None;
    }
    if core.bytes().all(|b| b.is_ascii_digit() || b == b'.' || b == b',') {
        let parts: Option<Vec<u32>> = core.split(['.', ',']).map(|part| part.parse().ok()).collect();
        return parts.filter(|parts| is_number_of_row(parts)).map(Stt::Arabic);
    }
    if let Some(number) = roman(core) {
        return Some(Stt::Roman(number));
    }
    let mut letters = core.chars();
    match (letters.next(), letters.next()) {
        (Some(letter), None) if letter.is_alphabetic() && letter.is_uppercase() => Some(Stt::Capital(letter)),
        (Some(letter), None) if letter.is_alphabetic() => Some(Stt::Letter(letter)),
        _ => mixed(core),
    }
}

/// Rows are counted up to the most that a sheet may have; the parts of 13.10 stay far below.
fn is_number_of_row(parts: &[u32]) -> bool {
    match parts {
        [one] => *one < MAX_ROWS,
        several => several.iter().all(|part| *part < 10_000),
    }
}

/// As many rows as are read at all (`workbook::limits`); no larger number is one of a row.
const MAX_ROWS: u32 = 300_000;

/// "II.1", "A.2", "1.a": a section and a number in it count as the parts of the number.
fn mixed(core: &str) -> Option<Stt> {
    let (head, rest) = core.split_once(['.', '-'])?;
    let head_number = roman(head).or_else(|| head.parse().ok()).or_else(|| {
        let mut letters = head.chars();
        letters
            .next()
            .filter(|letter| letters.next().is_none() && letter.is_ascii_uppercase())
            .map(|letter| u32::from(letter) - 64)
    })?;
    match parse(rest)? {
        Stt::Arabic(mut parts) => {
            parts.insert(0, head_number);
            Some(Stt::Arabic(parts))
        }
        Stt::Letter(letter) => Some(Stt::Arabic(vec![head_number, u32::from(letter)])),
        Stt::Roman(_) | Stt::Capital(_) | Stt::Dash | Stt::Plus | Stt::Bullet => None,
    }
}

/// The value of a roman numeral in capitals; at most XXXIX.
pub fn roman(text: &str) -> Option<u32> {
    if text.is_empty() || text.len() > 6 || !text.bytes().all(|b| matches!(b, b'I' | b'V' | b'X')) {
        return None;
    }
    let value = |c: char| match c {
        'I' => 1,
        'V' => 5,
        _ => 10,
    };
    let (mut total, mut last) = (0_u32, 0_u32);
    for c in text.chars().rev() {
        let value = value(c);
        total = if value < last { total.checked_sub(value)? } else { total + value };
        last = last.max(value);
    }
    Some(total)
}

/// The number at the beginning of a text that goes on ("II. Lĩnh vực Viễn thông"), with the rest.
pub fn leading(text: &str) -> Option<(Stt, &str)> {
    let trimmed = text.trim();
    let (head, rest) = trimmed.split_once([' ', '\n', '\u{a0}']).or_else(|| {
        // "1.Nội dung", "-Nội dung": no blank after the mark.
        let end = trimmed.find(|c: char| !(c.is_ascii_digit() || "IVX.)-+".contains(c)))?;
        trimmed.get(..end).zip(trimmed.get(end..))
    })?;
    let marked = head.ends_with(['.', ')', ':', '/']) || matches!(head, "-" | "–" | "+" | "•" | "*");
    if !marked {
        return None;
    }
    parse(head).map(|stt| (stt, rest.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_rows_are_understood() {
        for (text, expected) in [
            ("1", Stt::Arabic(vec![1])),
            ("2.1", Stt::Arabic(vec![2, 1])),
            ("13.10", Stt::Arabic(vec![13, 10])),
            ("1.1.2.", Stt::Arabic(vec![1, 1, 2])),
            ("II", Stt::Roman(2)),
            ("IV.", Stt::Roman(4)),
            ("VII", Stt::Roman(7)),
            ("A", Stt::Capital('A')),
            ("a)", Stt::Letter('a')),
            ("đ", Stt::Letter('đ')),
            ("-", Stt::Dash),
            ("+", Stt::Plus),
            ("II.3", Stt::Arabic(vec![2, 3])),
        ] {
            assert_eq!(parse(text), Some(expected), "{text}");
        }
        assert_eq!(parse("100000"), Some(Stt::Arabic(vec![100_000])), "sheets of 100,000 rows exist");
        for text in ["", "Phòng CNTT", "x2", "30/4/2020", "100%", "20200430", "30.04.20200"] {
            assert_eq!(parse(text), None, "{text}");
        }
        assert_eq!(leading("II. Lĩnh vực Viễn thông"), Some((Stt::Roman(2), "Lĩnh vực Viễn thông")));
        assert_eq!(leading("Triển khai"), None);
    }
}
