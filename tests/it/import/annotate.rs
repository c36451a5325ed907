//! The sender's own file comes back marked, is mended, and is clean.

use std::io::{Cursor, Read, Write};
use std::path::Path;

use giaoban::actions::annotate_import::{Annotated, annotate_import};
use giaoban::actions::upload_import::{Upload, Uploaded, upload_import};
use giaoban::domain::access::Role;
use giaoban::domain::import::RowOutcome;
use giaoban::error::Code;
use giaoban::import::plan::Plan;
use giaoban::sheet::annotation::{AUTHOR, SHEET_NAME};
use serde_json::{Value, json};

use super::sheet::{outcomes, send, send_lines, workbook};
use crate::support::app::{TestApp, on_both};
use crate::support::office;
use crate::workbook::patch::strict::{self, parts};

/// One row is right, one has a percent above 100, one may be several tasks.
const FAULTY: [super::sheet::Line<'_>; 3] = [
    ("VII.4-1", "Đang thực hiện", "50", "Đã gỡ 12 bài", "=giữ"),
    ("VII.4-3", "Đang thực hiện", "120", "Đã ban hành kế hoạch", ""),
    ("Việc riêng của Sở về thư viện số của tỉnh", "Đang thực hiện", "20", "Đã cung cấp", ""),
];

async fn annotated(app: &TestApp, sent: &Uploaded) -> Annotated {
    let caller = app.caller(Role::Office, &[]).await;
    annotate_import(&app.app, &caller, sent.import.id).await.unwrap()
}

/// What a plan says of each row, without places.
fn told(plan: &Plan) -> Vec<String> {
    let row = |row: &giaoban::import::plan::PlannedRow| {
        format!("{:?} {:?} {:?} {:?}", row.task, row.outcome, row.stated(), row.findings)
    };
    plan.rows.iter().map(row).collect()
}

