//! Values of flags that are words of ours.

use chrono::NaiveDate;

use crate::domain::access::Role;

/// A role by its stable name.
pub(crate) fn role(text: &str) -> Result<Role, String> {
    Role::parse(text).ok_or_else(|| {
        let names = Role::ALL.map(Role::as_str).join(", ");
        format!("vai trò là một trong: {names}")
    })
}

/// A day: `2020-03-31`, or `31/3/2020` as offices write it.
pub(crate) fn day(text: &str) -> Result<NaiveDate, String> {
    NaiveDate::parse_from_str(text, "%Y-%m-%d")
        .or_else(|_| NaiveDate::parse_from_str(text, "%d/%m/%Y"))
        .map_err(|_| "ngày viết dạng 2020-03-31 hoặc 31/3/2020".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_may_be_written_in_both_ways() {
        let expected = NaiveDate::from_ymd_opt(2020, 3, 31).unwrap();
        for text in ["2020-03-31", "31/3/2020", "31/03/2020"] {
            assert_eq!(day(text), Ok(expected), "{text}");
        }
        for text in ["31-3", "2020-02-30", "mai"] {
            assert!(day(text).is_err(), "{text}");
        }
    }
}
