//! From likeness to a decision: sure, likely, ask or none.

use chrono::NaiveDate;

use crate::import::answers::Link;
use crate::import::catalogue::AssignmentRole;
use crate::import::reading::{Decision, Match};

use super::index::{Index, Likeness};
use super::lexicon::Spelled;

/// From here a task may be proposed. In the samples every shortened row reaches 0.57 and nearly every reworded one
/// 0.6; the best score of a row that is in no notice is 0.35 (0.43 in rows of our own making).
const PROPOSE: f64 = 0.55;
/// A task of another unit needs more: what a department does itself is often worded alike ("Xây dựng kế hoạch làm việc
/// với các huyện năm 2020" has 0.65 of the plan of the Minister's visits). Of 79 further wordings of our own 0.66 keeps
/// all but six of those linked, the others are asked about.
const PROPOSE_OTHER: f64 = 0.66;
/// From here a person is asked. The weakest true row of the samples has 0.44 (a task that the sender leads).
const ASK: f64 = 0.44;
/// Rows about tasks that the sender leads are expected, so less is enough to ask.
const ASK_OWN: f64 = 0.36;
/// A task is proposed only when the next one is this far behind: tasks that resemble each other differ by 0.08 to 0.4
/// in the samples, and 0.2 is where a shortened wording can still mean both.
const AHEAD: f64 = 0.2;
/// Below this share of a task's words a row may mean anything that resembles the task.
const SAYS_ENOUGH: f64 = 0.4;
/// A row that has so much of what only a resembling task says may mean either. Of 420 shortened and reworded rows of the
/// samples and of sheets of our own none has more than 0.32 ("hạ tầng viễn thông" for "hạ tầng"); one that says both 0.44.
const OF_BOTH: f64 = 0.38;
/// Fewer words than these are a title or a fragment ("Tổng cộng" shares two rare words with "Tổng Công ty").
const FEWEST_WORDS: usize = 5;
/// And of fewer than these nothing is asked.
const FEWEST_TO_ASK: usize = 3;
/// A person is asked about at most this many tasks.
const MOST_CANDIDATES: usize = 5;

/// What else the row says.
#[derive(Clone, Debug, Default)]
pub struct Clues<'a> {
    /// A cell that holds the code of a task.
    pub code: Option<&'a str>,
    /// The due day as read.
    pub due: Option<NaiveDate>,
    /// The text of the lead unit's cell, or of the group the row stands in.
    pub unit: Option<&'a str>,
    /// Roman numeral of the section.
    pub section: Option<&'a str>,
}

/// What a person has answered about this wording before: a task that is still open, or that it is none. Where a code
/// gives candidates (`found`), it must be one of them.
pub(super) fn remembered(index: &Index<'_>, content: &str, found: &Match) -> Option<Match> {
    let by_code = found.decision != Decision::None;
    match &index.hints().wording(content)?.link {
        Link::NotATask => (!by_code).then(|| Match { how: "remembered", ..unlinked() }),
        Link::Task(code) => {
            let task = index.coded(code).filter(|task| !index.task(*task).is_heading)?;
            let candidate = found.candidates.iter().any(|(known, _)| **known == **code);
            let asked = found.decision == Decision::Ask && candidate;
            (!by_code || asked).then(|| linked(index, task, "remembered", Decision::Sure, 1.0))
        }
    }
}

/// Tasks with their scores: which is first and how far ahead. They are put in order only when a person is asked.
pub(super) struct Contest {
    found: Vec<(Likeness, f64)>,
    best: Option<(Likeness, f64)>,
    next: f64,
}

impl Contest {
    pub(super) fn new(found: Vec<(Likeness, f64)>) -> Contest {
        let mut contest = Contest { found: Vec::new(), best: None, next: 0.0 };
        for (like, score) in &found {
            match contest.best {
                // The tasks come in their order, so that of equal ones the first stays.
                Some((_, best)) if *score <= best => contest.next = contest.next.max(*score),
                before => {
                    contest.next = before.map_or(0.0, |(_, score)| score);
                    contest.best = Some((*like, *score));
                }
            }
        }
        Contest { found, ..contest }
    }

    /// The first.
    pub(super) fn best(&self) -> Option<(Likeness, f64)> {
        self.best
    }

    /// All of them, best first.
    pub(super) fn in_order(&self) -> Vec<(Likeness, f64)> {
        let mut found = self.found.clone();
        found.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.task.cmp(&b.0.task)));
        found
    }
}

