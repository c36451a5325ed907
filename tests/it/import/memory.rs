//! Remembered layouts and wordings: what helps the next file, what is only proposed, and what never overrules the file.

use std::collections::HashMap;

use giaoban::actions::answer_import::answer_import;
use giaoban::actions::commit_import::{CommitImport, Committed, commit_import};
use giaoban::actions::plan_import::plan_import;
use giaoban::actions::upload_import::Uploaded;
use giaoban::domain::finding::FindingCode;
use giaoban::domain::progress::Progress;
use giaoban::import::answers::{Answers, Link, RowAnswer};
use giaoban::import::hints::{Hints, Layout, Remembered, Wording, wording_key};
use giaoban::import::plan::Plan;
use giaoban::import::question::questions;
use giaoban::import::reading::{Decision, Reading};
use giaoban::import::{seeded, understand};
use giaoban::sheet::column::Field;
use giaoban::sheet::meaning::{ColumnFacts, ColumnMeaning, DayOrder, PercentScale};
use giaoban::store;

use super::sheet::{officer, outcomes, send};
use super::table::{sheet, workbook};
use super::undo::turn;
use crate::support::app::{TestApp, on_both};
use crate::support::book::{BETWEEN_TWO, HEADINGS, OWN_WORK, book, open_report, wording};

pub(super) fn meaning(meaning: ColumnMeaning) -> ColumnFacts {
    ColumnFacts { meaning: Some(meaning), ..ColumnFacts::default() }
}

fn answers_of_april() -> Answers {
    let place = |number| ("Biểu 1".to_owned(), number);
    let link = |link| RowAnswer { link: Some(link), ..RowAnswer::default() };
    Answers {
        rows: [(place(4), link(Link::Task("VII.4-3".into()))), (place(5), link(Link::NotATask))].into(),
        columns: [
            (place(2), ColumnFacts { days: Some(DayOrder::Swapped), ..ColumnFacts::default() }),
            (place(4), ColumnFacts { scale: Some(PercentScale::Fractions), ..ColumnFacts::default() }),
            (place(5), meaning(ColumnMeaning::Field(Field::Result))),
        ]
        .into(),
        accept_workbook: false,
        ..Answers::default()
    }
}

async fn commit(app: &TestApp, id: uuid::Uuid, plan: &Plan) {
    let wanted = CommitImport { id, plan_hash: plan.hash.clone(), ..CommitImport::default() };
    let done = commit_import(&app.app, &officer(app).await, wanted).await.unwrap();
    assert!(matches!(done, Committed::Stored { .. }), "{done:?}");
}

/// A report is sent, its questions are answered, and it is committed.
async fn learn(app: &TestApp) -> Uploaded {
    let sent = send(app, open_report("4", "#0.5", "@2020-05-06")).await.unwrap();
    let done =
        answer_import(&app.app, &officer(app).await, sent.import.id, answers_of_april()).await.unwrap();
    assert!(questions(&done.plan).is_empty(), "{:?}", questions(&done.plan));
    commit(app, done.import.id, &done.plan).await;
    done
}

#[tokio::test]
async fn a_progress_that_a_person_chose_is_what_the_next_file_is_compared_with() {
    on_both(async |app| {
        let headings =
            ["STT", "Nội dung nhiệm vụ", "Thời hạn hoàn thành", "Kết quả thực hiện", "Tình trạng thực hiện"];
        let send_it = async |status: &str| {
            let row: [&str; 5] = ["1", "$VII.4-1", "", "Đang rà soát các trang mạng", status];
            send(app, book("BÁO CÁO", &headings, &[&row])).await.unwrap()
        };
        let first = send_it("Chưa đến hạn").await;
        let place = ("Biểu 1".to_owned(), first.plan.rows[0].place.row);
        let chosen = RowAnswer { progress: Some(Progress::NotStarted), ..RowAnswer::default() };
        let answers = Answers { rows: [(place, chosen)].into(), ..Answers::default() };
        let done = answer_import(&app.app, &officer(app).await, first.import.id, answers).await.unwrap();
        commit(app, done.import.id, &done.plan).await;
        let later = send_it("Đang thực hiện").await;
        assert_eq!(
            later.plan.rows[0].stated().progress,
            Some(Progress::InProgress),
            "{:?}",
            later.plan.rows[0]
        );
    })
    .await;
}

fn codes(plan: &Plan) -> Vec<FindingCode> {
    plan.findings.iter().map(|finding| finding.code).collect()
}

