//! Marks in columns of marks: x, X, v, ✓, •, 1 where the column stands for one status.

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
    )
}

/// What people write into a column of marks to say that it does not hold.
pub fn is_no_mark(text: &str) -> bool {
    matches!(
        text.trim().trim_end_matches('.').to_lowercase().as_str(),
        "" | "-" | "–" | "0" | "không" | "không có" | "o" | "…" | "/" | "n/a" | "no" | "n" | "false" | "sai"
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
    use super::is_mark;

    #[test]
    fn marks_are_told_from_words() {
        assert!(["x", " X ", "(x)", "✓", "√", "х"].iter().all(|text| is_mark(text)));
        assert!(!["", "không", "xong", "-", "1a"].iter().any(|text| is_mark(text)));
    }
}
