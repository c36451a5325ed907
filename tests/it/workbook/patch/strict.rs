//! What Excel is strict about and other programs forgive: the order of elements, ids, content types, relationships,
//! counts. A package that passes here is opened by Excel without "repair".

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// CT_Worksheet (ISO 29500-1, 18.3.1.99), in its order.
const WORKSHEET: &[&str] = &[
    "sheetPr",
    "dimension",
    "sheetViews",
    "sheetFormatPr",
    "cols",
    "sheetData",
    "sheetCalcPr",
    "sheetProtection",
    "protectedRanges",
    "scenarios",
    "autoFilter",
    "sortState",
    "dataConsolidate",
    "customSheetViews",
    "mergeCells",
    "phoneticPr",
    "conditionalFormatting",
    "dataValidations",
    "hyperlinks",
    "printOptions",
    "pageMargins",
    "pageSetup",
    "headerFooter",
    "rowBreaks",
    "colBreaks",
    "customProperties",
    "cellWatches",
    "ignoredErrors",
    "smartTags",
    "drawing",
    "legacyDrawing",
    "legacyDrawingHF",
    "drawingHF",
    "picture",
    "oleObjects",
    "controls",
    "AlternateContent",
    "webPublishItems",
    "tableParts",
    "extLst",
];

/// CT_Workbook (18.2.27).
const WORKBOOK: &[&str] = &[
    "fileVersion",
    "fileSharing",
    "workbookPr",
    "AlternateContent",
    "workbookProtection",
    "bookViews",
    "sheets",
    "functionGroups",
    "externalReferences",
    "definedNames",
    "calcPr",
    "oleSize",
    "customWorkbookViews",
    "pivotCaches",
    "smartTagPr",
    "smartTagTypes",
    "webPublishing",
    "fileRecoveryPr",
    "webPublishObjects",
    "extLst",
];

/// CT_Stylesheet (18.8.39).
const STYLES: &[&str] = &[
    "numFmts",
    "fonts",
    "fills",
    "borders",
    "cellStyleXfs",
    "cellXfs",
    "cellStyles",
    "dxfs",
    "tableStyles",
    "colors",
    "extLst",
];

/// Every part by its name.
pub(crate) fn parts(package: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(package)).unwrap();
    (0..archive.len())
        .map(|index| {
            let mut file = archive.by_index(index).unwrap();
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).unwrap();
            (file.name().unwrap().into_owned(), bytes)
        })
        .collect()
}

/// An element with its attributes by local name, and how deep it stands.
struct Element {
    depth: usize,
    name: String,
    attributes: BTreeMap<String, String>,
}

impl Element {
    fn get(&self, name: &str) -> &str {
        self.attributes.get(name).map_or("", String::as_str)
    }
}

fn elements(part: &str, bytes: &[u8]) -> Vec<Element> {
    let text = std::str::from_utf8(bytes).unwrap_or_else(|error| panic!("{part}: {error}"));
    let mut reader = Reader::from_str(text);
    let (mut depth, mut all) = (0, Vec::new());
    let element = |start: &BytesStart<'_>, depth| Element {
        depth,
        name: start.local_name().as_ref().to_owned(),
        attributes: start
            .attributes()
            .map(|attribute| {
                let attribute = attribute.unwrap_or_else(|error| panic!("{part}: {error}"));
                let value = attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0).unwrap();
                (attribute.key.local_name().as_ref().to_owned(), value.into_owned())
            })
            .collect(),
    };
    loop {
        match reader.read_event().unwrap_or_else(|error| panic!("{part}: {error}")) {
            Event::Start(start) => {
                all.push(element(&start, depth));
                depth += 1;
            }
            Event::Empty(start) => all.push(element(&start, depth)),
            Event::End(_) => depth -= 1,
            Event::Eof => return all,
            _ => {}
        }
    }
}

