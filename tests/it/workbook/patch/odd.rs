//! Packages as other programs write them: strict namespaces, prefixes, no styles, threads, old drawings, signatures,
//! macros, and very many findings.

use std::io::{Cursor, Write};

use giaoban::domain::finding::Severity;
use giaoban::workbook::patch;
use zip::write::{SimpleFileOptions, ZipWriter};

use super::strict::parts;
use super::{annotate, mark, workbook};

const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const STRICT_OFFICE: &str = "http://purl.oclc.org/ooxml/officeDocument/relationships";
const STRICT_MAIN: &str = "http://purl.oclc.org/ooxml/spreadsheetml/main";
const SPREADSHEET: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml";

/// A package with one worksheet "A"; further parts with their content types.
struct Odd<'a> {
    office: &'a str,
    main: &'a str,
    workbook_type: &'a str,
    sheet: &'a str,
    sheet_relations: Option<String>,
    more: Vec<(&'a str, String, &'a str)>,
}

impl Default for Odd<'_> {
    fn default() -> Self {
        Odd {
            office: OFFICE,
            main: MAIN,
            workbook_type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
            sheet: "<worksheet xmlns=\"MAIN\"><sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>STT</t></is></c></row></sheetData></worksheet>",
            sheet_relations: None,
            more: Vec::new(),
        }
    }
}

impl Odd<'_> {
    fn bytes(&self) -> Vec<u8> {
        let Odd { office, main, .. } = self;
        let mut types = format!(
            "<Types xmlns=\"{PACKAGE}/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default ContentType=\"application/vnd.openxmlformats-officedocument.vmlDrawing\" Extension=\"VML\"/><Override PartName=\"/xl/workbook.xml\" ContentType=\"{}\"/><Override PartName=\"/xl/worksheets/sheet1.xml\" ContentType=\"{SPREADSHEET}.worksheet+xml\"/>",
            self.workbook_type
        );
        for (name, _, kind) in self.more.iter().filter(|(_, _, kind)| !kind.is_empty()) {
            types.push_str(&format!("<Override PartName=\"/{name}\" ContentType=\"{kind}\"/>"));
        }
        types.push_str("</Types>");
        let relations = |kind: &str, target: &str| {
            format!(
                "<Relationships xmlns=\"{PACKAGE}/relationships\"><Relationship Id=\"rId1\" Type=\"{office}/{kind}\" Target=\"{target}\"/></Relationships>"
            )
        };
        let mut all = vec![
            ("[Content_Types].xml", types),
            ("_rels/.rels", relations("officeDocument", "xl/workbook.xml")),
            (
                "xl/workbook.xml",
                format!(
                    "<workbook xmlns=\"{main}\" xmlns:r=\"{office}\"><workbookProtection lockStructure=\"1\"/><sheets><sheet name=\"A\" sheetId=\"7\" r:id=\"rId1\"/></sheets></workbook>"
                ),
            ),
            ("xl/_rels/workbook.xml.rels", relations("worksheet", "worksheets/sheet1.xml")),
            ("xl/worksheets/sheet1.xml", self.sheet.replace("MAIN", main)),
        ];
        if let Some(relations) = &self.sheet_relations {
            all.push(("xl/worksheets/_rels/sheet1.xml.rels", relations.clone()));
        }
        all.extend(self.more.iter().map(|(name, text, _)| (*name, text.clone())));
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in all {
            zip.start_file(name, SimpleFileOptions::default()).unwrap();
            zip.write_all(text.as_bytes()).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }
}

fn text(package: &[u8], part: &str) -> String {
    String::from_utf8(parts(package)[part].clone()).unwrap()
}

#[test]
fn a_package_without_styles_and_shared_strings_gets_what_it_needs() {
    let annotated = annotate(&Odd::default().bytes(), &[mark("A", 0, 0, Severity::Error)]).unwrap();
    assert!(text(&annotated, "xl/styles.xml").contains("FFFFC0CA"));
    assert!(text(&annotated, "xl/worksheets/sheet1.xml").contains("<is><t>STT</t></is>"));
}

