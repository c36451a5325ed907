//! Names of units: aliases, longest first, several in one cell. Knows nothing of stored rows.
//!
//! Names contain commas, "và" and dashes ("Cục Xuất bản, In và Phát hành"), so a cell is split only after the known
//! names were found. The names are in `seeds/units.csv`; its short names ("Văn phòng") mean the unit of the ministry
//! only where they stand alone, as every department has an office too. Groups are in
//! `seeds/vocabulary/unit_groups.csv`.

use std::sync::LazyLock;

use super::province::{ProvinceMention, Provinces, starts_with};
use super::table::{parts, rows};
use super::text::{key, plain_key, tidy, words};

/// A unit of the ministry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// Our code: "THH", "VP".
    pub code: String,
    /// Full name.
    pub name: String,
    /// Other names.
    pub aliases: Vec<String>,
    /// Names that mean it only where they stand alone.
    pub short_names: Vec<String>,
}

/// Who is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Who<'a> {
    /// The unit of the ministry with this code.
    Unit(&'a str),
    /// The department of the province with this code.
    Department(&'a str),
    /// "Sở TTTT" without a province: the sender's own.
    OwnDepartment,
    /// "các Sở TTTT".
    AllDepartments,
    /// "các đơn vị liên quan": not one unit.
    Group,
    /// Somebody the lists do not know.
    Unknown,
}

/// A unit named in a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitMention<'a> {
    /// Who is meant.
    pub who: Who<'a>,
    /// The words that name it.
    pub as_written: String,
}

/// The names of units, ready for finding them in text.
#[derive(Debug)]
pub struct Names {
    units: Vec<Unit>,
    /// Names that are safe inside a text, longest first.
    names: Vec<Name>,
    provinces: &'static Provinces,
}

/// A name by its words, with and without diacritics.
#[derive(Debug)]
struct Name {
    accented: Vec<String>,
    plain: Vec<String>,
    means: Means,
}

#[derive(Clone, Copy, Debug)]
enum Means {
    /// Index in `units`.
    Unit(usize),
    AllDepartments,
    Group,
}

impl Name {
    fn new(name: &str, means: Means) -> Name {
        let own = |key: &str| words(key).map(str::to_owned).collect();
        Name { accented: own(&key(name)), plain: own(&plain_key(name)), means }
    }
}

/// How the department of a province is written before the province's name, longest first.
const DEPARTMENT: [&[&str]; 5] = [
    &["so", "thong", "tin", "va", "truyen", "thong"],
    &["so", "tt", "va", "tt"],
    &["so", "tt", "tt"],
    &["so", "tttt"],
    &["stttt"],
];

/// First words of a unit: after one of them "và" begins a new unit, and a comma even before a small letter.
const HEADS: [&str; 20] = [
    "so", "cuc", "vu", "ban", "phong", "trung", "van", "vien", "thanh", "ubnd", "cac", "cong", "bao", "dai",
    "hoc", "truong", "tong", "tap", "bo", "doan",
];