/// Panics, with the part and the reason, where Excel would offer to repair the package.
pub(crate) fn check(package: &[u8]) {
    let parts = parts(package);
    let types = content_types(&parts);
    for (name, bytes) in &parts {
        if name.ends_with(".rels") {
            relationships(&parts, name, bytes);
        }
        let kind = types.get(name).map_or("", String::as_str);
        match () {
            () if kind.ends_with(".worksheet+xml") => worksheet(name, &elements(name, bytes)),
            () if kind.ends_with("sheet.main+xml") || kind.ends_with("macroEnabled.main+xml") => {
                workbook(name, &elements(name, bytes), &parts);
            }
            () if kind.ends_with(".styles+xml") => styles(name, &elements(name, bytes)),
            () if kind.ends_with(".comments+xml") => comments(name, &elements(name, bytes)),
            () if name.ends_with(".vml") => {
                let text = String::from_utf8(bytes.clone()).unwrap();
                let ids: Vec<&str> =
                    text.split(" id=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
                assert_eq!(
                    ids.len(),
                    ids.iter().collect::<BTreeSet<_>>().len(),
                    "{name}: ids twice: {ids:?}"
                );
            }
            () => {}
        }
    }
}

/// The content type of every part; each part has exactly one, each ending is declared once.
fn content_types(parts: &BTreeMap<String, Vec<u8>>) -> BTreeMap<String, String> {
    let list = elements("[Content_Types].xml", &parts["[Content_Types].xml"]);
    let (mut endings, mut overrides) = (BTreeMap::new(), BTreeMap::new());
    for entry in list.iter().filter(|entry| entry.depth == 1) {
        let kind = entry.get("ContentType").to_owned();
        let before = match entry.name.as_str() {
            "Default" => endings.insert(entry.get("Extension").to_lowercase(), kind),
            "Override" => {
                let part = entry.get("PartName").strip_prefix('/').unwrap().to_owned();
                assert!(parts.contains_key(&part), "content type of a part that is not there: {part}");
                overrides.insert(part, kind)
            }
            other => panic!("{other} in the list of content types"),
        };
        assert_eq!(before, None, "declared twice: {:?}", entry.attributes);
    }
    let named = parts.keys().filter(|name| *name != "[Content_Types].xml");
    named
        .map(|name| {
            let ending = name.rsplit('.').next().unwrap().to_lowercase();
            let kind = overrides.get(name).or_else(|| endings.get(&ending));
            (name.clone(), kind.unwrap_or_else(|| panic!("{name} has no content type")).clone())
        })
        .collect()
}

fn relationships(parts: &BTreeMap<String, Vec<u8>>, name: &str, bytes: &[u8]) {
    let folder =
        name.replace("_rels/", "").rsplit_once('/').map_or(String::new(), |(folder, _)| folder.to_owned());
    let mut ids = BTreeSet::new();
    for entry in elements(name, bytes).iter().filter(|entry| entry.depth == 1) {
        assert!(ids.insert(entry.get("Id").to_owned()), "{name}: {} twice", entry.get("Id"));
        if entry.get("TargetMode") == "External" {
            continue;
        }
        let target = entry.get("Target");
        let mut path: Vec<&str> = if target.starts_with('/') { vec![] } else { folder.split('/').collect() };
        for piece in target.split('/').filter(|piece| !piece.is_empty()) {
            if piece == ".." {
                path.pop();
            } else {
                path.push(piece);
            }
        }
        let path = path.into_iter().filter(|piece| !piece.is_empty()).collect::<Vec<_>>().join("/");
        assert!(parts.contains_key(&path), "{name}: {} leads to {path}, which is not there", entry.get("Id"));
    }
}

fn in_order(part: &str, elements: &[Element], order: &[&str]) {
    let mut last = 0;
    for element in elements.iter().filter(|element| element.depth == 1) {
        let at = order.iter().position(|known| *known == element.name);
        let at = at.unwrap_or_else(|| panic!("{part}: <{}> does not belong here", element.name));
        assert!(at >= last, "{part}: <{}> stands after <{}>", element.name, order[last]);
        last = at;
    }
}

fn worksheet(part: &str, elements: &[Element]) {
    in_order(part, elements, WORKSHEET);
    for single in ["legacyDrawing", "hyperlinks", "mergeCells"] {
        assert!(
            elements.iter().filter(|element| element.name == single).count() <= 1,
            "{part}: <{single}> twice"
        );
    }
    let (mut last_row, mut last_cell) = (0, (0, 0));
    for element in elements {
        match (element.depth, element.name.as_str()) {
            (2, "row") if !element.get("r").is_empty() => {
                let row: u32 = element.get("r").parse().unwrap();
                assert!(row > last_row, "{part}: row {row} after row {last_row}");
                last_row = row;
            }
            (3, "c") if !element.get("r").is_empty() => {
                let name = element.get("r");
                let digits = name.find(|c: char| c.is_ascii_digit()).unwrap();
                let column = name[..digits].bytes().fold(0u32, |sum, c| sum * 26 + u32::from(c - b'A') + 1);
                let place = (name[digits..].parse::<u32>().unwrap(), column);
                assert!(place > last_cell, "{part}: {name} stands after {last_cell:?}");
                assert_eq!(place.0, last_row, "{part}: {name} in row {last_row}");
                last_cell = place;
            }
            _ => {}
        }
    }
}

fn workbook(part: &str, elements: &[Element], parts: &BTreeMap<String, Vec<u8>>) {
    in_order(part, elements, WORKBOOK);
    let sheets: Vec<&Element> =
        elements.iter().filter(|element| element.depth == 2 && element.name == "sheet").collect();
    for field in ["name", "sheetId", "id"] {
        let values: BTreeSet<String> = sheets.iter().map(|sheet| sheet.get(field).to_lowercase()).collect();
        assert_eq!(values.len(), sheets.len(), "{part}: two sheets with one {field}");
    }
    for name in elements.iter().filter(|element| element.name == "definedName") {
        let sheet: usize = name.get("localSheetId").parse().unwrap_or(0);
        assert!(sheet < sheets.len(), "{part}: a name of sheet {sheet}");
    }
    // Sheets marked as selected are edited together: at most one may be, and it must be the active one.
    let selected = parts
        .iter()
        .filter(|(name, _)| name.starts_with("xl/worksheets/") && !name.ends_with(".rels"))
        .filter(|(name, bytes)| {
            elements_of_view(name, bytes).iter().any(|view| ["1", "true"].contains(&view.get("tabSelected")))
        })
        .count();
    assert!(selected <= 1, "{part}: {selected} sheets are selected at once");
}

fn elements_of_view(name: &str, bytes: &[u8]) -> Vec<Element> {
    elements(name, bytes).into_iter().filter(|element| element.name == "sheetView").collect()
}

fn styles(part: &str, elements: &[Element]) {
    in_order(part, elements, STYLES);
    let mut sizes: BTreeMap<&str, usize> = BTreeMap::new();
    let mut list = "";
    for element in elements {
        match element.depth {
            1 => list = &element.name,
            2 => *sizes.entry(list).or_default() += 1,
            _ => {}
        }
    }
    for element in elements.iter().filter(|element| element.depth == 1 && !element.get("count").is_empty()) {
        let size = sizes.get(element.name.as_str()).copied().unwrap_or(0);
        assert_eq!(element.get("count"), size.to_string(), "{part}: count of <{}>", element.name);
    }
    for look in elements.iter().filter(|element| element.name == "xf") {
        for (field, list) in [("fontId", "fonts"), ("fillId", "fills"), ("borderId", "borders")] {
            let index: usize = look.get(field).parse().unwrap_or(0);
            assert!(index < sizes[list], "{part}: {field} {index} of {}", sizes[list]);
        }
    }
}

fn comments(part: &str, elements: &[Element]) {
    in_order(part, elements, &["authors", "commentList", "extLst"]);
    let authors = elements.iter().filter(|element| element.name == "author").count();
    let mut places = BTreeSet::new();
    for note in elements.iter().filter(|element| element.name == "comment") {
        assert!(places.insert(note.get("ref").to_owned()), "{part}: two notes on {}", note.get("ref"));
        let author: usize = note.get("authorId").parse().unwrap();
        assert!(author < authors, "{part}: author {author} of {authors}");
    }
}
