//! What becomes of a row: a table of outcomes, merges, duplicates, answers, and what the hash depends on.

use super::*;
use crate::domain::finding::FindingCode;
use crate::domain::history::{AssignmentState, Parts};
use crate::domain::percent::Percent;
use crate::domain::progress::Progress;
use crate::import::answers::{Link, RowAnswer, Side};
use crate::import::claim::{ClaimKind, Said};

fn day(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2020, 4, day).expect("a day of April")
}

fn percent(value: i64) -> Value {
    Value::Percent(Percent::from_hundredths(value * 100).expect("0..=100"))
}

fn said(theirs: Theirs<Value>) -> Said {
    Said { theirs, cell: Some((9, 6)), raw: None }
}

fn claim(row: u32, task: &str) -> Claim {
    Claim {
        place: Place { sheet: "PL1".into(), row, row_to: row, table: None },
        kind: ClaimKind::Task,
        decision: Decision::Sure,
        task: Some(task.into()),
        candidates: vec![(task.into(), 1.0)],
        content: None,
        says: Parts::new(),
        findings: vec![],
    }
}

fn saying(row: u32, task: &str, part: Part, value: Value) -> Claim {
    let mut claim = claim(row, task);
    claim.says.insert(part, said(Theirs::Value(value)));
    claim
}

fn task(number: u128) -> TaskState {
    TaskState {
        task: Uuid::from_u128(number),
        is_heading: false,
        assignment: Some(Uuid::from_u128(number + 100)),
        role: AssignmentRole::Lead,
        due: Some(day(20)),
        past: Past::default(),
        event: 0,
        compared: Compared {
            state: Arc::new(AssignmentState::initial(Some(day(20)))),
            words: Words::Claimed,
            started: Started::Unknown,
            authors: None,
        },
        returned: false,
        superseded: false,
    }
}

/// One value that the sheet started from; of others nothing is known.
fn started(part: Part, value: Value) -> Started {
    Started::From(Arc::new(Parts::from([(part, Base::Value(value))])))
}

fn cells(plan: &Plan) -> Vec<CellChange> {
    plan.rows[0].cells().collect()
}

fn snapshot() -> Snapshot {
    let tasks = [("A", task(1)), ("B", task(2))].map(|(code, task)| (Arc::from(code), task)).into();
    Snapshot { tasks, ..Snapshot::default() }
}

fn planned(claims: &[Claim], snapshot: &Snapshot) -> Plan {
    answered(claims, snapshot, &Answers::default())
}

fn answered(claims: &[Claim], snapshot: &Snapshot, answers: &Answers) -> Plan {
    plan(claims, snapshot, Context { reported_on: day(15), answers, findings: &[] })
}

fn outcomes(plan: &Plan) -> String {
    plan.rows
        .iter()
        .map(|row| {
            let reason = row.reason.map_or(String::new(), |reason| format!("({})", reason.as_str()));
            format!("{}{reason}", row.outcome.as_str())
        })
        .collect::<Vec<_>>()
        .join(" ")
}

#[test]
fn each_kind_of_row_has_its_outcome() {
    let with = |change: fn(&mut Claim)| {
        let mut claim = saying(9, "A", Part::Percent, percent(50));
        change(&mut claim);
        claim
    };
    let finding = |code| Finding::at(code, "PL1", 10, None, "");
    let mut over = with(|_| {});
    over.findings.push(finding(FindingCode::PercentOver100));
    let mut unsure = with(|_| {});
    unsure.findings.push(finding(FindingCode::TaskMatchUnsure));
    let table = [
        ("a sure link with news", with(|_| {}), "create"),
        ("a likely link is planned as a report", with(|c| c.decision = Decision::Likely), "create"),
        ("a row that says nothing", claim(9, "A"), "no_change"),
        ("an unsure link", with(|c| (c.decision, c.task) = (Decision::Ask, None)), "ask(link)"),
        ("a finding that asks", unsure, "ask(question)"),
        ("an error in a value", over, "error(finding)"),
        ("no task of the notice", with(|c| (c.decision, c.task) = (Decision::None, None)), "not_ours"),
        ("a heading", with(|c| c.kind = ClaimKind::Heading), "skipped(heading)"),
        ("a detail", with(|c| (c.kind, c.decision) = (ClaimKind::Detail, Decision::None)), "skipped(detail)"),
        ("a task that is not open", with(|c| c.task = Some("Z".into())), "ask(unknown_task)"),
    ];
    for (what, claim, expected) in table {
        assert_eq!(outcomes(&planned(&[claim], &snapshot())), expected, "{what}");
    }
}