impl Names {
    /// The names that the program ships with.
    pub fn embedded() -> &'static Names {
        static EMBEDDED: LazyLock<Names> = LazyLock::new(|| {
            Names::new(
                include_str!("../../seeds/units.csv"),
                include_str!("../../seeds/vocabulary/unit_groups.csv"),
            )
        });
        &EMBEDDED
    }

    fn new(units: &str, groups: &str) -> Names {
        let units: Vec<Unit> = rows(units).filter_map(|row| unit(&row)).collect();
        let mut names = Vec::new();
        for (index, unit) in units.iter().enumerate() {
            let all = std::iter::once(&unit.name).chain(&unit.aliases);
            names.extend(
                all.filter(|name| !unit.short_names.contains(name))
                    .map(|name| Name::new(name, Means::Unit(index))),
            );
        }
        for row in rows(groups) {
            match row.as_slice() {
                [meaning, phrase] if meaning == "all_departments" => {
                    names.push(Name::new(phrase, Means::AllDepartments));
                }
                [meaning, phrase] if meaning == "group" => names.push(Name::new(phrase, Means::Group)),
                _ => {}
            }
        }
        names.sort_by_key(|name| std::cmp::Reverse(name.accented.len()));
        Names { units, names, provinces: Provinces::embedded() }
    }

    /// The units in the order of the list.
    pub fn units(&self) -> &[Unit] {
        &self.units
    }

    /// The unit with this code ("THH").
    pub fn unit(&self, code: &str) -> Option<&Unit> {
        self.units.iter().find(|unit| unit.code == code)
    }

    /// The code of the one unit or department that a person means by a code, a name or a province: "thh", "Cục THH",
    /// "40", "Nghệ An", "Sở TTTT Nghệ An".
    pub fn find_code(&self, text: &str) -> Option<&str> {
        let typed = tidy(text);
        let plain = plain_key(&typed);
        if let Some(unit) = self.units.iter().find(|unit| plain_key(&unit.code) == plain) {
            return Some(&unit.code);
        }
        if let Some(province) = self.provinces.get(&typed) {
            return Some(&province.code);
        }
        match self.find_units(&typed).as_slice() {
            [UnitMention { who: Who::Unit(code) | Who::Department(code), .. }] => Some(code),
            _ => match self.provinces.find(&typed, None) {
                ProvinceMention::Known(code) => Some(code),
                ProvinceMention::Ambiguous(_) | ProvinceMention::Unknown => None,
            },
        }
    }

    /// The units named in a cell, in order.
    pub fn find_units(&self, text: &str) -> Vec<UnitMention<'_>> {
        // Line breaks separate units; tidying would make blanks of them.
        let lines: Vec<String> = text.split(['\n', '\r']).map(tidy).collect();
        let mut mentions: Vec<UnitMention<'_>> = Vec::new();
        for line in &lines {
            for mention in self.in_line(line) {
                // "Tổng công ty Bưu điện Việt Nam (VNPost)" is one unit under two names.
                let again = !matches!(mention.who, Who::Unknown | Who::Group)
                    && mentions.iter().any(|earlier| earlier.who == mention.who);
                if !again {
                    mentions.push(mention);
                }
            }
        }
        mentions
    }

    fn in_line<'a>(&'a self, line: &str) -> Vec<UnitMention<'a>> {
        let line_words = placed_words(line);
        let mut mentions = Vec::new();
        let mut unknown_from = 0;
        let mut at = 0;
        while at < line_words.len() {
            let Some((length, who)) = self.name_at(line, &line_words, at) else {
                at += 1;
                continue;
            };
            let (start, end) = (line_words[at].start, line_words[at + length - 1].end);
            mentions.extend(self.unknown(&line[unknown_from..start]));
            mentions.push(UnitMention { who, as_written: line[start..end].to_owned() });
            unknown_from = end;
            at += length;
        }
        mentions.extend(self.unknown(&line[unknown_from..]));
        mentions
    }

    /// The longest known name that begins at this word: its count of words, and who it is.
    fn name_at<'a>(&'a self, line: &str, line_words: &[Placed], at: usize) -> Option<(usize, Who<'a>)> {
        let rest = &line_words[at..];
        let accented: Vec<&str> = rest.iter().map(|word| word.key.as_str()).collect();
        let plain: Vec<&str> = rest.iter().map(|word| word.plain.as_str()).collect();
        let typed_without_accents = line.is_ascii();
        let known = self.names.iter().find(|name| {
            if typed_without_accents {
                starts_with(&plain, &name.plain)
            } else {
                starts_with(&accented, &name.accented)
            }
        });
        let of_list = known.and_then(|name| {
            let length = name.plain.len();
            if name.plain.last().is_some_and(|last| last == "bo")
                && goes_on_as_another_ministry(line, rest, length)
            {
                return None;
            }
            let who = match name.means {
                Means::Unit(index) => Who::Unit(&self.units.get(index)?.code),
                Means::AllDepartments => Who::AllDepartments,
                Means::Group => Who::Group,
            };
            Some((length, who))
        });
        of_list.or_else(|| self.department_at(line, rest, &plain))
    }

    fn department_at<'a>(&'a self, line: &str, rest: &[Placed], plain: &[&str]) -> Option<(usize, Who<'a>)> {
        let prefix = DEPARTMENT.iter().find(|prefix| starts_with(plain, prefix))?.len();
        // The province's name ends with its item; the longest run of words that is one counts.
        let most = rest.len().min(prefix + 7);
        for length in (prefix + 1..=most).rev() {
            let name = &line[rest[prefix].start..rest[length - 1].end];
            if name.contains([',', ';']) {
                continue;
            }
            if let Some(ProvinceMention::Known(code)) = self.provinces.whole(name, None) {
                return Some((length, Who::Department(code)));
            }
        }
        Some((prefix, Who::OwnDepartment))
    }

    /// The units in a piece of text that holds no known name.
    fn unknown<'a>(&'a self, piece: &str) -> Vec<UnitMention<'a>> {
        split_items(piece)
            .into_iter()
            .map(|item| UnitMention { who: self.alone(item), as_written: item.to_owned() })
            .collect()
    }

    /// Who an item is that holds no name safe inside a text.
    fn alone(&self, item: &str) -> Who<'_> {
        let plain = plain_key(item);
        let of_unit = |unit: &&Unit| unit.short_names.iter().any(|name| plain_key(name) == plain);
        if let Some(unit) = self.units.iter().find(of_unit) {
            return Who::Unit(&unit.code);
        }
        let first: Vec<&str> = words(&plain).take(2).collect();
        match first.as_slice() {
            ["cac", ..] | ["mot", "so"] | ["toan", "the"] | ["tat", "ca"] => Who::Group,
            _ => Who::Unknown,
        }
    }
}