pub(super) fn decide(index: &Index<'_>, (content, spelled): (&str, &Spelled), contest: &Contest) -> Match {
    let Some((best, score)) = contest.best() else { return unlinked() };
    let words = content.split_whitespace().count();
    let enough_words = words >= FEWEST_WORDS;
    let task = index.task(best.task);
    let says_enough =
        enough_words && (best.of_task >= SAYS_ENOUGH || (task.resembles.is_empty() && best.row >= 0.8));
    let propose = if task.role == AssignmentRole::Lead { PROPOSE } else { PROPOSE_OTHER };
    let about_it = index.shares_head(best.task, spelled);
    let alike = score >= propose && best.row >= 0.55 && about_it && !says_both(index, best.task, spelled);
    if alike && score - contest.next >= AHEAD && says_enough && !task.is_heading {
        let how = if best.row >= 0.85 { "shortened" } else { "reworded" };
        return linked(index, best.task, how, Decision::Likely, score);
    }
    let enough = if task.role == AssignmentRole::Lead { ASK_OWN } else { ASK };
    // Words from the middle of a task, none of what is to be done: work of the sender's own on the same matter.
    let fragment = !about_it && best.of_task < 0.5 && task.resembles.is_empty();
    if score < enough || words < FEWEST_TO_ASK || fragment {
        return unlinked();
    }
    let found = contest.in_order();
    let near: Vec<(Likeness, f64)> = found
        .iter()
        .filter(|(like, other)| {
            let resembles = task.resembles.contains(&index.task(like.task).code);
            score - other <= AHEAD + 0.05 || (resembles && *other >= 0.15)
        })
        .copied()
        .collect();
    ask_of(index, &near, &found)
}

/// Whether a content has much of what sets a task that resembles this one apart from it: "Kế hoạch phát triển hạ tầng viễn
/// thông, hạ tầng số của địa phương, chia sẻ cơ sở hạ tầng giữa các doanh nghiệp" speaks of two tasks.
fn says_both(index: &Index<'_>, task: usize, spelled: &Spelled) -> bool {
    let resembles = &index.task(task).resembles;
    let others = resembles.iter().filter_map(|code| index.coded(code));
    others.into_iter().any(|other| index.apart(spelled, (other, task)) >= OF_BOTH)
}

pub(super) fn decide_by_code(index: &Index<'_>, number: usize, content: &str) -> Match {
    let same = index.exact(content).or_else(|| index.same_words(content));
    if same == Some(number) {
        return linked(index, number, "exact", Decision::Sure, 1.0);
    }
    let found = index.likenesses(content);
    let own = found.iter().find(|like| like.task == number).map_or(0.0, |like| like.score());
    let best = found.first().map_or(0.0, |like| like.score());
    if own >= 0.3 && best - own < 0.1 {
        return linked(index, number, "reworded", Decision::Likely, own);
    }
    // The code says one task, the wording another or none: a copied or shifted code column.
    let mut candidates = vec![(Likeness { task: number, row: own, of_task: own }, own)];
    candidates.extend(
        found
            .iter()
            .filter(|like| like.task != number && like.score() >= ASK)
            .map(|like| (*like, like.score())),
    );
    ask(index, &candidates)
}

/// A text cut off by its sender ("Phối hợp chặt chẽ với Tổ công tác ...").
pub(super) fn cut_off(index: &Index<'_>, content: &str) -> Option<Match> {
    let text = content.trim_end();
    let cut = text.strip_suffix('…').or_else(|| text.strip_suffix("..."))?;
    let begun = index.beginning_with(cut.trim_end_matches(['.', ' ']));
    match begun.as_slice() {
        [] => None,
        // What is left says no more than a task that resembles this one: "Xây dựng kế hoạch phát triển hạ tầng...".
        [one] if resembling_begins(index, *one, cut) => None,
        [one] => Some(linked(index, *one, "shortened", Decision::Likely, 0.9)),
        many => Some(ask(
            index,
            &many
                .iter()
                .map(|task| (Likeness { task: *task, row: 0.9, of_task: 0.5 }, 0.9))
                .collect::<Vec<_>>(),
        )),
    }
}

/// Whether a task that resembles `task` has nearly all the words of a text that is cut off.
fn resembling_begins(index: &Index<'_>, task: usize, cut: &str) -> bool {
    let resembles = &index.task(task).resembles;
    index
        .likenesses(cut)
        .iter()
        .any(|like| like.row >= 0.75 && resembles.contains(&index.task(like.task).code))
}

