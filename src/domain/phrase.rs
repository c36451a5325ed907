//! Phrases cut into numbers, words and signs, for reading dates and deadlines that people type. Works on the key
//! without diacritics, so that "Quý II/2020", "QUÍ II / 2020" and "quy ii/2020" are one phrase.

use super::text::plain_key;

/// A number, a word or a sign of a phrase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// Digits, with how many there were: "06" is 6 of two digits.
    Number { value: u32, digits: usize },
    /// Letters in lower case without diacritics.
    Word(String),
    /// Any other character but a blank.
    Sign(char),
}

/// A phrase with a place in it.
#[derive(Clone, Debug)]
pub(super) struct Phrase {
    tokens: Vec<Token>,
    /// Whether the token follows without a blank.
    glued: Vec<bool>,
    /// The next token to be read.
    pub(super) at: usize,
}

impl Phrase {
    /// The phrase of a text, at its start.
    pub(super) fn of(text: &str) -> Phrase {
        let mut phrase = Phrase { tokens: Vec::new(), glued: Vec::new(), at: 0 };
        let mut blank = true;
        for c in plain_key(text).chars() {
            if c == ' ' {
                blank = true;
                continue;
            }
            if blank || !phrase.extend_last(c) {
                phrase.tokens.push(match c.to_digit(10) {
                    Some(value) => Token::Number { value, digits: 1 },
                    None if c.is_alphabetic() => Token::Word(c.to_string()),
                    None => Token::Sign(c),
                });
                phrase.glued.push(!blank);
            }
            blank = false;
        }
        phrase
    }

    /// Adds a character to the last token when it is of the same kind.
    fn extend_last(&mut self, c: char) -> bool {
        match (self.tokens.last_mut(), c.to_digit(10)) {
            (Some(Token::Number { value, digits }), Some(digit)) => {
                *value = value.saturating_mul(10).saturating_add(digit);
                *digits += 1;
                true
            }
            (Some(Token::Word(word)), None) if c.is_alphabetic() => {
                word.push(c);
                true
            }
            _ => false,
        }
    }

    /// Whether everything was read.
    pub(super) fn is_done(&self) -> bool {
        self.at >= self.tokens.len()
    }

    /// The token so many places from here.
    pub(super) fn peek(&self, ahead: usize) -> Option<&Token> {
        self.tokens.get(self.at + ahead)
    }

    /// The token before this place.
    pub(super) fn previous(&self) -> Option<&Token> {
        self.at.checked_sub(1).and_then(|index| self.tokens.get(index))
    }

    /// The word so many places from here.
    pub(super) fn peek_word(&self, ahead: usize) -> Option<&str> {
        match self.peek(ahead) {
            Some(Token::Word(word)) => Some(word),
            Some(Token::Number { .. } | Token::Sign(_)) | None => None,
        }
    }

    /// The number so many places from here: value and count of digits.
    pub(super) fn peek_number(&self, ahead: usize) -> Option<(u32, usize)> {
        match self.peek(ahead) {
            Some(Token::Number { value, digits }) => Some((*value, *digits)),
            Some(Token::Word(_) | Token::Sign(_)) | None => None,
        }
    }

    /// The sign so many places from here.
    pub(super) fn peek_sign(&self, ahead: usize) -> Option<char> {
        match self.peek(ahead) {
            Some(Token::Sign(sign)) => Some(*sign),
            Some(Token::Word(_) | Token::Number { .. }) | None => None,
        }
    }

    /// Reads this word, if it is next.
    pub(super) fn take_word(&mut self, word: &str) -> bool {
        let found = self.peek_word(0) == Some(word);
        self.at += usize::from(found);
        found
    }

    /// Reads one of these signs, if it is next.
    pub(super) fn take_sign(&mut self, signs: &[char]) -> Option<char> {
        let sign = self.peek_sign(0).filter(|sign| signs.contains(sign))?;
        self.at += 1;
        Some(sign)
    }

    /// Reads a number of at most so many digits, if it is next.
    pub(super) fn take_number(&mut self, most_digits: usize) -> Option<(u32, usize)> {
        let number = self.peek_number(0).filter(|(_, digits)| *digits <= most_digits)?;
        self.at += 1;
        Some(number)
    }

    /// Skips the rest of what is written without a blank.
    pub(super) fn skip_glued(&mut self) {
        self.at += 1;
        while self.glued.get(self.at).copied().unwrap_or(false) {
            self.at += 1;
        }
    }

    /// Where these words stand one after the other, first place.
    pub(super) fn find(&self, words: &[String]) -> Option<usize> {
        if words.is_empty() {
            return None;
        }
        self.tokens
            .windows(words.len())
            .position(|run| run.iter().zip(words).all(|(token, word)| is_word(token, word)))
    }

    /// Whether the phrase is these words and nothing else but signs.
    pub(super) fn is_exactly(&self, words: &[String]) -> bool {
        let mut own = self.tokens.iter().filter(|token| !matches!(token, Token::Sign(_)));
        words.iter().all(|word| own.next().is_some_and(|token| is_word(token, word))) && own.next().is_none()
    }
}

fn is_word(token: &Token, word: &str) -> bool {
    matches!(token, Token::Word(own) if own == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_digits_and_signs_part_company() {
        let phrase = Phrase::of("Quý II /2020, T06");
        let word = |word: &str| Token::Word(word.to_owned());
        assert_eq!(
            phrase.tokens,
            [
                word("qui"),
                word("ii"),
                Token::Sign('/'),
                Token::Number { value: 2020, digits: 4 },
                Token::Sign(','),
                word("t"),
                Token::Number { value: 6, digits: 2 },
            ]
        );
        assert_eq!(phrase.glued, [false, false, false, true, true, false, true]);
    }
}
