//! Finding words in search columns: folded and without diacritics, so both databases answer alike.

use sea_orm::sea_query::LikeExpr;
use sea_orm::{ColumnTrait, Condition};

use crate::domain::text::plain_key;

/// Rows whose search column contains every word of the text. A text without words finds everything.
pub fn contains(column: impl ColumnTrait, text: &str) -> Condition {
    plain_key(text).split_whitespace().fold(Condition::all(), |condition, word| {
        condition.add(column.like(LikeExpr::new(pattern(word)).escape('\\')))
    })
}

/// A LIKE pattern that finds the word as it stands: `%` and `_` mean themselves.
fn pattern(word: &str) -> String {
    let mut pattern = String::with_capacity(word.len() + 2);
    pattern.push('%');
    for letter in word.chars() {
        if matches!(letter, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(letter);
    }
    pattern.push('%');
    pattern
}

#[cfg(test)]
mod tests {
    use super::pattern;

    #[test]
    fn wildcards_of_like_mean_themselves() {
        assert_eq!(pattern("50%_\\"), "%50\\%\\_\\\\%");
    }
}
