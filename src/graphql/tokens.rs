//! The first look at a query text, before it is parsed: counts tokens and open brackets in one pass without memory of
//! its own. Knows just enough of the grammar to skip strings and comments.

use super::limits;

/// Why a text is not even parsed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TooLong {
    /// More tokens than [`limits::TOKENS`].
    Tokens,
    /// More open brackets than [`limits::OPEN_BRACKETS`].
    Brackets,
}

/// Refuses texts with too many tokens or too deep brackets.
pub(crate) fn check(text: &str) -> Result<(), TooLong> {
    let bytes = text.as_bytes();
    let (mut at, mut tokens, mut open) = (0, 0_usize, 0_usize);
    while let Some(&byte) = bytes.get(at) {
        let next = match byte {
            b' ' | b'\t' | b'\r' | b'\n' | b',' => {
                at += 1;
                continue;
            }
            b'#' => {
                at = line_end(bytes, at);
                continue;
            }
            b'"' => string_end(bytes, at),
            b'{' | b'(' | b'[' => {
                open += 1;
                at + 1
            }
            b'}' | b')' | b']' => {
                open = open.saturating_sub(1);
                at + 1
            }
            byte if in_word(byte) => word_end(bytes, at),
            _ => at + 1,
        };
        tokens += 1;
        if tokens > limits::TOKENS {
            return Err(TooLong::Tokens);
        }
        if open > limits::OPEN_BRACKETS {
            return Err(TooLong::Brackets);
        }
        at = next;
    }
    Ok(())
}

/// Letters, digits, and whatever the parser will refuse anyway (other alphabets).
fn in_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || !byte.is_ascii()
}

fn word_end(bytes: &[u8], from: usize) -> usize {
    bytes[from..].iter().position(|byte| !in_word(*byte)).map_or(bytes.len(), |length| from + length)
}

fn line_end(bytes: &[u8], from: usize) -> usize {
    bytes[from..].iter().position(|byte| matches!(byte, b'\n' | b'\r')).map_or(bytes.len(), |at| from + at)
}

/// The place after a string that begins at `from`: `"..."` or `"""..."""`. One that does not end takes the rest.
fn string_end(bytes: &[u8], from: usize) -> usize {
    let block = bytes[from..].starts_with(b"\"\"\"");
    let mut at = from + if block { 3 } else { 1 };
    while at < bytes.len() {
        let rest = &bytes[at..];
        if block && rest.starts_with(b"\\\"\"\"") {
            at += 4;
        } else if block && rest.starts_with(b"\"\"\"") {
            return at + 3;
        } else if !block && rest[0] == b'\\' {
            at += 2;
        } else if !block && rest[0] == b'"' {
            return at + 1;
        } else {
            at += 1;
        }
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_counted_and_strings_and_comments_are_not_looked_into() {
        let many = "a ".repeat(limits::TOKENS);
        let deep = "{".repeat(limits::OPEN_BRACKETS);
        for (text, expected) in [
            (String::new(), Ok(())),
            ("{ viewer { name } }".into(), Ok(())),
            (many.clone(), Ok(())),
            (format!("{many}a"), Err(TooLong::Tokens)),
            (format!("{many}# {many}"), Ok(())),
            (format!("{{ a(text: \"{many}\") }}"), Ok(())),
            (format!("{{ a(text: \"\\\"{many}\") }}"), Ok(())),
            (format!("{{ a(text: \"\"\"{many} \\\"\"\" {many}\"\"\") }}"), Ok(())),
            (deep.clone(), Ok(())),
            (format!("{deep}["), Err(TooLong::Brackets)),
            ("{}".repeat(limits::OPEN_BRACKETS * 2), Ok(())),
            (format!("{{ a(text: \"{deep}{deep}\") }}"), Ok(())),
            (format!("{{ a(text: \"{many}"), Ok(())),
        ] {
            assert_eq!(check(&text), expected, "{}...", text.chars().take(40).collect::<String>());
        }
    }
}
