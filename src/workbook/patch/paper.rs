//! What the writing library cannot say about paper: that the first page of a sheet carries no number (Nghị định
//! 30/2020). The parts of the sheets are patched after writing.

use super::package::Package;
use crate::domain::refusal::Refusal;

/// The workbook (one that we wrote, with so many sheets) with first pages that have the foot but no page number.
///
/// # Errors
/// When the package is not one that our writer made.
pub fn first_pages_without_number(bytes: &[u8], sheets: usize) -> Result<Vec<u8>, Refusal> {
    let mut package = Package::open(bytes)?;
    for number in 1..=sheets {
        let name = format!("xl/worksheets/sheet{number}.xml");
        let part = package.get(&name)?;
        if let Some(patched) = patched(&part) {
            package.put(&name, patched);
        }
    }
    package.save()
}

/// The part with `differentFirst`; none when it has no header or foot.
fn patched(part: &str) -> Option<String> {
    const OPEN: &str = "<headerFooter";
    const CLOSE: &str = "</headerFooter>";
    // Behind all cells, so the search from the end is short.
    let close = part.rfind(CLOSE)?;
    let open = part.get(..close)?.rfind(OPEN)?;
    let inside = part.get(open + OPEN.len()..close)?;
    let foot = between(inside, "<oddFooter>", "</oddFooter>").unwrap_or_default();
    Some(format!(
        "{}{OPEN} differentFirst=\"1\"{inside}<firstFooter>{foot}</firstFooter>{}",
        part.get(..open)?,
        part.get(close..)?
    ))
}

fn between<'a>(text: &'a str, before: &str, after: &str) -> Option<&'a str> {
    let (_, rest) = text.split_once(before)?;
    rest.split_once(after).map(|(inside, _)| inside)
}

#[cfg(test)]
mod tests {
    use super::patched;

    #[test]
    fn the_first_page_keeps_the_foot_and_loses_the_number() {
        let part = "<w><c/><headerFooter scaleWithDoc=\"0\"><oddHeader>&amp;P</oddHeader>\
                    <oddFooter>chân</oddFooter></headerFooter><x/></w>";
        let expected = "<w><c/><headerFooter differentFirst=\"1\" scaleWithDoc=\"0\"><oddHeader>&amp;P</oddHeader>\
                        <oddFooter>chân</oddFooter><firstFooter>chân</firstFooter></headerFooter><x/></w>";
        assert_eq!(patched(part).as_deref(), Some(expected));
        assert_eq!(patched("<w/>"), None);
    }
}
