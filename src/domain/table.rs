//! Rows of the small tables that the program ships with (`seeds/*.csv`): comma-separated, fields with commas in
//! quotes, first line the names of the columns.

/// The rows after the first, as fields.
pub(super) fn rows(table: &str) -> impl Iterator<Item = Vec<String>> {
    table.lines().skip(1).filter(|line| !line.trim().is_empty()).map(fields)
}

fn fields(line: &str) -> Vec<String> {
    let mut fields = vec![String::new()];
    let mut quoted = false;
    for c in line.chars() {
        match (c, quoted, fields.last_mut()) {
            ('"', _, _) => quoted = !quoted,
            (',', false, _) => fields.push(String::new()),
            (c, _, Some(field)) => field.push(c),
            (_, _, None) => {}
        }
    }
    fields
}

/// The parts of a field that lists several, separated by `|`.
pub(super) fn parts(field: &str) -> impl Iterator<Item = &str> {
    field.split('|').map(str::trim).filter(|part| !part.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_with_commas_stand_in_quotes() {
        let rows: Vec<_> = rows("a,b,c\n1,\"x, y\",\n\n2,,z\n").collect();
        assert_eq!(rows, [["1", "x, y", ""], ["2", "", "z"]]);
        assert_eq!(parts("a| b ||c").collect::<Vec<_>>(), ["a", "b", "c"]);
    }
}
