//! Provinces of 2020 by the names that people write: aliases, prefixes ("UBND tỉnh", "Sở TTTT"), initials. The names
//! are in `seeds/provinces_2020.csv` and `seeds/vocabulary/province_initials.csv`; stored rows are not known here.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::table::{parts, rows};
use super::text::{key, plain_key, tidy, words};

/// A province or city under central government, as in 2020.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Province {
    /// Code of the General Statistics Office; means this province until 30/6/2025 only.
    pub code: String,
    /// Name without "tỉnh" or "thành phố".
    pub name: String,
    /// "tỉnh" or "thành phố".
    pub kind: String,
    /// Other spellings.
    pub aliases: Vec<String>,
}

impl Province {
    /// The name of its department of information and communications.
    pub fn department(&self) -> String {
        format!("Sở Thông tin và Truyền thông {} {}", self.kind, self.name)
    }
}

/// What a text says about a province.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProvinceMention<'a> {
    /// The province with this code.
    Known(&'a str),
    /// One of several: initials such as "ĐN", or a text that names more than one.
    Ambiguous(Vec<&'a str>),
    /// None that we know.
    Unknown,
}

/// The names of the provinces, ready for finding them in text.
#[derive(Debug)]
pub struct Provinces {
    all: Vec<Province>,
    /// Whole names, plain and without blanks and dashes ("daklak"), to the index in `all`.
    whole: HashMap<String, usize>,
    /// Initials to the indexes they may mean.
    initials: HashMap<String, Vec<usize>>,
    /// Names inside running text, with and without diacritics, longest first.
    accented: Vec<(Vec<String>, usize)>,
    plain: Vec<(Vec<String>, usize)>,
}

/// Words before the name of a province that do not belong to it, longest first.
const PREFIXES: [&[&str]; 12] = [
    &["so", "thong", "tin", "va", "truyen", "thong"],
    &["uy", "ban", "nhan", "dan"],
    &["so", "tt", "va", "tt"],
    &["so", "tt", "tt"],
    &["so", "tttt"],
    &["thanh", "pho"],
    &["stttt"],
    &["ubnd"],
    &["tinh"],
    &["t", "p"],
    &["tp"],
    &["so"],
];

impl Provinces {
    /// The provinces that the program ships with.
    pub fn embedded() -> &'static Provinces {
        static EMBEDDED: LazyLock<Provinces> = LazyLock::new(|| {
            Provinces::new(
                include_str!("../../seeds/provinces_2020.csv"),
                include_str!("../../seeds/vocabulary/province_initials.csv"),
            )
        });
        &EMBEDDED
    }

    fn new(provinces: &str, initials: &str) -> Provinces {
        let all: Vec<Province> = rows(provinces).filter_map(|row| province(&row)).collect();
        let mut names = Provinces {
            whole: HashMap::new(),
            initials: HashMap::new(),
            accented: Vec::new(),
            plain: Vec::new(),
            all,
        };
        for (index, province) in names.all.iter().enumerate() {
            for name in std::iter::once(&province.name).chain(&province.aliases) {
                names.whole.insert(joined(name), index);
                // Letter codes (THA, TP.HCM) are words of other meaning inside a text.
                if name.contains(char::is_lowercase) {
                    names.accented.push((words(&key(name)).map(str::to_owned).collect(), index));
                    names.plain.push((words(&plain_key(name)).map(str::to_owned).collect(), index));
                }
            }
        }
        for index in [&mut names.accented, &mut names.plain] {
            index.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
        }
        for row in rows(initials) {
            if let [initials, candidates] = row.as_slice() {
                let indexes =
                    parts(candidates).filter_map(|name| names.whole.get(&joined(name)).copied()).collect();
                names.initials.insert(initials.clone(), indexes);
            }
        }
        names
    }

    /// The provinces in the order of their codes.
    pub fn all(&self) -> &[Province] {
        &self.all
    }

    /// The province with this code.
    pub fn get(&self, code: &str) -> Option<&Province> {
        self.all.iter().find(|province| province.code == code)
    }

    /// The province a text names. `sender` is the code of the province that sends the file; it decides between
    /// provinces that share initials, when it is one of them.
    pub fn find(&self, text: &str, sender: Option<&str>) -> ProvinceMention<'_> {
        let text = tidy(text);
        if let Some(mention) = self.whole(&text, sender) {
            return mention;
        }
        match self.find_all(&text).as_slice() {
            [] => ProvinceMention::Unknown,
            [code] => ProvinceMention::Known(code),
            several => ProvinceMention::Ambiguous(several.to_vec()),
        }
    }

    /// The province that the whole text names, prefixes ("Sở TTTT", "tỉnh") apart.
    pub fn whole(&self, text: &str, sender: Option<&str>) -> Option<ProvinceMention<'_>> {
        let text_words: Vec<&str> = words(text).collect();
        let plain: Vec<String> = text_words.iter().map(|word| plain_key(word)).collect();
        let mut start = 0;
        loop {
            if let Some(index) = self.whole.get(&plain[start..].concat()) {
                return Some(ProvinceMention::Known(&self.all[*index].code));
            }
            if let Some(candidates) = self.initials.get(&text_words[start..].concat()) {
                return Some(self.by_initials(candidates, sender));
            }
            start += PREFIXES.iter().find(|prefix| starts_with(&plain[start..], prefix))?.len();
        }
    }

    fn by_initials(&self, candidates: &[usize], sender: Option<&str>) -> ProvinceMention<'_> {
        let codes: Vec<&str> = candidates.iter().map(|index| self.all[*index].code.as_str()).collect();
        match (codes.as_slice(), sender) {
            ([code], _) => ProvinceMention::Known(code),
            (several, Some(sender)) => match several.iter().find(|code| **code == sender) {
                Some(code) => ProvinceMention::Known(code),
                None => ProvinceMention::Ambiguous(codes),
            },
            (_, None) => ProvinceMention::Ambiguous(codes),
        }
    }

    /// The codes of the provinces named in a running text, in order, each once. Only names written with a capital
    /// count: "hòa bình" is peace.
    pub fn find_all(&self, text: &str) -> Vec<&str> {
        let text_words: Vec<&str> = words(text).collect();
        let (index, folded): (_, Vec<String>) = if text.is_ascii() {
            (&self.plain, text_words.iter().map(|word| plain_key(word)).collect())
        } else {
            (&self.accented, text_words.iter().map(|word| key(word)).collect())
        };
        let mut codes = Vec::new();
        let mut at = 0;
        while at < folded.len() {
            let capital = text_words[at].starts_with(char::is_uppercase);
            match self.name_at(index, &folded[at..]).filter(|_| capital) {
                Some((length, province)) => {
                    if let Some(province) = province
                        && !codes.contains(&province.code.as_str())
                    {
                        codes.push(&province.code);
                    }
                    at += length;
                }
                None => at += 1,
            }
        }
        codes
    }

    /// The longest name at the beginning of these words: how many words, and which province. The Pacific ("Thái Bình
    /// Dương") is a name and no province.
    fn name_at(
        &self,
        index: &[(Vec<String>, usize)],
        folded: &[String],
    ) -> Option<(usize, Option<&Province>)> {
        if ["thái bình dương", "thai binh duong"]
            .iter()
            .any(|name| starts_with(folded, &name.split(' ').collect::<Vec<_>>()))
        {
            return Some((3, None));
        }
        let (words, province) = index.iter().find(|(words, _)| starts_with(folded, words))?;
        Some((words.len(), self.all.get(*province)))
    }
}

fn province(row: &[String]) -> Option<Province> {
    let [code, name, kind, _egov_code, aliases, _successor] = row else {
        return None;
    };
    Some(Province {
        code: code.clone(),
        name: name.clone(),
        kind: kind.clone(),
        aliases: parts(aliases).map(str::to_owned).collect(),
    })
}

/// Plain words without what is between them: "Đắk Lắk", "Daklak" and "ĐắkLắk" are one.
fn joined(name: &str) -> String {
    words(&plain_key(name)).collect()
}

/// Whether these words begin with those.
pub(super) fn starts_with<A: AsRef<str>, B: AsRef<str>>(words: &[A], prefix: &[B]) -> bool {
    words.len() >= prefix.len() && words.iter().zip(prefix).all(|(word, own)| word.as_ref() == own.as_ref())
}

#[cfg(test)]
mod tests;
