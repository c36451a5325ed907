//! How well the cells of a column fit a meaning, and the sentence that says so.

use crate::sheet::column::Field;

use super::evidence::Looks;
use super::header::Heading;

/// What the cells say for (above 0) or against (below 0) a meaning; 0 when the column is empty. The steps are wide on
/// purpose: in the samples a right meaning and a wrong one lie 0.4 and more apart.
pub fn fit(field: Field, looks: &Looks) -> f64 {
    if looks.filled == 0 {
        return 0.0;
    }
    let share = |count: usize| looks.share(count);
    let (dates, numbers) =
        (share(looks.dates + looks.deadlines), share(looks.percents + looks.numbers + looks.errors));
    let (statuses, units, prose) = (share(looks.statuses), share(looks.units), share(looks.prose));
    match field {
        Field::Stt => step(share(looks.ordinals), 0.6, 0.4, 0.2, -0.4),
        Field::Content => content(looks),
        Field::Deadline => step(dates, 0.4, 0.4, 0.001, -0.5),
        Field::Status if looks.are_codes() => 0.0,
        Field::Status => step(statuses + share(looks.coded), 0.65, 0.5, 0.001, -0.5),
        Field::Percent => {
            let percents = share(looks.percents + looks.errors);
            if percents >= 0.4 { 0.45 } else { step(numbers, 0.6, 0.35, 0.001, -0.5) }
        }
        Field::Result => {
            let prose = if prose >= 0.3 {
                0.25
            } else if looks.average_length() >= 20 {
                0.15
            } else {
                0.0
            };
            let other = if statuses + share(looks.coded) > 0.6 || numbers > 0.6 {
                -0.45
            } else if dates > 0.6 {
                -0.35
            } else if units > 0.6 {
                -0.2
            } else {
                0.0
            };
            let tasks = if share(looks.tasks) > 0.5 { -0.4 } else { 0.0 };
            let told = if share(looks.reports) >= 0.5 { 0.2 } else { 0.0 };
            f64::max(prose, told) + other + tasks
        }
        Field::LeadUnit | Field::CoordinatingUnits => {
            let against =
                if dates > 0.5 || numbers > 0.5 || prose > 0.6 || statuses > 0.5 { -0.4 } else { 0.0 };
            let provinces = if share(looks.provinces) > 0.6 { -0.2 } else { 0.0 };
            let named = share(looks.units + looks.persons) >= 0.5;
            (if named { 0.3 } else { 0.0 }) + against + provinces
        }
        Field::DocNo => {
            let against = if dates > 0.6 || share(looks.numbers) > 0.6 || prose > 0.6 { -0.4 } else { 0.0 };
            (if share(looks.documents) >= 0.3 { 0.3 } else { 0.0 }) + against
        }
        Field::Province => step(share(looks.provinces), 0.4, 0.5, 0.001, -0.4),
        Field::Difficulties if share(looks.troubles) >= 0.5 => 0.05,
        Field::Proposals if share(looks.requests) >= 0.5 => 0.05,
        Field::Difficulties | Field::Proposals | Field::Note => {
            if dates > 0.7 || numbers > 0.7 || statuses > 0.7 { -0.25 } else { 0.02 }
        }
    }
}

/// Contents are long, all different, and speak of tasks; a column of statuses, days or units is none.
fn content(looks: &Looks) -> f64 {
    let share = |count: usize| looks.share(count);
    let long = if looks.average_length() >= 25 {
        0.3
    } else if looks.average_length() < 12 {
        -0.4
    } else {
        0.0
    };
    let tasks = if looks.tasks > 0 { 0.15 + 0.35 * share(looks.tasks) } else { 0.0 };
    let orders = if share(looks.orders) >= 0.6 { 0.15 } else { 0.0 };
    let same = if looks.filled >= 5 && looks.distinct * 5 < looks.filled * 2 { -0.3 } else { 0.0 };
    let other = if share(looks.statuses) > 0.5
        || share(looks.dates + looks.deadlines) > 0.5
        || share(looks.units) > 0.7 && looks.tasks == 0
    {
        -0.6
    } else {
        0.0
    };
    long + tasks.max(orders) + same + other
}

/// `good` from `high` up, `bad` below `low`, nothing between.
fn step(share: f64, high: f64, good: f64, low: f64, bad: f64) -> f64 {
    if share >= high {
        good
    } else if share < low {
        bad
    } else {
        good / 3.0
    }
}

/// Why a column means what it means, for `--explain`.
pub fn explain(heading: Option<&Heading>, looks: &Looks) -> String {
    let mut parts = Vec::new();
    match heading.and_then(|heading| heading.guesses.first()) {
        Some(guess) => parts.push(format!("tiêu đề khớp từ vựng {:.2}", guess.weight)),
        None if heading.is_some() => parts.push("tiêu đề không có trong từ vựng".to_owned()),
        None => parts.push("không có tiêu đề".to_owned()),
    }
    for (count, what) in [
        (looks.ordinals, "số thứ tự"),
        (looks.dates, "ô ngày"),
        (looks.deadlines, "thời hạn bằng chữ"),
        (looks.percents, "phần trăm"),
        (looks.numbers, "số 0–100"),
        (looks.statuses, "tình trạng"),
        (looks.marks, "dấu x"),
        (looks.units, "tên đơn vị"),
        (looks.persons, "tên người, chức vụ"),
        (looks.orders, "câu bắt đầu bằng việc phải làm"),
        (looks.provinces, "tên tỉnh"),
        (looks.documents, "số văn bản"),
        (looks.tasks, "nhiệm vụ của thông báo"),
        (looks.prose, "câu dài"),
    ] {
        if count > 0 {
            parts.push(format!("{count}/{} ô là {what}", looks.filled));
        }
    }
    parts.join("; ")
}
