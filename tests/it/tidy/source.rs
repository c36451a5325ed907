//! A source file as the walls see it: code without comments and texts, and where its tests begin.

/// A source file: as written, and with comments and texts blanked out (same lines, same columns in bytes).
pub(super) struct Source {
    pub(super) path: String,
    pub(super) text: String,
    pub(super) code: String,
    /// First line (0-based) of the inline tests; everything below is a test.
    tests_from: usize,
}

impl Source {
    pub(super) fn new(path: &str, text: &str) -> Source {
        let code = blank(text);
        let whole = path.starts_with("tests/") || path.starts_with("benches/") || path.contains("/tests");
        let tests_from = match whole {
            true => 0,
            false => code.lines().position(|line| line.trim() == "#[cfg(test)]").unwrap_or(usize::MAX),
        };
        Source { path: path.to_owned(), text: text.to_owned(), code, tests_from }
    }

    /// The room a file of the library lives in: `src/store/page.rs` and `src/store.rs` are both `store`.
    pub(super) fn room(&self) -> Option<&str> {
        let inside = self.path.strip_prefix("src/")?;
        Some(inside.split('/').next().unwrap_or(inside).trim_end_matches(".rs"))
    }

    /// The name of the file without folder and ending; for `mod.rs` that of its folder.
    pub(super) fn stem(&self) -> &str {
        let mut parts = self.path.trim_end_matches(".rs").rsplit('/');
        match parts.next() {
            Some("mod") => parts.next().unwrap_or_default(),
            last => last.unwrap_or_default(),
        }
    }

    /// Lines that are not tests, numbered from 1.
    pub(super) fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.code.lines().take(self.tests_from).enumerate().map(|(index, line)| (index + 1, line))
    }
}

/// Blanks comments, texts and characters, so that only code is left.
fn blank(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '/' if rest.starts_with("//") => rest.find('\n').unwrap_or(rest.len()),
            '/' if rest.starts_with("/*") => rest.find("*/").map_or(rest.len(), |end| end + 2),
            '"' => closing(rest, 1),
            'r' if !ends_in_word(&out) && raw(rest).is_some() => raw(rest).unwrap_or(1),
            '\'' => character(rest),
            _ => 0,
        };
        let skipped = if length == 0 { first.len_utf8() } else { length };
        for letter in rest[..skipped].chars() {
            out.push(if length == 0 || letter == '\n' { letter } else { ' ' });
        }
        rest = &rest[skipped..];
    }
    out
}

/// Whether a word goes on here.
pub(super) fn ends_in_word(text: &str) -> bool {
    text.chars().next_back().is_some_and(|last| last.is_alphanumeric() || last == '_')
}

/// Length of a text in quotes that begins here.
fn closing(rest: &str, from: usize) -> usize {
    let mut escaped = false;
    for (at, letter) in rest.char_indices().filter(|(at, _)| *at >= from) {
        match letter {
            '\\' if !escaped => escaped = true,
            '"' if !escaped => return at + 1,
            _ => escaped = false,
        }
    }
    rest.len()
}

/// Length of a raw text (`r"…"`, `r#"…"#`) that begins here.
fn raw(rest: &str) -> Option<usize> {
    let hashes = rest[1..].chars().take_while(|letter| *letter == '#').count();
    let body = rest[1 + hashes..].strip_prefix('"')?;
    let end = format!("\"{}", "#".repeat(hashes));
    Some(body.find(&end).map_or(rest.len(), |at| 2 + hashes + at + end.len()))
}

/// Length of a character in quotes that begins here; 0 for a lifetime.
fn character(rest: &str) -> usize {
    let mut letters = rest.char_indices().skip(1);
    match (letters.next(), letters.next()) {
        (Some((_, '\\')), _) => rest[3.min(rest.len())..].find('\'').map_or(0, |at| at + 4),
        (Some(_), Some((at, '\''))) => at + 1,
        _ => 0,
    }
}