/// The content without the sentence that gives the deadline: the notice writes "... . Thời hạn: tháng 6/2020."
pub fn without_deadline(content: &str) -> &str {
    if !["hạn", "Hạn", "HẠN"].iter().any(|word| content.contains(word)) {
        return content;
    }
    let lower = content.to_lowercase();
    if lower.len() != content.len() {
        return content;
    }
    let cut =
        ["thời hạn:", "(thời hạn", "thời hạn hoàn thành:"].iter().filter_map(|mark| lower.find(mark)).min();
    match cut.and_then(|cut| content.get(..cut)) {
        Some(before) if before.trim().len() >= 20 => before.trim_end_matches([' ', '(', '\n', ';', ',']),
        Some(_) | None => content,
    }
}

/// The content without the list mark before it: "- ", "+ ", "2.1. ", "a) ".
pub fn without_marker(content: &str) -> &str {
    let trimmed = content.trim_start();
    let bare = trimmed.trim_start_matches(['-', '+', '–', '•', '*', ' ']);
    if bare.len() < trimmed.len() {
        return bare;
    }
    match bare.split_once([' ', '\n']) {
        Some((mark, rest)) if is_marker(mark) => rest.trim_start(),
        Some(_) | None => bare,
    }
}

fn is_marker(mark: &str) -> bool {
    let core = mark.trim_end_matches(['.', ')', ':', '/']);
    let numbers = core
        .split('.')
        .all(|part| !part.is_empty() && part.len() <= 2 && part.bytes().all(|b| b.is_ascii_digit()));
    mark.len() > core.len() && (numbers || core.chars().count() == 1) || (numbers && core.contains('.'))
}

pub(super) fn linked(
    index: &Index<'_>,
    number: usize,
    how: &'static str,
    decision: Decision,
    score: f64,
) -> Match {
    let task = index.task(number);
    Match {
        task: Some(task.code.clone()),
        how,
        decision,
        candidates: vec![(task.code.clone(), score.min(1.0))],
        role: (!task.is_heading).then_some(task.role),
    }
}

pub(super) fn ask(index: &Index<'_>, candidates: &[(Likeness, f64)]) -> Match {
    ask_of(index, candidates, candidates)
}

/// As [`ask`]; `found` orders the children of a heading by how like each is.
fn ask_of(index: &Index<'_>, candidates: &[(Likeness, f64)], found: &[(Likeness, f64)]) -> Match {
    let own = |code: &str| {
        let like = found.iter().find(|(like, _)| index.task(like.task).code == code);
        like.map_or(0.0, |(_, score)| *score)
    };
    let mut named: Vec<(String, f64)> = Vec::new();
    for (like, score) in candidates {
        // A heading is nothing to report on; its children are.
        let mut codes = index.assignable(like.task);
        codes.sort_by(|a, b| own(b).total_cmp(&own(a)));
        for code in codes {
            if named.len() < MOST_CANDIDATES && !named.iter().any(|(known, _)| known == code) {
                named.push((code.to_owned(), score.min(1.0)));
            }
        }
    }
    Match { task: None, how: "ambiguous", decision: Decision::Ask, candidates: named, role: None }
}

/// The question whether a row about a heading means its children, and which.
pub fn ask_about_children(index: &Index<'_>, heading: &str) -> Match {
    let whole = |task| (Likeness { task, row: 1.0, of_task: 1.0 }, 1.0);
    ask(index, &index.coded(heading).map(whole).into_iter().collect::<Vec<_>>())
}