#[test]
fn a_strict_package_stays_strict() {
    let strict = Odd { office: STRICT_OFFICE, main: STRICT_MAIN, ..Odd::default() };
    let annotated = annotate(&strict.bytes(), &[mark("A", 0, 0, Severity::Error)]).unwrap();
    for (name, bytes) in parts(&annotated) {
        let text = String::from_utf8(bytes).unwrap();
        assert!(!text.contains(MAIN) && !text.contains(OFFICE), "{name}: {text}");
    }
}

#[test]
fn prefixes_extensions_and_what_comes_last_keep_their_order() {
    let sheet = "<x:worksheet xmlns:x=\"MAIN\" xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" xmlns:x14ac=\"http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac\" mc:Ignorable=\"x14ac\"><x:sheetData><x:row r=\"2\" spans=\"1:2\" x14ac:dyDescent=\"0.25\"><x:c r=\"B2\"><x:v>5</x:v></x:c></x:row></x:sheetData><x:sheetProtection sheet=\"1\"/><x:pageMargins left=\"1\" right=\"1\" top=\"1\" bottom=\"1\" header=\"0\" footer=\"0\"/><mc:AlternateContent><mc:Choice Requires=\"x14\"/></mc:AlternateContent><x:extLst/></x:worksheet>";
    let package = Odd { sheet, ..Odd::default() }.bytes();
    let marks =
        [mark("A", 0, 3, Severity::Ask), mark("A", 1, 1, Severity::Error), mark("A", 1, 5, Severity::Info)];
    let annotated = text(&annotate(&package, &marks).unwrap(), "xl/worksheets/sheet1.xml");
    assert!(annotated.contains("<x:row r=\"1\"><x:c r=\"D1\""), "{annotated}");
    assert!(annotated.contains("x14ac:dyDescent=\"0.25\"") && !annotated.contains("spans"), "{annotated}");
    assert!(annotated.contains("<x:legacyDrawing "), "{annotated}");
}

#[test]
fn threads_and_old_drawings_are_left_and_their_shapes_kept() {
    let relations = format!(
        "<Relationships xmlns=\"{PACKAGE}/relationships\"><Relationship Id=\"rId1\" Type=\"{OFFICE}/comments\" Target=\"../comments1.xml\"/><Relationship Id=\"rId2\" Type=\"{OFFICE}/vmlDrawing\" Target=\"../drawings/old.vml\"/><Relationship Id=\"rId3\" Type=\"http://schemas.microsoft.com/office/2017/10/relationships/threadedComment\" Target=\"../threadedComments/t1.xml\"/></Relationships>"
    );
    let notes = format!(
        "<comments xmlns=\"{MAIN}\"><authors><author>tc={{1}}</author><author>Sở</author></authors><commentList><comment ref=\"A1\" authorId=\"0\"><text><t>[Threaded comment] hỏi</t></text></comment><comment ref=\"B1\" authorId=\"1\"><text><t>của Sở</t></text></comment></commentList></comments>"
    );
    let vml = "<xml xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><v:shape id=\"s1\"><br><x:ClientData ObjectType=\"Note\"><x:Row>0</x:Row><x:Column>0</x:Column></x:ClientData></v:shape><v:shape id=\"nut\"><x:ClientData ObjectType=\"Button\"></x:ClientData></v:shape></xml>";
    let package = Odd {
        sheet: "<worksheet xmlns=\"MAIN\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheetData/><legacyDrawing r:id=\"rId2\"/></worksheet>",
        sheet_relations: Some(relations),
        more: vec![
            (
                "xl/comments1.xml",
                notes,
                "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml",
            ),
            ("xl/drawings/old.vml", vml.to_owned(), ""),
            (
                "xl/threadedComments/t1.xml",
                "<ThreadedComments/>".to_owned(),
                "application/vnd.ms-excel.threadedcomments+xml",
            ),
        ],
        ..Odd::default()
    };
    let package = package.bytes();
    let marks = [
        mark("A", 0, 0, Severity::Error),
        mark("A", 0, 1, Severity::Error),
        mark("A", 4, 4, Severity::Warning),
    ];
    let annotated = annotate(&package, &marks).unwrap();
    let notes = text(&annotated, "xl/comments1.xml");
    assert!(
        notes.contains("<t>[Threaded comment] hỏi</t></text>"),
        "a thread has no place for our words: {notes}"
    );
    assert!(
        notes.contains("<r><t>của Sở</t></r><r><t xml:space=\"preserve\">\u{200b}\n[Giao Ban] "),
        "{notes}"
    );
    assert_eq!(
        parts(&annotated)["xl/threadedComments/t1.xml"],
        parts(&package)["xl/threadedComments/t1.xml"]
    );
    let shapes = text(&annotated, "xl/drawings/old.vml");
    assert!(
        shapes.contains("id=\"nut\"") && shapes.contains("id=\"s1\"") && shapes.contains("<x:Row>4</x:Row>")
    );
}

