//! How departments word the tasks of the notice, and how they word work of their own: the evidence for the thresholds
//! of `import/matching/decide`. A wrong link costs more than a question, a question more than nothing.

use giaoban::import::matching::{Clues, Index, Matcher};
use giaoban::import::reading::{Decision, Match};
use giaoban::import::seeded;

fn lines(data: &'static str) -> impl Iterator<Item = &'static str> {
    data.lines().map(str::trim).filter(|line| !line.is_empty())
}

fn found(wording: &str) -> Match {
    let catalogue = seeded::catalogue("26").unwrap();
    Matcher::new(&Index::new(&catalogue)).find(wording, &Clues::default())
}

fn first(found: &Match) -> Option<&str> {
    found.candidates.first().map(|(code, _)| code.as_str())
}

#[test]
fn a_shortened_or_reworded_task_is_never_taken_for_another() {
    let (mut linked, mut named, mut all) = (0, 0, 0);
    let mut wrong = Vec::new();
    for line in lines(include_str!("wordings/reworded.tsv")) {
        let (code, wording) = line.split_once('\t').unwrap();
        let found = found(wording);
        all += 1;
        match found.task.as_deref() {
            Some(task) if task == code => linked += 1,
            Some(task) => wrong.push(format!("{wording}: {task}, not {code}")),
            None => named += usize::from(first(&found) == Some(code)),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(linked * 100 >= all * 65, "{linked} of {all} linked");
    assert!((linked + named) * 100 >= all * 95, "{linked} linked and {named} named first, of {all}");
}

#[test]
fn work_of_a_department_s_own_is_never_linked_and_seldom_asked_about() {
    let (mut asked, mut all) = (0, 0);
    for wording in lines(include_str!("wordings/own_work.txt")) {
        let found = found(wording);
        all += 1;
        assert_eq!(found.task, None, "{wording}: {:?}", found.candidates);
        asked += usize::from(found.decision == Decision::Ask);
    }
    assert!(all >= 100 && asked * 100 <= all * 15, "{asked} of {all} asked about");
}

#[test]
fn a_wording_that_fits_two_tasks_is_linked_to_neither() {
    for line in lines(include_str!("wordings/either.tsv")) {
        let (_, wording) = line.split_once('\t').unwrap();
        assert_eq!(found(wording).task, None, "{wording}");
    }
}

#[test]
fn no_task_is_surely_another_one_that_resembles_it() {
    let catalogue = seeded::catalogue("26").unwrap();
    let index = Index::new(&catalogue);
    let tasks = || catalogue.notices.iter().flat_map(|notice| &notice.tasks);
    for task in tasks().filter(|task| !task.resembles.is_empty()) {
        let words: Vec<&str> = task.content.split(' ').collect();
        // Any beginning of the wording is this task, a question, or nothing.
        for length in 3..=words.len() {
            let found = Matcher::new(&index).find(&words[..length].join(" "), &Clues::default());
            let other = found.task.as_deref().filter(|code| *code != task.code);
            assert_eq!(other, None, "{}", words[..length].join(" "));
        }
    }
}
