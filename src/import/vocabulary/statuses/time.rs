//! What is said about time beside a status: "Hoàn thành (trễ 02 ngày)", "Đang thực hiện, còn hạn", "Xong nhưng trễ".

use crate::import::reading::Timeliness::{self, InTime, Late};

use super::remainder::clauses;

/// Words about time. What denies comes before what it denies.
const PHRASES: [(&str, Timeliness); 44] = [
    ("khong tre", InTime),
    ("khong qua han", InTime),
    ("khong cham", InTime),
    ("chua qua han", InTime),
    ("chua den han", InTime),
    ("chua toi han", InTime),
    ("chua het han", InTime),
    ("chua den thoi han", InTime),
    ("khong dung han", Late),
    ("khong dung thoi han", Late),
    ("khong dung tien do", Late),
    ("khong kip", Late),
    ("chua dung han", Late),
    ("qua han", Late),
    ("qua thoi han", Late),
    ("tre han", Late),
    ("tre hen", Late),
    ("tre tien do", Late),
    ("tre thoi han", Late),
    ("cham han", Late),
    ("cham tien do", Late),
    ("cham so voi", Late),
    ("tre so voi", Late),
    ("muon so voi", Late),
    ("cham hon", Late),
    ("tre hon", Late),
    ("truoc han", InTime),
    ("truoc thoi han", InTime),
    ("trong han", InTime),
    ("trong thoi han", InTime),
    ("con han", InTime),
    ("con trong han", InTime),
    ("con thoi han", InTime),
    ("dung han", InTime),
    ("dung hen", InTime),
    ("dung thoi", InTime),
    ("dung tien do", InTime),
    ("dung ke hoach", InTime),
    ("dam bao tien do", InTime),
    ("bao dam tien do", InTime),
    ("dam bao thoi", InTime),
    ("vuot tien do", InTime),
    ("vuot ke hoach", InTime),
    ("kip thoi han", InTime),
];
/// Words that are about time when nothing else follows than how much.
const ALONE: [(&str, Timeliness); 4] = [("tre", Late), ("cham", Late), ("muon", Late), ("som", InTime)];
/// What follows them then.
const HOW_MUCH: [&str; 5] = ["roi", "so", "hon", "mat", "khoang"];

/// What a text says about time beside its status; `said` are the words of the status. Only what a clause begins with counts:
/// "Đã hoàn thành báo cáo các nhiệm vụ quá hạn" says nothing of the kind.
pub(super) fn beside(raw: &str, said: &str) -> Option<Timeliness> {
    clauses(raw).find_map(|clause| of_clause(clause.strip_prefix(said).unwrap_or(&clause).trim()))
}

/// What a clause says about time, where that is all it says.
fn of_clause(clause: &str) -> Option<Timeliness> {
    let second = clause.split_once(' ').filter(|(first, _)| BEFORE.contains(first)).map(|(_, rest)| rest);
    [Some(clause), second].into_iter().flatten().find_map(|text| {
        let phrase = PHRASES.iter().find(|(phrase, _)| begins(text, phrase).is_some());
        let alone = ALONE.iter().find(|(word, _)| {
            begins(text, word).is_some_and(|rest| {
                let next = rest.split(' ').next().unwrap_or_default();
                next.is_empty() || next.starts_with(|c: char| c.is_ascii_digit()) || HOW_MUCH.contains(&next)
            })
        });
        phrase.or(alone).map(|(_, timeliness)| *timeliness)
    })
}

/// Words with which such a clause may begin.
const BEFORE: [&str; 12] =
    ["nhung", "song", "do", "vi", "da", "bi", "hien", "van", "ma", "con", "th", "nhiem"];

fn begins<'t>(text: &'t str, with: &str) -> Option<&'t str> {
    let rest = text.strip_prefix(with)?;
    if rest.is_empty() { Some(rest) } else { rest.strip_prefix(' ') }
}