#[test]
fn macros_and_signatures_stay_and_a_broken_signature_is_said() {
    let package = Odd {
        workbook_type: "application/vnd.ms-excel.sheet.macroEnabled.main+xml",
        more: vec![
            ("xl/vbaProject.bin", "\u{1}VBA".to_owned(), "application/vnd.ms-office.vbaProject"),
            (
                "_xmlsignatures/sig1.xml",
                "<Signature/>".to_owned(),
                "application/vnd.openxmlformats-package.digital-signature-xmlsignature+xml",
            ),
        ],
        ..Odd::default()
    }
    .bytes();
    let annotated = annotate(&package, &[mark("A", 0, 0, Severity::Error)]).unwrap();
    assert!(patch::has_macros(&package) && patch::has_macros(&annotated) && !patch::has_macros(&workbook()));
    let (before, after) = (parts(&package), parts(&annotated));
    for part in ["xl/vbaProject.bin", "_xmlsignatures/sig1.xml"] {
        assert_eq!(before[part], after[part]);
    }
    assert!(text(&annotated, "xl/worksheets/giaoban1.xml").contains("chữ ký không còn hợp lệ"));
}

#[test]
fn what_is_not_touched_is_the_same_to_the_packed_byte() {
    let original = workbook();
    let annotated = annotate(&original, &[mark("Tiến độ", 3, 1, Severity::Error)]).unwrap();
    let packed = |package: &[u8]| {
        let mut archive = zip::ZipArchive::new(Cursor::new(package.to_vec())).unwrap();
        let name = "xl/worksheets/sheet2.xml";
        let file = archive.by_name(name).unwrap();
        let (start, size) = (file.data_start().unwrap(), file.compressed_size());
        drop(file);
        package[usize::try_from(start).unwrap()..][..usize::try_from(size).unwrap()].to_vec()
    };
    assert_eq!(packed(&original), packed(&annotated));
}

#[test]
fn a_mark_on_a_row_or_inside_a_block_is_shown_where_people_see_it() {
    let mut row = mark("Tiến độ", 3, 0, Severity::Warning);
    row.column = None;
    // Row 4 begins in column B; A1:D1 is one block.
    let annotated = annotate(&workbook(), &[row, mark("Tiến độ", 0, 2, Severity::Ask)]).unwrap();
    let list = text(&annotated, "xl/worksheets/giaoban1.xml");
    assert!(list.contains("location=\"&apos;Tiến độ&apos;!B4\"") && list.contains("!A1\""), "{list}");
}

#[test]
fn of_ten_thousand_findings_none_is_lost() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet().set_name("Tiến độ").unwrap();
    for row in 0..10_000 {
        for column in 0..8 {
            sheet.write(row, column, f64::from(row)).unwrap();
        }
    }
    let original = book.save_to_buffer().unwrap();
    let marks: Vec<_> = (0..10_000).map(|row| mark("Tiến độ", row, row % 8, Severity::Error)).collect();
    // Quadratic work would take minutes here, and everybody would notice.
    let first = annotate(&original, &marks).unwrap();
    let second = annotate(&first, &marks).unwrap();
    let notes = text(&second, "xl/commentsGb1.xml");
    assert_eq!(notes.matches("<comment ").count(), 10_000);
    let list = text(&second, "xl/worksheets/giaoban1.xml");
    assert_eq!(list.matches("<hyperlink ").count(), 10_000);
}
