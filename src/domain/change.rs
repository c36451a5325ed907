//! What becomes of one value when a sheet meets the store: the three-way decision between the value the sheet started
//! from (base), the stored one (ours) and the one in the sheet (theirs).

/// What a sheet says in one place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theirs<T> {
    /// The sheet has no such column.
    Absent,
    /// The cell is empty.
    Blank,
    /// The cell holds "(xoá)".
    Clear,
    /// The cell holds a value.
    Value(T),
}

/// What the sheet started from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Base<T> {
    /// Nothing is known of it: a first sheet.
    Unknown,
    /// It had no value.
    Blank,
    /// It had this value.
    Value(T),
}

impl<T: PartialEq> Base<T> {
    /// Whether what is stored is known to be another value than the base.
    pub fn is_changed(&self, ours: Option<&T>) -> bool {
        match self {
            Base::Unknown => false,
            Base::Blank => ours.is_some(),
            Base::Value(base) => ours != Some(base),
        }
    }
}

impl<T> Base<T> {
    /// A base that is known, with or without a value.
    pub fn known(value: Option<T>) -> Base<T> {
        value.map_or(Base::Blank, Base::Value)
    }
}

/// What becomes of the value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Choice {
    /// No column, so nothing is said: ours stays.
    Absent,
    /// Blank keeps: ours stays.
    Blank,
    /// Both say the same.
    Same,
    /// The sheet did not touch it; ours stays.
    Keep,
    /// Only the sheet changed it: theirs is stored.
    Take,
    /// The sheet clears it.
    Clear,
    /// Both changed it, differently: a person decides.
    Conflict,
}

impl Choice {
    /// The stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            Choice::Absent => "absent",
            Choice::Blank => "blank",
            Choice::Same => "same",
            Choice::Keep => "keep",
            Choice::Take => "take",
            Choice::Clear => "clear",
            Choice::Conflict => "conflict",
        }
    }

    /// Whether something is stored.
    pub fn stores(self) -> bool {
        match self {
            Choice::Take | Choice::Clear => true,
            Choice::Absent | Choice::Blank | Choice::Same | Choice::Keep | Choice::Conflict => false,
        }
    }
}

/// The decision for one value. `ours` is `None` when nothing is stored.
pub fn decide<T: PartialEq>(base: &Base<T>, ours: Option<&T>, theirs: &Theirs<T>) -> Choice {
    let ours_is_base = !base.is_changed(ours);
    match theirs {
        Theirs::Absent => Choice::Absent,
        Theirs::Blank => Choice::Blank,
        Theirs::Clear if ours.is_none() => Choice::Same,
        // The word is an intention, so it is never "untouched", even where the base was empty.
        Theirs::Clear if ours_is_base => Choice::Clear,
        Theirs::Clear => Choice::Conflict,
        Theirs::Value(value) if ours == Some(value) => Choice::Same,
        Theirs::Value(value) if matches!(base, Base::Value(base) if base == value) => Choice::Keep,
        Theirs::Value(_) if ours_is_base => Choice::Take,
        Theirs::Value(_) => Choice::Conflict,
    }
}

/// Whether a text is the word that clears a value: "(xoá)", also spelled "(xóa)", in any case.
pub fn is_clear_word(text: &str) -> bool {
    matches!(super::text::tidy(text).to_lowercase().as_str(), "(xoá)" | "(xóa)")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `-` = nothing, `?` = base unknown, letters are values; theirs: `.` absent, `-` blank, `x` the clearing word.
    const TABLE: &[(char, char, char, Choice)] = &[
        // Nothing known of a base: two-way.
        ('?', '-', '.', Choice::Absent),
        ('?', 'a', '.', Choice::Absent),
        ('?', '-', '-', Choice::Blank),
        ('?', 'a', '-', Choice::Blank),
        ('?', '-', 'x', Choice::Same),
        ('?', 'a', 'x', Choice::Clear),
        ('?', '-', 'a', Choice::Take),
        ('?', 'a', 'a', Choice::Same),
        ('?', 'a', 'b', Choice::Take),
        // The base had no value.
        ('-', '-', '.', Choice::Absent),
        ('-', 'a', '.', Choice::Absent),
        ('-', '-', '-', Choice::Blank),
        ('-', 'a', '-', Choice::Blank),
        ('-', '-', 'x', Choice::Same),
        ('-', 'a', 'x', Choice::Conflict),
        ('-', '-', 'a', Choice::Take),
        ('-', 'a', 'a', Choice::Same),
        ('-', 'a', 'b', Choice::Conflict),
        // The base had a value, ours is still that.
        ('a', 'a', '.', Choice::Absent),
        ('a', 'a', '-', Choice::Blank),
        ('a', 'a', 'x', Choice::Clear),
        ('a', 'a', 'a', Choice::Same),
        ('a', 'a', 'b', Choice::Take),
        // Ours was changed meanwhile.
        ('a', 'b', '.', Choice::Absent),
        ('a', 'b', '-', Choice::Blank),
        ('a', 'b', 'x', Choice::Conflict),
        ('a', 'b', 'a', Choice::Keep),
        ('a', 'b', 'b', Choice::Same),
        ('a', 'b', 'c', Choice::Conflict),
        // Ours was cleared meanwhile.
        ('a', '-', '.', Choice::Absent),
        ('a', '-', '-', Choice::Blank),
        ('a', '-', 'x', Choice::Same),
        ('a', '-', 'a', Choice::Keep),
        ('a', '-', 'b', Choice::Conflict),
    ];

    #[test]
    fn the_full_table_of_base_ours_theirs() {
        for &(base, ours, theirs, expected) in TABLE {
            let b = match base {
                '?' => Base::Unknown,
                '-' => Base::Blank,
                value => Base::Value(value),
            };
            let t = match theirs {
                '.' => Theirs::Absent,
                '-' => Theirs::Blank,
                'x' => Theirs::Clear,
                value => Theirs::Value(value),
            };
            let o = (ours != '-').then_some(ours);
            assert_eq!(decide(&b, o.as_ref(), &t), expected, "base {base}, ours {ours}, theirs {theirs}");
        }
    }

    #[test]
    fn the_clearing_word_in_its_spellings() {
        for word in ["(xoá)", "(xóa)", " (XOÁ) ", "(Xo\u{301}a)", "(xoa\u{301})"] {
            assert!(is_clear_word(word), "{word}");
        }
        for other in ["xoá", "(xoá bỏ)", "", "()"] {
            assert!(!is_clear_word(other), "{other}");
        }
    }
}