#[test]
fn the_counts_name_every_outcome_and_add_up() {
    let plan = planned(&[saying(9, "A", Part::Percent, percent(50)), claim(10, "B")], &snapshot());
    assert_eq!(plan.counts.len(), Outcome::ALL.len());
    assert_eq!((plan.count(Outcome::Create), plan.count(Outcome::NoChange)), (1, 1));
    assert_eq!(plan.counts.values().sum::<usize>(), 2);
}

#[test]
fn what_the_unit_already_said_is_no_change() {
    let mut snapshot = snapshot();
    let known = snapshot.tasks.get_mut("A").expect("task A");
    Arc::make_mut(&mut known.compared.state).progress = Progress::AwaitingConfirmation;
    Arc::make_mut(&mut known.compared.state).claimed = Some(Progress::Completed);
    Arc::make_mut(&mut known.compared.state).result = Some("Đã gửi văn bản".into());
    let mut claim = saying(9, "A", Part::Progress, Value::Progress(Progress::Completed));
    claim.says.insert(Part::Result, said(Theirs::Value(Value::Text(" Đã gửi\u{a0}văn bản\n".into()))));
    let plan = planned(&[claim], &snapshot);
    assert_eq!(outcomes(&plan), "no_change");
    assert!(plan.is_no_change());
}

#[test]
fn both_changed_is_a_conflict_until_a_person_chooses_a_side() {
    let mut snapshot = snapshot();
    let known = snapshot.tasks.get_mut("A").expect("task A");
    known.compared.started = started(Part::Percent, percent(50));
    Arc::make_mut(&mut known.compared.state).percent = Percent::from_hundredths(7000);
    let claims = [saying(9, "A", Part::Percent, percent(90))];
    let plan = planned(&claims, &snapshot);
    assert_eq!(outcomes(&plan), "conflict");
    assert_eq!(cells(&plan)[0].stored, Some(percent(70)), "ours stays while nobody has chosen");
    let choose = |side| Answers {
        rows: [(("PL1".to_owned(), 9), RowAnswer { side: Some(side), ..RowAnswer::default() })].into(),
        ..Answers::default()
    };
    assert_eq!(outcomes(&answered(&claims, &snapshot, &choose(Side::Ours))), "no_change");
    let theirs = answered(&claims, &snapshot, &choose(Side::Theirs));
    assert_eq!(outcomes(&theirs), "create");
    assert_eq!(theirs.rows[0].stated().percent, Percent::from_hundredths(9000));
}

#[test]
fn what_a_sheet_merely_carries_along_is_not_stated() {
    let mut snapshot = snapshot();
    let known = snapshot.tasks.get_mut("A").expect("task A");
    known.compared.started = started(Part::Percent, percent(50));
    Arc::make_mut(&mut known.compared.state).percent = Percent::from_hundredths(7000);
    let mut claim = saying(9, "A", Part::Percent, percent(50));
    claim.says.insert(Part::Result, said(Theirs::Value(Value::Text("mới".into()))));
    let plan = planned(&[claim], &snapshot);
    assert_eq!(outcomes(&plan), "create");
    let stated = plan.rows[0].stated();
    assert_eq!((stated.percent, stated.result.as_deref()), (None, Some("mới")));
}

