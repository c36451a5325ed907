//! Names on tabs: at most 31 characters, none of `[]:*?/\`, no apostrophe at either end, unique whatever the case.

use std::collections::HashSet;

/// Longest name, in UTF-16 units.
const LONGEST: usize = 31;

/// Legal and unique names for these labels, in their order. `reserved` names are taken already.
pub(super) fn legal<'a, 'b>(
    reserved: impl Iterator<Item = &'a str>,
    labels: impl Iterator<Item = &'b str>,
) -> Vec<String> {
    // Excel keeps "History" for itself.
    let mut taken: HashSet<String> = reserved.map(str::to_lowercase).chain(["history".to_owned()]).collect();
    labels
        .map(|label| {
            let wanted = clean(label);
            let name = (1u32..)
                .map(|number| match number {
                    1 => shorten(&wanted, LONGEST),
                    _ => {
                        let suffix = format!(" ({number})");
                        shorten(&wanted, LONGEST - suffix.len()) + &suffix
                    }
                })
                .find(|name| !taken.contains(&name.to_lowercase()))
                .unwrap_or_default();
            taken.insert(name.to_lowercase());
            name
        })
        .collect()
}

fn clean(label: &str) -> String {
    let replaced: String = label
        .chars()
        .map(|c| match c {
            '[' | ']' | ':' | '*' | '?' | '/' | '\\' => '-',
            c if c.is_control() => ' ',
            c => c,
        })
        .collect();
    let name = replaced.trim_matches(|c: char| c == '\'' || c.is_whitespace());
    if name.is_empty() { "Đơn vị".to_owned() } else { name.to_owned() }
}

fn shorten(name: &str, room: usize) -> String {
    let mut used = 0;
    let kept: String = name
        .chars()
        .take_while(|c| {
            used += c.len_utf16();
            used <= room
        })
        .collect();
    kept.trim_end_matches(|c: char| c == '\'' || c.is_whitespace()).to_owned()
}

#[cfg(test)]
mod tests {
    use super::legal;

    #[test]
    fn names_are_legal_unique_and_not_longer_than_a_tab_allows() {
        let labels = [
            "40 Nghệ An",
            "Cục PTTH&TTĐT",
            "Viện Chiến lược Thông tin và Truyền thông",
            "a/b:c*d?[e]\\",
            "'trích'",
            "",
            "tổng hợp",
            "40 NGHỆ AN",
            "History",
            "😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀",
        ];
        let names = legal(["Tổng hợp"].into_iter(), labels.into_iter());
        assert_eq!(
            names,
            [
                "40 Nghệ An",
                "Cục PTTH&TTĐT",
                "Viện Chiến lược Thông tin và Tr",
                "a-b-c-d--e--",
                "trích",
                "Đơn vị",
                "tổng hợp (2)",
                "40 NGHỆ AN (2)",
                "History (2)",
                "😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀",
            ]
        );
        assert!(names.iter().all(|name| name.encode_utf16().count() <= 31));
    }
}