/// The match of a row that speaks of no known task.
pub fn unlinked() -> Match {
    Match { task: None, how: "none", decision: Decision::None, candidates: Vec::new(), role: None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::matching::Matcher;
    use crate::import::seeded;

    /// Rows as departments word them, with what must come of them for Vĩnh Long (86). `?` = a person is asked, the
    /// codes being among the candidates.
    const ROWS: &[(&str, &str)] = &[
        // As in the notice, apart from signs.
        (
            "Phối hợp chặt chẽ với Tổ công tác rà quét, xử lý thông tin sai sự thật, xử lý nghiêm các trường hợp vi phạm",
            "sure VII.4-1",
        ),
        (
            "- Hoàn thiện và khai trương cổng dữ liệu open data.gov.vn. Thời hạn: tháng 4/2020.",
            "sure III.1-7",
        ),
        (
            "2.1. Nghiên cứu, đề xuất các giải pháp đào tạo trực tuyến, làm việc từ xa để triển khai thí điểm tại địa phương",
            "sure VII.4-2.1",
        ),
        ("Nâng cấp và vận hành hệ thống theo dõi các chỉ số phát triễn ngành", "sure VII.2-1"),
        // Shortened and reworded.
        ("Đề xuất giải pháp đào tạo trực tuyến, làm việc từ xa", "likely VII.4-2.1"),
        ("Rà soát chỉ tiêu, tiêu chí đánh giá, xếp loại DVCTT mức độ 3, 4", "likely III.1-5"),
        ("Rà soát, theo dõi thông tin báo chí về Đại hội Đảng các cấp", "likely VI.1-3"),
        ("Cung cấp số liệu cho hệ thống theo dõi các chỉ số phát triển ngành", "likely VII.2-1"),
        (
            "Làm việc trực tuyến với Bộ TTTT tháo gỡ khó khăn Chính quyền điện tử tỉnh Vĩnh Long",
            "likely III.1-10",
        ),
        ("Xây dựng kế hoạch phát triển hạ tầng số theo hướng chia sẻ cơ sở hạ tầng", "likely VII.4-3"),
        ("Đẩy mạnh việc ứng dụng công nghệ số trong công tác truyền ...", "likely VII.4-2.2"),
        // Between tasks whose wording is close nothing is chosen.
        ("Xây dựng kế hoạch phát triển hạ tầng số", "? II.1-3 VII.4-3"),
        ("Xử lý nghiêm các trường hợp vi phạm", "? VII.4-1 VI.1-3"),
        ("Đẩy mạnh triển khai Chính phủ điện tử", "? III.1-1"),
        ("Triển khai bảo đảm an toàn, an ninh mạng theo mô hình 4 lớp", "? IV.1-2 IV.1-3"),
        ("Phòng, chống dịch Covid-19", "? VII.4-2.1 VII.4-2.2"),
        ("Truyền thông về dịch bệnh Covid-19 bằng công nghệ số", "? VII.4-2.2"),
        // The department's own work, some of it about the same things.
        ("Lắp đặt mạng Wifi công cộng tại các điểm du lịch", "none"),
        ("Triển khai Trục liên thông LGSP của tỉnh, kết nối với Trục NGSP quốc gia", "none"),
        ("Cấp phép xuất bản tài liệu không kinh doanh phục vụ Đại hội Đảng bộ các cấp", "none"),
        ("Xây dựng Kiến trúc Chính quyền điện tử tỉnh phiên bản 2.0", "none"),
        ("Kiểm tra an toàn thông tin tại các sở, ngành", "none"),
        ("Nâng cấp Cổng thông tin điện tử của tỉnh", "none"),
        ("Tham mưu UBND tỉnh ban hành Nghị quyết về chuyển đổi số", "none"),
        ("Phát triển hạ tầng cáp quang đến thôn, bản", "none"),
        ("TỔNG CỘNG", "none"),
    ];

    #[test]
    fn rows_are_linked_by_their_wording() {
        let catalogue = seeded::catalogue("86").expect("a province");
        let index = Index::new(&catalogue);
        let mut wrong = Vec::new();
        for (content, expected) in ROWS.iter().copied() {
            let found = Matcher::new(&index).find(content, &Clues::default());
            let candidates: Vec<&str> = found.candidates.iter().map(|(code, _)| code.as_str()).collect();
            let right = match expected.split_once(' ') {
                Some(("?", codes)) => {
                    let mut wanted = codes.split(' ');
                    found.decision == Decision::Ask && wanted.all(|code| candidates.contains(&code))
                }
                Some((decision, code)) => {
                    found.decision.as_str() == decision && found.task.as_deref() == Some(code)
                }
                None => found.decision == Decision::None,
            };
            if !right {
                wrong.push(format!(
                    "{content}: {} {:?}, expected {expected}",
                    found.decision.as_str(),
                    found.candidates
                ));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn a_code_counts_when_the_wording_does_not_contradict_it() {
        let catalogue = seeded::catalogue("86").expect("a province");
        let index = Index::new(&catalogue);
        let clues = Clues { code: Some("VII.4-3"), ..Clues::default() };
        let of = |content: &str| Matcher::new(&index).find(content, &clues);
        assert_eq!(
            of("Kế hoạch phát triển hạ tầng số, chia sẻ hạ tầng giữa các doanh nghiệp").task.as_deref(),
            Some("VII.4-3")
        );
        assert_eq!(of("Hội thi Tin học trẻ của tỉnh năm 2020").decision, Decision::Ask);
    }
}
