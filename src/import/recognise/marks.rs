//! Columns of marks: the heading is a status, an x below it says that the status holds.

use crate::domain::status::{ReportedStatus, Timeliness};
use crate::import::rows::title::status_of_title;
use crate::import::vocabulary::money::is_of_money;
use crate::import::vocabulary::statuses::{self, StatusWords};
use crate::import::vocabulary::{word_position, words};

use super::columns::Column;
use super::legend::Legend;

/// A column of marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The column.
    pub column: u32,
    /// The status a mark stands for.
    pub status: ReportedStatus,
    /// In time or late, where the heading says so.
    pub timeliness: Option<Timeliness>,
    /// Whether the heading is an abbreviation that nothing in the table explains.
    pub doubtful: bool,
}

/// What stands below a heading that is a status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Holds {
    Nothing,
    Marks,
    /// Ones and noughts: marks in several columns, in one alone perhaps shares.
    Bits,
    /// What was done, or why not.
    Texts,
    /// Days, or below "đang thực hiện" shares done. Below "hoàn thành" a share says how much of it is.
    Values,
    /// Something else: the heading speaks of something else too.
    Other,
}

/// The columns of marks among the columns of a table: below a heading that is a status stand marks or nothing. One such
/// column alone must have marks; several may be empty, or hold what was done in place of marks. Beside marks a column of
/// the same kind may also hold texts, shares or days. Short headings mean what the legend of the table says.
pub(super) fn marks(columns: &[Column<'_>], legend: &Legend) -> Vec<Mark> {
    let judged = judged_by_time(columns);
    let mut headed: Vec<(Mark, Holds, bool)> =
        columns.iter().filter_map(|column| headed(column, legend, judged)).collect();
    if headed.iter().filter(|(_, holds, _)| *holds == Holds::Bits).count() > 1 {
        headed
            .iter_mut()
            .filter(|(_, holds, _)| *holds == Holds::Bits)
            .for_each(|(_, holds, _)| *holds = Holds::Marks);
    }
    let has = |kind: Holds| headed.iter().any(|(_, holds, _)| *holds == kind);
    let several = |found: &[Mark]| found.iter().any(|mark| mark.status != found[0].status);
    let chosen = |keep: &dyn Fn(Holds, bool) -> bool| -> Vec<Mark> {
        let kept = headed.iter().filter(|(_, holds, plain)| keep(*holds, *plain));
        kept.map(|(mark, _, _)| *mark).collect()
    };
    let found = if has(Holds::Marks) {
        let all = chosen(&|holds, plain| plain && holds != Holds::Other);
        let narrow = chosen(&|holds, plain| plain && matches!(holds, Holds::Marks | Holds::Nothing));
        if several(&narrow) || several(&all) { all } else { narrow }
    } else {
        let listed = chosen(&|holds, _| matches!(holds, Holds::Texts | Holds::Nothing));
        let empty = chosen(&|holds, plain| plain && holds == Holds::Nothing);
        match () {
            () if has(Holds::Texts) && several(&listed) => listed,
            () if empty.len() >= 2 => empty,
            () => Vec::new(),
        }
    };
    let completed = found.iter().any(|mark| mark.status == ReportedStatus::Completed);
    found.into_iter().map(|mark| Mark { doubtful: mark.doubtful && !completed, ..mark }).collect()
}

/// Whether what is done stands under "Đúng hạn" and "Trễ hạn", beside a column for what is not done.
fn judged_by_time(columns: &[Column<'_>]) -> bool {
    let named: Vec<StatusWords> = columns.iter().filter_map(|column| meant(&column.heading?.text)).collect();
    let is_time =
        |words: &&StatusWords| words.status.is_none() && words.timeliness == Some(Timeliness::InTime);
    let open = |words: &&StatusWords| {
        matches!(words.status, Some(ReportedStatus::NotStarted | ReportedStatus::InProgress))
            && words.timeliness.is_none()
    };
    let done = named.iter().any(|words| words.status == Some(ReportedStatus::Completed));
    !done && named.iter().filter(is_time).count() == 1 && named.iter().any(|words| open(&words))
}

/// The status that the heading of a column is, what stands below it, and whether the heading says nothing else ("Đã hoàn
/// thành", not "Nhiệm vụ đã hoàn thành").
fn headed(column: &Column<'_>, legend: &Legend, judged: bool) -> Option<(Mark, Holds, bool)> {
    let heading = &column.heading.filter(|heading| !is_of_money(&heading.text))?.text;
    let leaf = heading.rsplit(" / ").next()?;
    let named = legend.status(leaf).or_else(|| meant(heading));
    let plain = named.is_some();
    let mut meant = named.or_else(|| status_of_title(leaf))?;
    if judged && meant.timeliness.is_some() {
        meant.status = Some(ReportedStatus::Completed);
    }
    let (status, timeliness, doubtful) = (meant.status?, meant.timeliness, meant.doubt.is_some());
    let looks = &column.looks;
    // Below a heading that is a status a 1 is a mark too; the sum below the ones is none.
    let set = looks.marks + looks.signs + looks.ones + looks.yeas;
    let said = looks.filled - looks.nays;
    let share = |count: usize| count * 2 >= said && said > 0;
    // How many there are may stand below texts as well.
    let told = if looks.numbers <= 1 { said - looks.numbers.min(said) } else { 0 };
    if is_of_time(heading) && said > 0 && !share(set) {
        return None;
    }
    let holds = match () {
        () if said == looks.zeros => Holds::Nothing,
        () if set > 0 && share(set) => Holds::Marks,
        () if plain && looks.ones > 0 && looks.ones + looks.zeros == looks.filled => Holds::Bits,
        // One letter or two signs over and over: ticks in a symbol font that was lost, "R" and "£".
        () if plain && looks.short == looks.filled && looks.distinct <= MOST_SIGNS => Holds::Marks,
        () if told > 0 && looks.letters >= told * SHORTEST_TEXT && looks.dates == 0 => Holds::Texts,
        () if share(looks.dates + looks.deadlines) => Holds::Values,
        () if status == ReportedStatus::InProgress && share(looks.percents + looks.numbers) => Holds::Values,
        () => Holds::Other,
    };
    Some((Mark { column: column.number, status, timeliness, doubtful }, holds, plain))
}

/// Whether a heading stands in a group of days: below "Thời gian / Hoàn thành" stand the days by which to complete.
fn is_of_time(heading: &str) -> bool {
    const TIMES: [&str; 6] = ["thoi gian", "thoi han", "thoi diem", "han", "ngay", "moc"];
    let groups = heading.rsplit(" / ").skip(1).map(words);
    groups.into_iter().any(|group| TIMES.iter().any(|time| word_position(&group, time).is_some()))
}

/// Different signs in a column of marks: set and not set.
const MOST_SIGNS: usize = 2;
/// Letters of a text that says what was done; a mark or a day is shorter.
const SHORTEST_TEXT: usize = 11;

/// The status that the levels of a heading name: "Đã hoàn thành / Quá hạn" is completed, and late.
fn meant(heading: &str) -> Option<StatusWords> {
    let mut levels = heading.rsplit(" / ");
    let leaf = levels.next()?;
    let own = statuses::as_heading(leaf)?;
    let above = levels
        .next()
        .and_then(statuses::understand)
        .filter(|words| words.status.is_some() && !words.more_follows);
    match above {
        Some(above) if own.timeliness.is_some() => Some(StatusWords { timeliness: own.timeliness, ..above }),
        Some(_) | None => Some(own),
    }
}