#[tokio::test]
async fn a_changed_heading_is_proposed_and_not_assumed() {
    on_both(async |app| {
        learn(app).await;
        let headings =
            HEADINGS.map(|heading| if heading == "Diễn biến" { "Diễn tiến công tác" } else { heading });
        let rows: [&[&str]; 2] = [
            &["1", "$VII.4-1", "@2020-07-08", "Đang thực hiện", "#0.7", "Đã gỡ thêm nhiều bài viết", ""],
            &["2", BETWEEN_TWO, "15/06/2020", "Đang thực hiện", "", "Đã trình dự thảo kế hoạch", ""],
        ];
        let sent = send(app, book("BÁO CÁO THÁNG 5", &headings, &rows)).await.unwrap();
        assert_eq!(codes(&sent.plan), [FindingCode::LayoutHeadingChanged]);
        let sentence = sent.plan.findings[0].sentence();
        assert!(
            sentence.contains("cột F")
                && sentence.contains("“Diễn biến” (kết quả)")
                && sentence.contains("“Diễn tiến công tác”"),
            "{sentence}"
        );
        assert_eq!(
            outcomes(&sent.plan),
            ["VII.4-1 ask", "VII.4-3 ask"],
            "nothing is stored before it is answered"
        );
        let open = questions(&sent.plan);
        assert_eq!(open.len(), 1, "the scale, the dates and the wording are as remembered: {open:?}");

        let told = Answers {
            columns: [(("Biểu 1".to_owned(), 5), meaning(ColumnMeaning::Field(Field::Result)))].into(),
            ..Answers::default()
        };
        let done = answer_import(&app.app, &officer(app).await, sent.import.id, told).await.unwrap();
        assert_eq!(
            (codes(&done.plan), outcomes(&done.plan)),
            (vec![], vec!["VII.4-1 create".to_owned(), "VII.4-3 create".to_owned()])
        );
        assert_eq!(done.plan.rows[0].stated().result.as_deref(), Some("Đã gỡ thêm nhiều bài viết"));
        commit(app, done.import.id, &done.plan).await;

        let rows: [&[&str]; 1] =
            [&["1", "$VII.4-1", "@2020-07-08", "Đang thực hiện", "#0.9", "Sắp hoàn thành việc rà soát", ""]];
        let third = send(app, book("BÁO CÁO THÁNG 6", &headings, &rows)).await.unwrap();
        assert!(
            questions(&third.plan).is_empty() && codes(&third.plan).is_empty(),
            "now it is known: {:?}",
            third.plan.findings
        );
        assert!(third.plan.rows[0].stated().result.is_some());
    })
    .await;
}

#[tokio::test]
async fn a_changed_heading_may_also_be_accepted_as_the_reader_has_it() {
    on_both(async |app| {
        learn(app).await;
        let headings =
            HEADINGS.map(|heading| if heading == "Diễn biến" { "Diễn tiến công tác" } else { heading });
        let rows: [&[&str]; 1] =
            [&["1", "$VII.4-1", "@2020-07-08", "Đang thực hiện", "#0.7", "Đã gỡ thêm nhiều bài viết", ""]];
        let sent = send(app, book("BÁO CÁO THÁNG 5", &headings, &rows)).await.unwrap();
        let accept = Answers { accept_workbook: true, ..Answers::default() };
        let done = answer_import(&app.app, &officer(app).await, sent.import.id, accept).await.unwrap();
        assert_eq!(outcomes(&done.plan), ["VII.4-1 create"]);
        assert_eq!(done.plan.rows[0].stated().result, None, "the column is of no use then");
    })
    .await;
}

#[tokio::test]
async fn a_table_without_headings_is_asked_about_once() {
    on_both(async |app| {
        let rows = |percent: &'static str| -> [Vec<&'static str>; 3] {
            [
                vec!["1", "$VII.4-1", "Đang thực hiện", percent],
                vec!["2", "$VII.4-3", "Đang thực hiện", "30%"],
                vec!["3", "$III.1-7", "Chưa thực hiện", "0%"],
            ]
        };
        let send_it = async |percent| {
            let rows = rows(percent);
            let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
            send(app, book("", &[], &rows)).await.unwrap()
        };
        let first = send_it("40%").await;
        assert_eq!(codes(&first.plan), [FindingCode::HeadingMissing]);
        let accept = Answers { accept_workbook: true, ..Answers::default() };
        let done = answer_import(&app.app, &officer(app).await, first.import.id, accept).await.unwrap();
        commit(app, done.import.id, &done.plan).await;
        let second = send_it("50%").await;
        assert_eq!((codes(&second.plan), outcomes(&second.plan)[0].as_str()), (vec![], "VII.4-1 create"));
    })
    .await;
}