/// The package with one text of one part replaced.
fn mended(package: &[u8], name: &str, from: &str, to: &str) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(package)).unwrap();
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).unwrap();
        let part = file.name().unwrap().into_owned();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        if part == name {
            let text = String::from_utf8(bytes).unwrap();
            assert_eq!(text.matches(from).count(), 1, "{from} in {text}");
            bytes = text.replace(from, to).into_bytes();
        }
        zip.start_file(part, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(&bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[tokio::test]
async fn annotate_is_minimal_and_the_mended_file_is_clean() {
    on_both(async |app| {
        let original = workbook(app, "Quý I", &FAULTY).await;
        let sent = send(app, original.clone()).await.unwrap();
        assert_eq!(sent.plan.count(RowOutcome::Error), 1, "{:?}", outcomes(&sent.plan));
        let annotated = annotated(app, &sent).await;
        assert_eq!(annotated.file_name, "bao-cao - phát hiện.xlsx");
        strict::check(&annotated.bytes);

        let (before, after) = (parts(&original), parts(&annotated.bytes));
        let concerned = [
            "[Content_Types].xml",
            "xl/_rels/workbook.xml.rels",
            "xl/styles.xml",
            "xl/workbook.xml",
            "xl/worksheets/sheet1.xml",
        ];
        for (name, bytes) in before.iter().filter(|(name, _)| !concerned.contains(&name.as_str())) {
            assert!(after[name] == *bytes, "{name} was changed");
        }

        let again = send(app, annotated.bytes.clone()).await.unwrap();
        assert_eq!(told(&again.plan), told(&sent.plan), "the marks are not read");
        assert_eq!(again.plan.hash, sent.plan.hash);

        let mended = mended(&annotated.bytes, "xl/worksheets/sheet1.xml", "<v>120</v>", "<v>90</v>");
        let clean = send(app, mended).await.unwrap();
        assert_eq!(clean.plan.count(RowOutcome::Error), 0, "{:?}", outcomes(&clean.plan));
        let blocking =
            clean.plan.rows.iter().flat_map(|row| &row.findings).filter(|f| f.code.severity().blocks());
        assert_eq!(blocking.count(), 0);
        let clean = self::annotated(app, &clean).await;
        let notes = parts(&clean.bytes)
            .into_iter()
            .filter(|(name, _)| name.contains("comments"))
            .map(|(_, bytes)| String::from_utf8(bytes).unwrap());
        assert!(notes.into_iter().all(|text| !text.contains("120")), "old notes are gone");
    })
    .await;
}

#[tokio::test]
async fn the_annotated_file_opens_in_other_programs_with_its_marks() {
    let app = TestApp::new(crate::support::database::Kind::Sqlite).await.unwrap();
    let sent = send_lines(&app, "Quý I", &FAULTY).await;
    let bytes = annotated(&app, &sent).await.bytes;
    let script = "import openpyxl, sys\n\
                  book = openpyxl.load_workbook(sys.argv[1])\n\
                  print(book.sheetnames)\n\
                  cell = book['Phụ lục']['F6']\n\
                  print(cell.value, cell.fill.fgColor.rgb, cell.comment.author)\n\
                  print([cell.hyperlink.location for cell in book.worksheets[0]['C'] if cell.hyperlink])\n";
    if let Some(told) = office::openpyxl(script, &bytes) {
        let begins = format!("['{SHEET_NAME}', 'Phụ lục']\n120 FFFFC0CA {AUTHOR}\n");
        assert!(told.starts_with(&begins), "{told}");
        assert!(told.contains("'Phụ lục'!F6"), "{told}");
    }
    // The first sheet is the list of findings.
    if let Some(list) = office::converted(&bytes, "csv:Text - txt - csv (StarCalc):44,34,76,1") {
        let list = String::from_utf8(list).unwrap().replace('"', "");
        assert!(list.contains("Phụ lục,F6,Lỗi,Tỷ lệ “120” lớn hơn 100%."), "{list}");
    }
}

#[tokio::test]
async fn files_of_other_formats_come_back_as_xlsx_with_the_same_cells() {
    on_both(async |app| {
        let csv = "STT,Nội dung nhiệm vụ,Tình trạng thực hiện,Tỷ lệ hoàn thành (%),Kết quả thực hiện\n\
                   1,Xây dựng thư viện số của tỉnh,Đang thực hiện,120,Đã làm\n";
        for (name, unit, bytes) in [
            ("gia-lai.xls", "64", demo("gia-lai.xls")),
            ("kien-giang.ods", "91", demo("kien-giang.ods")),
            ("Bảng [quý I] của Sở rất là dài dòng văn tự.csv", "40", csv.as_bytes().to_vec()),
        ] {
            let send = async |name: &str, bytes| {
                let caller = app.caller(Role::Office, &[]).await;
                let file_name = Some(name.to_owned());
                let upload = Upload { unit: unit.to_owned(), file_name, bytes, reported_on: None };
                upload_import(&app.app, &caller, upload).await.unwrap()
            };
            let sent = send(name, bytes).await;
            let annotated = annotated(app, &sent).await;
            assert!(annotated.file_name.ends_with(" - phát hiện.xlsx"), "{}", annotated.file_name);
            strict::check(&annotated.bytes);
            let again = send(&annotated.file_name, annotated.bytes).await;
            // A sheet whose name Excel does not allow is called otherwise; everything else is the same.
            let plain = |plan: &Plan| -> Vec<String> {
                let rows = plan.rows.iter();
                let codes = |row: &giaoban::import::plan::PlannedRow| {
                    row.findings
                        .iter()
                        .map(|finding| (finding.code, finding.detail.clone()))
                        .collect::<Vec<_>>()
                };
                rows.map(|row| {
                    format!(
                        "{} {:?} {:?} {:?} {:?}",
                        row.place.row,
                        row.task,
                        row.outcome,
                        row.stated(),
                        codes(row)
                    )
                })
                .collect()
            };
            assert_eq!(plain(&again.plan), plain(&sent.plan), "{name}");
        }
    })
    .await;
}

fn demo(name: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds/demo").join(name)).unwrap()
}

#[tokio::test]
async fn a_refused_file_has_nothing_to_mark_and_the_answer_says_why() {
    on_both(async |app| {
        let refused = send(app, b"PK\x03\x04 kaputt".to_vec()).await.unwrap_err();
        let (server, token) = (app.serve().await, app.token(Role::Unit, &["40"]).await);
        let data = server
            .graphql("{ imports { edges { node { id refusal { code } annotatedPath } } } }", &token)
            .await;
        let import = &data["imports"]["edges"][0]["node"];
        assert_eq!(import["annotatedPath"], Value::Null, "{data}");
        let path = format!("/imports/{}/annotated.xlsx", import["id"].as_str().unwrap());
        let answer = server.get(&path, &token).send().await.unwrap();
        assert_eq!(answer.status(), 409);
        let body: Value = answer.json().await.unwrap();
        assert_eq!(body["error"]["code"], json!("IMPORT_STATE"));
        let sentence = body["error"]["message"].as_str().unwrap();
        let Code::Refused(refusal) = refused.code else { panic!("{refused}") };
        assert!(
            sentence.contains("không có ô nào để đánh dấu") && sentence.contains(refusal.sentence()),
            "{sentence}"
        );
    })
    .await;
}

#[tokio::test]
async fn the_file_is_downloaded_under_its_own_name_and_only_by_those_who_may_see_it() {
    on_both(async |app| {
        let (server, token) = (app.serve().await, app.token(Role::Unit, &["40"]).await);
        let bytes = workbook(app, "Quý I", &FAULTY).await;
        let upload = "/imports?unit=40&fileName=B%C3%A1o%20c%C3%A1o.xlsx";
        let sent: Value = server.post(upload, &token).body(bytes).send().await.unwrap().json().await.unwrap();
        let id = sent["import"]["id"].as_str().unwrap();
        let path = format!("/imports/{id}/annotated.xlsx");
        let answer = server.get(&path, &token).send().await.unwrap();
        assert_eq!(answer.status(), 200);
        let name = answer.headers()["content-disposition"].to_str().unwrap().to_owned();
        let encoded = "filename*=UTF-8''B%C3%A1o%20c%C3%A1o%20-%20ph%C3%A1t%20hi%E1%BB%87n.xlsx";
        assert!(name.ends_with(encoded), "{name}");
        assert!(answer.headers()["content-type"].to_str().unwrap().ends_with("spreadsheetml.sheet"));
        strict::check(&answer.bytes().await.unwrap());

        let stranger = app.token(Role::Unit, &["38"]).await;
        let absent = "/imports/0197b3a0-0000-7000-8000-000000000000/annotated.xlsx";
        let hidden = server.get(&path, &stranger).send().await.unwrap();
        let unknown = server.get(absent, &stranger).send().await.unwrap();
        assert_eq!((hidden.status(), unknown.status()), (404.try_into().unwrap(), 404.try_into().unwrap()));
    })
    .await;
}

#[tokio::test]
async fn a_text_that_no_xlsx_can_hold_is_said_to_be_cut() {
    on_both(async |app| {
        let long = "dài ".repeat(9_000);
        let csv = format!(
            "STT,Nội dung nhiệm vụ,Tình trạng thực hiện,Kết quả thực hiện\n1,Xây dựng thư viện số của tỉnh,Đang thực hiện,{long}\n"
        );
        let caller = app.caller(Role::Unit, &["40"]).await;
        let (file_name, bytes) = (Some("bang.csv".to_owned()), csv.into_bytes());
        let upload = Upload { unit: "40".to_owned(), file_name, bytes, reported_on: None };
        let sent = upload_import(&app.app, &caller, upload).await.unwrap();
        let annotated = annotated(app, &sent).await;
        let book = giaoban::workbook::read::read_workbook(&annotated.bytes).unwrap();
        let told = |sheet: usize, row: u32, column: u32| {
            let cell = book.sheets[sheet].cell(row, column).unwrap();
            let giaoban::sheet::cell::Value::Text(text) = &cell.value else { panic!("{cell:?}") };
            text.to_string()
        };
        assert!(told(1, 1, 3).ends_with("… [bị cắt bớt]"));
        let list = &book.sheets[0];
        let row = list.rows.iter().rfind(|row| row.cell(6).is_some()).unwrap().number;
        assert_eq!((told(0, row, 2), told(0, row, 6)), ("D2".to_owned(), "text_cut".to_owned()));
    })
    .await;
}
