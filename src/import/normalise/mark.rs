//! Marks in columns of marks: x, X, v, ✓, •, 1 where the column stands for one status.

use crate::sheet::cell::{Cell, Value};

/// Whether a cell holds a mark and nothing else.
pub fn is_mark(text: &str) -> bool {
    let inner = text.trim().trim_matches(['(', ')', '[', ']', '.', ' ']);
    matches!(
        inner,
        "x" | "X"
            | "х"
            | "Х"
            | "v"
            | "V"
            | "✓"
            | "✔"
            | "√"
            | "☑"
            | "☒"
            | "×"
            | "✗"
            | "✘"
            | "●"
            | "•"
            | "xx"
            | "XX"
            | "■"
            | "◼"
            | "✅"
            | "🗹"
            | "[x]"
            | "[X]"
            | "[v]"
    )
}

/// A box that nobody ticked.
pub fn is_empty_box(text: &str) -> bool {
    matches!(
        text.trim(),
        "☐" | "□"
            | "▢"
            | "❏"
            | "❑"
            | "❒"
            | "◻"
            | "◽"
            | "⬜"
            | "▭"
            | "🔲"
            | "[]"
            | "[ ]"
            | "()"
            | "( )"
            | "_"
            | "__"
    )
}

/// Whether a cell in a column of marks says anything: a check box that nobody ticked does not.
pub fn is_set(cell: &Cell) -> bool {
    match &cell.value {
        Value::Bool(false) => false,
        Value::Text(text) => !is_empty_box(text),
        Value::Bool(true) | Value::Empty | Value::Number(_) | Value::DateTime(_) | Value::Error(_) => true,
    }
}

/// A sign that is filled where another one beside it is empty; alone it may be a mark.
pub fn may_be_empty(text: &str) -> bool {
    matches!(text.trim(), "o" | "O" | "○" | "◯" | "⚪" | "◌" | "〇" | "☆" | "◇" | "△")
}

/// A cross says no where ticks say yes.
pub fn is_cross(text: &str) -> bool {
    matches!(text.trim(), "✗" | "✘" | "×" | "☒" | "❌" | "✖")
}

/// A tick says yes.
pub fn is_tick(text: &str) -> bool {
    matches!(text.trim(), "✓" | "✔" | "√" | "☑" | "✅" | "🗹")
}

/// What people write into a column of marks to say that it does not hold.
pub fn is_no_mark(text: &str) -> bool {
    is_empty_box(text)
        || matches!(
            text.trim().trim_end_matches('.').to_lowercase().as_str(),
            "" | "-" | "–" | "0" | "không" | "không có" | "…" | "/" | "n/a" | "no" | "n" | "false" | "sai"
        )
}

/// What people write there to say that it does.
pub fn is_yes(text: &str) -> bool {
    matches!(
        text.trim().trim_end_matches('.').to_lowercase().as_str(),
        "có" | "rồi" | "đã" | "đúng" | "yes" | "y" | "ok" | "true"
    )
}

#[cfg(test)]
mod tests {
    use super::{is_mark, is_no_mark};

    #[test]
    fn marks_are_told_from_words() {
        assert!(["☐", "□", "[ ]", "( )", "-", "0"].iter().all(|text| is_no_mark(text)));
        assert!(["x", " X ", "(x)", "✓", "√", "х", "☑", "[x]"].iter().all(|text| is_mark(text)));
        assert!(!["", "không", "xong", "-", "1a"].iter().any(|text| is_mark(text)));
    }
}