#[test]
fn blank_keeps_and_the_word_clears_and_both_are_shown() {
    let mut snapshot = snapshot();
    let known = snapshot.tasks.get_mut("A").expect("task A");
    let state = Arc::make_mut(&mut known.compared.state);
    (state.result, state.note) = (Some("cũ".into()), Some("cũ".into()));
    let mut claim = claim(9, "A");
    claim.says.insert(Part::Result, said(Theirs::Blank));
    claim.says.insert(Part::Note, said(Theirs::Clear));
    let plan = planned(&[claim], &snapshot);
    let shown: Vec<_> = cells(&plan)
        .iter()
        .map(|cell| (cell.part.as_str(), cell.choice.as_str(), cell.stored.is_some()))
        .collect();
    assert_eq!(shown, [("result", "blank", true), ("note", "clear", false)]);
    assert_eq!(outcomes(&plan), "create");
}

#[test]
fn the_same_row_twice_counts_once_and_different_ones_not_at_all() {
    let fifty = |row| saying(row, "A", Part::Percent, percent(50));
    let same = planned(&[fifty(4), fifty(7)], &snapshot());
    assert_eq!(outcomes(&same), "create skipped(duplicate)");
    assert_eq!(same.rows[1].findings[0].sentence(), "Nhiệm vụ lặp lại ở dòng 5 với cùng giá trị.");
    let text = |row, text: &str| saying(row, "A", Part::Result, Value::Text(text.into()));
    let joined = planned(&[text(4, "một"), text(7, "hai")], &snapshot());
    assert_eq!(outcomes(&joined), "create skipped(duplicate)");
    assert_eq!(joined.rows[0].stated().result.as_deref(), Some("một\nhai"), "no text is lost");
    let told = "Nhiệm vụ lặp lại ở dòng 8 với cùng tình trạng và tỷ lệ; lời văn khác nhau được ghép lại.";
    assert_eq!(joined.rows[0].findings[0].sentence(), told);
    let half = planned(&[fifty(4), text(7, "hai")], &snapshot());
    assert_eq!(outcomes(&half), "error(finding) error(finding)", "a percent in one of them only");
    let different = planned(&[fifty(4), saying(7, "A", Part::Percent, percent(80)), fifty(9)], &snapshot());
    assert_eq!(outcomes(&different), "error(finding) error(finding) error(finding)");
    assert_eq!(different.rows[0].findings[0].detail, "8");
}

/// The snapshot that one of our own sheets is compared with.
fn of_our_own() -> Snapshot {
    let mut snapshot = snapshot();
    for task in snapshot.tasks.values_mut() {
        task.compared.words = Words::Shown;
        task.compared.started = Started::AsStored;
    }
    snapshot
}

#[test]
fn a_copied_row_of_our_own_sheet_must_say_the_same_in_everything() {
    let text = |row, text: &str| saying(row, "A", Part::Result, Value::Text(text.into()));
    let all_of = |plan: &Plan, code| {
        plan.rows.iter().all(|row| row.findings.iter().any(|finding| finding.code == code))
    };
    let same = planned(&[text(4, "một"), text(7, " một")], &of_our_own());
    assert_eq!(outcomes(&same), "create skipped(duplicate)");
    assert!(all_of(&same, FindingCode::DuplicateIdentical));
    for other in [text(7, "hai"), claim(7, "A")] {
        let differs = planned(&[text(4, "một"), other], &of_our_own());
        assert_eq!(outcomes(&differs), "error(finding) error(finding)");
        assert!(all_of(&differs, FindingCode::DuplicateContradictory));
    }
}

#[test]
fn of_two_rows_of_our_own_sheet_none_is_stored_while_one_is_wrong_or_open() {
    for (code, outcome) in
        [(FindingCode::PercentOver100, "error(finding)"), (FindingCode::ValueInWrongColumn, "ask(question)")]
    {
        let mut bad = saying(7, "A", Part::Percent, percent(50));
        bad.findings.push(Finding::at(code, "PL1", 8, None, ""));
        let plan = planned(&[saying(4, "A", Part::Percent, percent(50)), bad], &of_our_own());
        assert_eq!(outcomes(&plan), format!("error(finding) {outcome}"));
        let named = |row: &PlannedRow| {
            let named = row.findings.iter().find(|finding| finding.code == FindingCode::DuplicateOpen);
            named.map(|finding| finding.detail.clone())
        };
        assert_eq!([&plan.rows[0], &plan.rows[1]].map(named), [Some("8".to_owned()), Some("5".to_owned())]);
        let asked = crate::import::question::questions(&plan);
        assert_eq!(
            asked.len(),
            usize::from(outcome.starts_with("ask")),
            "what is wrong is mended, not answered"
        );
    }
}

