//! The shapes that show notes (VML). VML is old and loosely written (unclosed tags are met), so the text is only cut at
//! known tags and never parsed.

use std::collections::BTreeSet;
use std::ops::Range;

/// A drawing without shapes.
pub(super) const EMPTY: &str = "<xml xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:office\" xmlns:x=\"urn:schemas-microsoft-com:office:excel\"></xml>";

const NAMESPACES: &str = "xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:office\" xmlns:x=\"urn:schemas-microsoft-com:office:excel\"";

/// Adds a hidden shape for the note of every place.
pub(super) fn with_shapes(vml: &str, places: &[(u32, u32)]) -> String {
    let Some(end) = vml.rfind("</xml>").filter(|_| !places.is_empty()) else { return vml.to_owned() };
    // Ids must be new: shapes of ours from an earlier occasion may have stayed.
    let mut series = 1;
    while vml.contains(&format!("_x0000_sgb{series}_")) || vml.contains(&format!("_x0000_tgb{series}\"")) {
        series += 1;
    }
    let mut shapes = format!(
        "<v:shapetype {NAMESPACES} id=\"_x0000_tgb{series}\" coordsize=\"21600,21600\" o:spt=\"202\" path=\"m,l,21600r21600,l21600,xe\"><v:stroke joinstyle=\"miter\"/><v:path gradientshapeok=\"t\" o:connecttype=\"rect\"/></v:shapetype>"
    );
    for (index, (row, column)) in places.iter().enumerate() {
        let (left, right, top, bottom) = (column + 1, column + 5, row.saturating_sub(1), row + 6);
        shapes.push_str(&format!(
            "<v:shape {NAMESPACES} id=\"_x0000_sgb{series}_{index}\" type=\"#_x0000_tgb{series}\" style=\"position:absolute;visibility:hidden\" fillcolor=\"#ffffe1\" o:insetmode=\"auto\"><v:fill color2=\"#ffffe1\"/><v:shadow on=\"t\" color=\"black\" obscured=\"t\"/><v:path o:connecttype=\"none\"/><v:textbox style=\"mso-direction-alt:auto\"><div style=\"text-align:left\"></div></v:textbox><x:ClientData ObjectType=\"Note\"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{left}, 15, {top}, 2, {right}, 31, {bottom}, 1</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
        ));
    }
    format!("{}{shapes}{}", &vml[..end], &vml[end..])
}

/// The drawing without the shapes of notes that are gone, and without kinds of ours that no shape has any more.
pub(super) fn without_shapes(vml: &str, gone: &BTreeSet<(u32, u32)>) -> String {
    let mut kept = String::with_capacity(vml.len());
    let mut rest = vml;
    while let Some(shape) = next(rest, ":shape ") {
        let (start, end) = (shape.start, shape.end);
        let shape = &rest[shape];
        kept.push_str(&rest[..start]);
        let place = number_in(shape, ":Row>").zip(number_in(shape, ":Column>"));
        if !place.is_some_and(|place| gone.contains(&place)) {
            kept.push_str(shape);
        }
        rest = &rest[end..];
    }
    kept.push_str(rest);
    without_kinds(kept)
}

fn without_kinds(mut vml: String) -> String {
    let mut from = 0;
    while let Some(kind) = next(&vml[from..], ":shapetype ") {
        let kind = from + kind.start..from + kind.end;
        from = kind.end;
        let tag = vml[kind.clone()].split('>').next().unwrap_or_default();
        let id = tag.split_once(" id=\"_x0000_tgb").and_then(|(_, rest)| rest.split('"').next());
        if id.is_some_and(|series| !vml.contains(&format!("\"#_x0000_tgb{series}\""))) {
            from = kind.start;
            vml.replace_range(kind, "");
        }
    }
    vml
}

/// The next element of this name, under whatever prefix: programs choose their own.
fn next(vml: &str, name: &str) -> Option<Range<usize>> {
    let mut from = 0;
    loop {
        let at = from + vml[from..].find(name)?;
        from = at + name.len();
        let start = vml[..at].rfind('<')?;
        let prefix = &vml[start + 1..at];
        if !prefix.is_empty() && prefix.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            let close = format!("</{prefix}{}>", name.trim_end());
            let length = vml[start..].find(&close)?;
            return Some(start..start + length + close.len());
        }
    }
}

/// The number in the element whose opening tag ends so.
fn number_in(shape: &str, tag: &str) -> Option<u32> {
    let after = shape.split_once(tag)?.1;
    after.split_once('<')?.0.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_come_and_go_and_those_of_the_sender_stay() {
        let theirs = EMPTY.replace(
            "</xml>",
            "<v:shape id=\"a\"><br><x:ClientData><x:Row>1</x:Row><x:Column>1</x:Column></x:ClientData></v:shape></xml>",
        );
        let one = with_shapes(&theirs, &[(3, 2)]);
        let two = with_shapes(&one, &[(4, 2)]);
        assert!(
            two.contains("_x0000_sgb1_0\"") && two.contains("_x0000_sgb2_0\""),
            "ids are never used twice"
        );
        let gone = without_shapes(&two, &[(3, 2), (4, 2)].into());
        assert_eq!(gone, theirs, "neither shapes of ours nor their kinds stay");
        let renamed = one.replace("v:", "ns2:").replace("x:", "ns0:");
        assert!(!without_shapes(&renamed, &[(3, 2)].into()).contains("gb1"), "under other prefixes too");
        assert_eq!(with_shapes(&theirs, &[]), theirs);
    }
}