fn unit(row: &[String]) -> Option<Unit> {
    let [code, name, _kind, aliases, short_names, ..] = row else {
        return None;
    };
    Some(Unit {
        code: code.clone(),
        name: name.clone(),
        aliases: parts(aliases).map(str::to_owned).collect(),
        short_names: parts(short_names).map(str::to_owned).collect(),
    })
}

/// A word with its place in the line.
struct Placed {
    start: usize,
    end: usize,
    key: String,
    plain: String,
}

fn placed_words(line: &str) -> Vec<Placed> {
    let origin = line.as_ptr() as usize;
    words(line)
        .map(|word| {
            let start = word.as_ptr() as usize - origin;
            Placed { start, end: start + word.len(), key: key(word), plain: plain_key(word) }
        })
        .collect()
}

/// "Văn phòng Bộ Công an" is not our "Văn phòng Bộ"; "Văn phòng Bộ TTTT" is.
fn goes_on_as_another_ministry(line: &str, rest: &[Placed], length: usize) -> bool {
    let (Some(last), Some(next)) = (rest.get(length - 1), rest.get(length)) else {
        return false;
    };
    let directly = line[last.end..next.start].chars().all(|c| c == ' ');
    let ours = matches!(next.plain.as_str(), "tttt" | "tt" | "thong" | "va");
    directly && !ours && line[next.start..].starts_with(char::is_uppercase)
}

/// The items of a list of names: cut at semicolons, slashes, plus signs, brackets and full stops, and at a comma or
/// "và" where another unit begins. Words that lead to a unit ("phối hợp với") and signs around it are left out.
fn split_items(piece: &str) -> Vec<&str> {
    let mut items = Vec::new();
    for part in piece.split([';', '/', '+', '.', '(', ')', ':', '•']) {
        items.extend(split_where_a_unit_begins(part));
    }
    items.into_iter().map(without_lead).filter(|item| !item.is_empty()).collect()
}

fn split_where_a_unit_begins(part: &str) -> Vec<&str> {
    let mut items = Vec::new();
    let mut from = 0;
    let placed = placed_words(part);
    for pair in placed.windows(2) {
        let head = HEADS.contains(&pair[1].plain.as_str());
        let comma = part[pair[0].end..pair[1].start].contains(',');
        // "Trung tâm Giám sát, điều hành đô thị" goes on behind its comma; "VNPT, Viettel" are two.
        let capital = part[pair[1].start..].starts_with(char::is_uppercase);
        if (comma && (head || capital)) || (pair[0].plain == "va" && head) {
            items.push(&part[from..pair[if comma { 1 } else { 0 }].start]);
            from = pair[1].start;
        }
    }
    items.push(&part[from..]);
    items
}

fn without_lead(item: &str) -> &str {
    let placed = placed_words(item);
    let lead = |word: &&Placed| {
        matches!(word.plain.as_str(), "va" | "cung" | "voi" | "phoi" | "hop" | "chu" | "tri" | "chi")
            || word.plain.chars().all(|c| c.is_ascii_digit()) && word.end - word.start <= 2
    };
    let skipped = placed.iter().take_while(lead).count();
    match (placed.get(skipped), placed.last()) {
        (Some(first), Some(last)) => &item[first.start..last.end],
        _ => "",
    }
}

#[cfg(test)]
mod tests;