#[test]
fn a_state_of_the_office_is_silent_where_our_sheet_came_with_it_and_named_where_a_unit_wrote_it() {
    let mut claim = claim(9, "A");
    let raw = Some("tạm  dừng".into());
    claim.says.insert(Part::Progress, Said { theirs: Theirs::Blank, cell: Some((9, 6)), raw });
    let codes = |snapshot: &Snapshot| -> Vec<FindingCode> {
        let plan = planned(std::slice::from_ref(&claim), snapshot);
        assert_eq!(outcomes(&plan), "no_change");
        plan.rows[0].findings.iter().map(|finding| finding.code).collect()
    };
    let mut snapshot = of_our_own();
    assert_eq!(codes(&snapshot), [FindingCode::StatusNeedsDecision]);
    let base = |value| Started::From(Arc::new(Parts::from([(Part::Progress, value)])));
    let known = snapshot.tasks.get_mut("A").expect("task A");
    known.compared.started = base(Base::Value(Value::Progress(Progress::InProgress)));
    assert_eq!(codes(&snapshot), [FindingCode::StatusNeedsDecision]);
    // Since then the office has resumed it.
    snapshot.tasks.get_mut("A").expect("task A").compared.started = base(Base::Blank);
    assert_eq!(codes(&snapshot), []);
    let known = snapshot.tasks.get_mut("A").expect("task A");
    known.compared.started = Started::AsStored;
    Arc::make_mut(&mut known.compared.state).progress = Progress::Suspended;
    assert_eq!(codes(&snapshot), []);
    Arc::make_mut(&mut snapshot.tasks.get_mut("A").expect("task A").compared.state).progress =
        Progress::Withdrawn;
    assert_eq!(codes(&snapshot), [FindingCode::StatusNeedsDecision], "another state of the office");
}

#[test]
fn an_answer_links_a_row_or_sets_it_aside() {
    let mut unsure = saying(9, "A", Part::Percent, percent(50));
    (unsure.decision, unsure.task) = (Decision::Ask, None);
    unsure.findings.push(Finding::at(FindingCode::TaskMatchUnsure, "PL1", 10, None, "A, B"));
    let answer = |link| Answers {
        rows: [(("PL1".to_owned(), 9), RowAnswer { link: Some(link), ..RowAnswer::default() })].into(),
        ..Answers::default()
    };
    let linked = answered(&[unsure.clone()], &snapshot(), &answer(Link::Task("B".into())));
    assert_eq!((outcomes(&linked).as_str(), linked.rows[0].task.as_deref()), ("create", Some("B")));
    let aside = answered(&[unsure], &snapshot(), &answer(Link::NotATask));
    assert_eq!(outcomes(&aside), "not_ours(answered)");
}

#[test]
fn a_finding_about_the_workbook_stops_every_row_until_it_is_accepted() {
    let findings = [Finding::of_workbook(FindingCode::ProvinceMismatch, "Bạc Liêu")];
    let claims = [saying(9, "A", Part::Percent, percent(50)), claim(10, "B")];
    let mut answers = Answers::default();
    let shown = |answers: &Answers| {
        let context = Context { reported_on: day(15), answers, findings: &findings };
        outcomes(&plan(&claims, &snapshot(), context))
    };
    assert_eq!(shown(&answers), "ask(workbook) no_change");
    answers.accept_workbook = true;
    assert_eq!(shown(&answers), "create no_change");
}