#[tokio::test]
async fn memory_is_written_with_the_commit_with_its_events_and_our_own_sheets_leave_none() {
    on_both(async |app| {
        let db = app.app.database.reader();
        let unit = app.unit("40").await;
        let sent = send(app, open_report("4", "#0.5", "@2020-05-06")).await.unwrap();
        let done =
            answer_import(&app.app, &officer(app).await, sent.import.id, answers_of_april()).await.unwrap();
        assert!(
            store::memory::last_layouts(db, unit, 9).await.unwrap().is_empty(),
            "an answer alone is not remembered"
        );
        commit(app, done.import.id, &done.plan).await;
        let layouts = store::memory::last_layouts(db, unit, 9).await.unwrap();
        let wordings = store::memory::last_wordings(db, unit, 9).await.unwrap();
        assert_eq!((layouts.len(), wordings.len()), (1, 2));
        for (subject, kind) in [(layouts[0].id, "layout.remembered"), (wordings[0].id, "wording.remembered")]
        {
            let events =
                store::event::about(db, &giaoban::domain::access::Scope::All, subject, 9).await.unwrap();
            assert_eq!(events.len(), 1);
            assert_eq!((events[0].kind.as_str(), events[0].import_id), (kind, Some(done.import.id)));
        }
        let answered =
            store::event::about(db, &giaoban::domain::access::Scope::All, done.import.id, 9).await.unwrap();
        assert!(
            answered.iter().any(|event| event.kind == "import.answered" && event.payload.contains("VII.4-3"))
        );

        let second = send(app, open_report("5", "#0.7", "@2020-07-08")).await.unwrap();
        commit(app, second.import.id, &second.plan).await;
        let again = store::memory::last_layouts(db, unit, 9).await.unwrap();
        assert_eq!((again.len(), again[0].uses, again[0].import_id), (1, 2, second.import.id));
        assert_eq!(
            (again[0].id, &again[0].columns),
            (layouts[0].id, &layouts[0].columns),
            "nothing new was learned"
        );
    })
    .await;
}

#[tokio::test]
async fn two_people_who_answer_at_once_are_both_heard() {
    on_both(async |app| {
        let officer = officer(app).await;
        let sent = send(app, open_report("4", "#0.5", "@2020-05-06")).await.unwrap();
        let all = answers_of_april();
        let rows = Answers { rows: all.rows.clone(), ..Answers::default() };
        let columns = Answers { columns: all.columns.clone(), ..Answers::default() };
        let (one, other) = tokio::join!(
            answer_import(&app.app, &officer, sent.import.id, rows),
            answer_import(&app.app, &officer, sent.import.id, columns),
        );
        one.unwrap();
        other.unwrap();
        let plan = plan_import(&app.app, &officer, sent.import.id).await.unwrap().plan;
        assert!(questions(&plan).is_empty(), "{:?}", questions(&plan));
    })
    .await;
}

/// A reading of Nghệ An's sheet by these hints.
pub(super) fn read(hints: Hints, table: &str) -> Reading {
    let mut catalogue = seeded::catalogue("40").unwrap();
    catalogue.hints = hints;
    understand(&workbook(vec![sheet("PL", table)]), &catalogue).unwrap()
}

pub(super) fn remembered(list: &[(&str, ColumnFacts, bool)]) -> Hints {
    let column = |(heading, facts, by_person): &(&str, ColumnFacts, bool)| Remembered {
        heading: (*heading).to_owned(),
        facts: *facts,
        by_person: *by_person,
    };
    let layout = Layout {
        source: "lần nạp báo cáo ngày 15/4/2020".into(),
        columns: list.iter().map(column).collect(),
    };
    Hints { layouts: vec![layout], ..Hints::default() }
}

