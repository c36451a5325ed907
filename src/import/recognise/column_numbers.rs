//! Rows that number the columns below a heading.

/// Whether texts number the columns: `(1) (2) (3)`, `1 2 3`, `A B 1 2`, `A B C D`. Tables beside each other are numbered each
/// by itself: `1 2 3 1 2 3`.
pub fn is_column_numbers(texts: &[String]) -> bool {
    let begins = |text: &&String| Some(inner(text)) == texts.first().map(|first| inner(first));
    let tables = texts.iter().filter(begins).count();
    if tables < 2 {
        return number_one_table(texts);
    }
    let starts = texts.iter().enumerate().filter(|(_, text)| begins(text)).map(|(at, _)| at);
    let ends = starts.clone().skip(1).chain([texts.len()]);
    starts.zip(ends).all(|(start, end)| texts.get(start..end).is_some_and(number_one_table))
}

fn inner(text: &str) -> String {
    text.trim_matches(|c: char| "()[].  ".contains(c)).to_owned()
}

fn number_one_table(texts: &[String]) -> bool {
    let numbers: Vec<Option<u32>> =
        texts.iter().map(|text| inner(text).split(['=', ' ']).next().and_then(|n| n.parse().ok())).collect();
    let letters = numbers.iter().take_while(|number| number.is_none()).count();
    let lettered = texts.iter().take(letters).all(|text| inner(text).chars().count() == 1);
    // More than three letters, or letters alone, must follow each other.
    let alphabet = (b'A'..=b'Z').map(|letter| char::from(letter).to_string());
    let in_order =
        texts.iter().take(letters).map(|text| inner(text).to_uppercase()).eq(alphabet.take(letters));
    let counted: Vec<u32> = numbers.iter().skip(letters).flatten().copied().collect();
    (counted.len() >= 2 || in_order && letters + counted.len() >= 3)
        && counted.len() + letters == texts.len()
        && (letters <= 3 && lettered || in_order)
        && counted.first().is_none_or(|first| *first <= 2)
        && counted.windows(2).all(|pair| pair[1] == pair[0] + 1)
        && texts.len() >= 3
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_that_number_the_columns_are_known() {
        let texts = |row: &[&str]| row.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
        for row in [
            &["(1)", "(2)", "(3)"][..],
            &["1", "2", "3", "4"],
            &["A", "B", "1", "2", "3"],
            &["[1]", "[2]", "[3]"],
            &["A", "B", "C", "D", "E", "1", "2", "3"],
            &["A", "B", "C", "D"],
            &["a", "b", "c"],
            &["(1)", "(2)", "(3)", "(1)", "(2)", "(3)", "(4)"],
            &["A", "B", "1", "A", "B", "1"],
        ] {
            assert!(is_column_numbers(&texts(row)), "{row:?}");
        }
        for row in [
            &["1", "Nội dung", "2"][..],
            &["1", "60", "100"],
            &["x", "x", "x"],
            &["A", "C", "D", "E"],
            &["1", "60", "100", "1", "60", "100"],
        ] {
            assert!(!is_column_numbers(&texts(row)), "{row:?}");
        }
    }
}