#[test]
fn a_decision_of_the_office_shows_in_what_would_be_stored() {
    let mut snapshot = snapshot();
    let known = snapshot.tasks.get_mut("A").expect("task A");
    Arc::make_mut(&mut known.compared.state).progress = Progress::Suspended;
    let plan = planned(&[saying(9, "A", Part::Progress, Value::Progress(Progress::Completed))], &snapshot);
    assert_eq!(cells(&plan)[0].stored, Some(Value::Progress(Progress::Suspended)));
    assert_eq!(plan.consequences.would_complete, 0);
}

#[test]
fn consequences_are_counted() {
    let mut snapshot = snapshot();
    let b = snapshot.tasks.get_mut("B").expect("task B");
    b.role = AssignmentRole::Other;
    Arc::make_mut(&mut b.compared.state).due_on = Some(day(10));
    Arc::make_mut(&mut b.compared.state).progress = Progress::AwaitingConfirmation;
    Arc::make_mut(&mut b.compared.state).completed_on = Some(day(9));
    let done = saying(9, "A", Part::Progress, Value::Progress(Progress::Completed));
    let again = saying(10, "B", Part::Progress, Value::Progress(Progress::InProgress));
    let found = planned(&[done, again], &snapshot).consequences;
    let expected =
        Consequences { would_complete: 1, would_reopen: 1, would_become_late: 1, about_tasks_of_others: 1 };
    assert_eq!(found, expected);
}

#[test]
fn the_hash_changes_with_concerned_rows_only() {
    let claims = [saying(9, "A", Part::Percent, percent(50)), claim(10, "B")];
    let base = planned(&claims, &snapshot()).hash;
    assert_eq!(base, planned(&claims, &snapshot()).hash, "the same plan has the same hash");
    assert_eq!(base.len(), 64);

    let mut other = snapshot();
    other.tasks.insert("C".into(), task(3));
    other.tasks.get_mut("B").expect("task B").event = 7;
    assert_eq!(base, planned(&claims, &other).hash, "a row that stores nothing does not matter");

    let mut concerned = snapshot();
    concerned.tasks.get_mut("A").expect("task A").event = 7;
    assert_ne!(base, planned(&claims, &concerned).hash, "a concerned row that was touched");

    let changed = [saying(9, "A", Part::Percent, percent(51)), claim(10, "B")];
    assert_ne!(base, planned(&changed, &snapshot()).hash, "another value");
}

#[test]
fn absent_blank_and_clear_are_shown_and_only_clear_changes_something() {
    let mut snapshot = snapshot();
    let known = snapshot.tasks.get_mut("A").expect("task A");
    Arc::make_mut(&mut known.compared.state).result = Some("đã ghi".into());
    Arc::make_mut(&mut known.compared.state).note = Some("đã ghi".into());
    Arc::make_mut(&mut known.compared.state).proposals = Some("đã ghi".into());
    let mut claim = claim(9, "A");
    claim.says.insert(Part::Note, said(Theirs::Blank));
    claim.says.insert(Part::Proposals, said(Theirs::Clear));
    let plan = planned(&[claim], &snapshot);
    let cells: Vec<(Part, Choice, bool)> =
        cells(&plan).iter().map(|cell| (cell.part, cell.choice, cell.stored.is_some())).collect();
    assert_eq!(
        cells,
        [
            (Part::Result, Choice::Absent, true),
            (Part::Proposals, Choice::Clear, false),
            (Part::Note, Choice::Blank, true),
        ],
        "no column and a blank cell keep what is stored; difficulties, of which nothing is known, are not listed"
    );
}

#[test]
fn tasks_that_the_sender_leads_and_no_row_speaks_of_are_named() {
    let led = ["A", "B"].map(Arc::from).into();
    let snapshot = Snapshot { led, ..snapshot() };
    assert_eq!(planned(&[claim(9, "A")], &snapshot).not_mentioned, ["B"].map(Arc::from));
    assert!(planned(&[claim(9, "A"), claim(10, "B")], &snapshot).not_mentioned.is_empty());
}