#[test]
fn a_remembered_wording_links_its_row_but_never_one_whose_exact_wording_is_another_task() {
    let link = |code: &str| Wording { link: Link::Task(code.into()), source: "lần nạp".into() };
    let exact = wording("VII.4-1");
    let mut wordings = HashMap::new();
    wordings.insert(wording_key(&exact).unwrap(), link("VII.4-3"));
    wordings.insert(wording_key(BETWEEN_TWO).unwrap(), link("VII.4-3"));
    wordings.insert(wording_key(OWN_WORK).unwrap(), link("IX.9-9"));
    let table = format!(
        "STT | Nội dung nhiệm vụ | Tình trạng | Kết quả\n1 | {exact} | Đang thực hiện | a\n\
         2 | {BETWEEN_TWO} | Đang thực hiện | b\n3 | {OWN_WORK} | Đang thực hiện | c"
    );
    let reading = read(Hints { wordings, ..Hints::default() }, &table);
    let links: Vec<(Option<&str>, &str, Decision)> = reading.tables[0]
        .rows
        .iter()
        .map(|row| (row.matched.task.as_deref(), row.matched.how, row.matched.decision))
        .collect();
    assert_eq!(
        links[0],
        (Some("VII.4-1"), "exact", Decision::Sure),
        "the file says another task in so many words"
    );
    assert_eq!(links[1], (Some("VII.4-3"), "remembered", Decision::Sure));
    assert_ne!(links[2].1, "remembered", "the task of the memory is not among the open ones");
    let codes: Vec<FindingCode> =
        reading.tables[0].rows[1].findings.iter().map(|finding| finding.code).collect();
    assert!(codes.contains(&FindingCode::LinkRemembered), "{codes:?}");
}

#[test]
fn memory_helps_where_the_file_is_silent_and_yields_where_it_speaks() {
    let field = |field| meaning(ColumnMeaning::Field(field));
    let percent = ColumnFacts { scale: Some(PercentScale::Fractions), ..field(Field::Percent) };
    let headings = [("STT", field(Field::Stt), false), ("Nội dung", field(Field::Content), false)];
    let layout = |last: (&'static str, ColumnFacts, bool)| {
        let list = [headings[0], headings[1], ("Tình trạng", field(Field::Status), false), last];
        remembered(&list)
    };
    let table = |heading: &str, values: [&str; 2]| {
        let [first, third] = ["VII.4-1", "VII.4-3"].map(wording);
        format!(
            "STT | Nội dung | Tình trạng | {heading}\n1 | {first} | Đang thực hiện | {}\n2 | {third} | Đang thực hiện | {}",
            values[0], values[1]
        )
    };
    let percents = |reading: &Reading| -> Vec<Option<f64>> {
        reading.tables[0]
            .rows
            .iter()
            .map(|row| row.percent.value.map(giaoban::domain::percent::Percent::value))
            .collect()
    };
    let silent = read(layout(("Tỷ lệ", percent, false)), &table("Tỷ lệ", ["#0.5", ""]));
    assert_eq!(percents(&silent), [Some(50.0), None], "nothing in the column tells, memory does");
    let speaks = read(layout(("Tỷ lệ", percent, false)), &table("Tỷ lệ", ["#45", "#1"]));
    assert_eq!(percents(&speaks), [Some(45.0), Some(1.0)], "45 is no fraction, whatever was so before");

    let unheard =
        table("Biểu hiện", ["Nhiều trang mạng trên địa bàn nay đã sạch", "Doanh nghiệp đều có ý kiến"]);
    let of_last = |hints: Hints, table: &str| read(hints, table).tables[0].columns[3].clone();
    assert_eq!(of_last(Hints::default(), &unheard).field, None);
    let known = of_last(layout(("Biểu hiện", field(Field::Result), false)), &unheard);
    assert_eq!(known.field, Some(Field::Result));
    assert!(
        known.evidence.starts_with("theo mẫu đã nhớ, lần nạp báo cáo ngày 15/4/2020"),
        "{}",
        known.evidence
    );
    let numbers = table("Biểu hiện", ["#12", "#99"]);
    assert_eq!(
        of_last(layout(("Biểu hiện", field(Field::Result), false)), &numbers).field,
        None,
        "numbers are no results"
    );
    let by_person = of_last(layout(("Biểu hiện", field(Field::Note), true)), &numbers);
    assert_eq!(by_person.field, Some(Field::Note), "a person's word is not overruled by looks");
}

#[tokio::test]
async fn what_an_import_taught_is_not_used_while_it_is_undone() {
    on_both(async |app| {
        let learned = learn(app).await;
        let next = async || send(app, open_report("4", "#0.7", "@2020-07-08")).await.unwrap();
        let open = async || questions(&next().await.plan).len();
        assert_eq!(open().await, 0, "what was answered is not asked again");
        turn(app, &officer(app).await, &learned).await.unwrap();
        let asked = open().await;
        assert!(asked >= 3, "what was answered for a file that is taken back is asked anew: {asked}");
        turn(app, &officer(app).await, &learned).await.unwrap();
        assert_eq!(open().await, 0, "and known again when it is restored");
    })
    .await;
}
