//! The wordings of all known tasks, ready to be compared: words and pairs of words, weighted by how rare they are.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use crate::domain::text;
use crate::import::catalogue::{Catalogue, KnownTask};
use crate::import::hints::Hints;
use crate::import::vocabulary::{records, words};

/// Words that say nothing about which task is meant.
const EMPTY_WORDS: &str = "va cua cac cho tai ve voi theo trong den de la mot nhung duoc tren dia ban tinh thuc hien \
    viec cung nham tu do";

/// A word that stands in no task speaks against every task, but less than a known word of another task speaks for it.
/// (Calibrated with the reworded rows of the samples: 0.4 lets strange tasks in, 0.8 loses reworded ones.)
const STRANGE_WORD: f64 = 0.6;

/// Syllables of a task, empty ones left out, that say what it is about before the particulars follow.
const HEAD: usize = 11;
/// The same for tasks that first name whom to work with.
const HEAD_AFTER_PARTNERS: usize = 24;

static ABBREVIATIONS: LazyLock<HashMap<String, String>> = LazyLock::new(|| {
    records(include_str!("../../../seeds/vocabulary/abbreviations.csv"))
        .filter_map(|record| Some((words(record.get(0)?), words(record.get(1)?))))
        .collect()
});

static EMPTY: LazyLock<HashSet<&'static str>> = LazyLock::new(|| EMPTY_WORDS.split_whitespace().collect());

/// How much of a row and of a task is shared, 0..1 each.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Likeness {
    /// Place of the task in the index.
    pub task: usize,
    /// Share of the row's words that the task has, by weight.
    pub row: f64,
    /// Share of the task's words that the row has, by weight.
    pub of_task: f64,
}

impl Likeness {
    /// One figure, 0..1. What the row says counts more than what it leaves out: rows are shortened more often than
    /// they are added to.
    pub fn score(self) -> f64 {
        0.6 * self.row + 0.4 * self.of_task
    }
}

/// All known tasks, ready to be compared with rows.
#[derive(Debug)]
pub struct Index<'c> {
    tasks: Vec<&'c KnownTask>,
    hints: &'c Hints,
    by_key: HashMap<String, usize>,
    by_words: HashMap<String, usize>,
    by_code: HashMap<&'c str, usize>,
    word_ids: HashMap<String, u32>,
    single: HashMap<u32, Feature>,
    pair: HashMap<(u32, u32), Feature>,
    totals: Vec<(f64, f64)>,
    heads: Vec<Vec<u32>>,
    strange: f64,
    /// Of each task the comparing key of its wording, and its lead unit as words.
    keys: Vec<String>,
    leads: Vec<String>,
}

#[derive(Debug, Default)]
struct Feature {
    tasks: Vec<usize>,
    weight: f64,
}

impl<'c> Index<'c> {
    /// The index of a catalogue; of equal wordings in several notices the newest counts.
    pub fn new(catalogue: &'c Catalogue) -> Index<'c> {
        let mut index = Index {
            tasks: catalogue.notices.iter().flat_map(|notice| &notice.tasks).collect(),
            hints: &catalogue.hints,
            by_key: HashMap::new(),
            by_words: HashMap::new(),
            by_code: HashMap::new(),
            word_ids: HashMap::new(),
            single: HashMap::new(),
            pair: HashMap::new(),
            totals: Vec::new(),
            heads: Vec::new(),
            strange: 0.0,
            keys: Vec::new(),
            leads: Vec::new(),
        };
        for number in 0..index.tasks.len() {
            index.add(number);
        }
        index.weigh();
        index
    }

    /// What is known beforehand besides the tasks.
    pub fn hints(&self) -> &'c Hints {
        self.hints
    }

    /// A task by its place.
    pub fn task(&self, number: usize) -> &'c KnownTask {
        self.tasks[number]
    }

    /// The comparing key of a task's wording.
    pub fn key(&self, number: usize) -> &str {
        &self.keys[number]
    }

    /// The lead unit of a task, as words.
    pub fn lead(&self, number: usize) -> &str {
        &self.leads[number]
    }

    /// The task whose wording this is, letter by letter (as comparing keys go).
    pub fn exact(&self, content: &str) -> Option<usize> {
        self.by_key.get(&text::key(content)).copied()
    }

    /// The task whose wording this is apart from signs and marks.
    pub fn same_words(&self, content: &str) -> Option<usize> {
        self.by_words.get(&words(content)).copied()
    }

    /// The task with this code.
    pub fn coded(&self, code: &str) -> Option<usize> {
        self.by_code.get(code).copied()
    }

    /// The codes a row about this task can be linked to: its own, or those of its children when it only heads them.
    pub fn assignable(&self, number: usize) -> Vec<&'c str> {
        let task = self.tasks[number];
        if !task.is_heading {
            return vec![&task.code];
        }
        let children = self.tasks.iter().filter(|child| child.parent.as_ref() == Some(&task.code));
        children.map(|child| child.code.as_str()).collect()
    }

    /// The tasks whose wording begins with this text, when it is long enough to tell.
    pub fn beginning_with(&self, content: &str) -> Vec<usize> {
        let key = words(content);
        let begins =
            |(number, task): (usize, &&KnownTask)| words(&task.content).starts_with(&key).then_some(number);
        if key.len() < 24 { Vec::new() } else { self.tasks.iter().enumerate().filter_map(begins).collect() }
    }

    /// Whether the content has one of the words with which the task begins: what is to be done, and to what. "Triển khai
    /// dịch vụ công trực tuyến mức độ 3, 4" stands word by word in the task of reviewing the criteria for ranking it.
    pub fn shares_head(&self, number: usize, content: &str) -> bool {
        let own: HashSet<u32> = self.ids(content).into_iter().flatten().collect();
        self.heads.get(number).is_some_and(|head| head.iter().any(|id| own.contains(id)))
    }

    /// How like each task the content is; only tasks that share something, best first.
    pub fn likenesses(&self, content: &str) -> Vec<Likeness> {
        let ids: Vec<Option<u32>> = self.ids(content);
        let (mut singles, mut pairs) = (HashSet::new(), HashSet::new());
        let mut shared: Vec<(f64, f64)> = vec![(0.0, 0.0); self.tasks.len()];
        let (mut all_singles, mut all_pairs) = (0.0, 0.0);
        for (place, id) in ids.iter().enumerate() {
            match id {
                None => all_singles += self.strange,
                Some(id) if self.is_empty_word(*id) || !singles.insert(*id) => {}
                Some(id) => {
                    all_singles +=
                        add_up(self.single.get(id), self.strange, |task, weight| shared[task].0 += weight);
                }
            }
            let Some(next) = ids.get(place + 1) else { continue };
            match (id, next) {
                (Some(a), Some(b)) if self.is_empty_word(*a) && self.is_empty_word(*b) => {}
                (Some(a), Some(b)) => {
                    if pairs.insert((*a, *b)) {
                        all_pairs += add_up(self.pair.get(&(*a, *b)), self.strange, |task, weight| {
                            shared[task].1 += weight;
                        });
                    }
                }
                (None, _) | (_, None) => all_pairs += self.strange,
            }
        }
        let share = |part: f64, whole: f64| if whole > 0.0 { part / whole } else { 0.0 };
        let mut found: Vec<Likeness> = shared
            .iter()
            .enumerate()
            .filter(|(_, (single, _))| *single > 0.0)
            .map(|(task, (single, pair))| Likeness {
                task,
                row: 0.5 * share(*single, all_singles) + 0.5 * share(*pair, all_pairs),
                of_task: 0.5 * share(*single, self.totals[task].0) + 0.5 * share(*pair, self.totals[task].1),
            })
            .collect();
        found.sort_by(|a, b| b.score().total_cmp(&a.score()).then(a.task.cmp(&b.task)));
        found
    }

    fn add(&mut self, number: usize) {
        let task = self.tasks[number];
        self.keys.push(text::key(&task.content));
        self.leads.push(words(&task.lead_unit));
        self.by_key.entry(self.keys[number].clone()).or_insert(number);
        self.by_words.entry(words(&task.content)).or_insert(number);
        self.by_code.entry(task.code.as_str()).or_insert(number);
        let mut ids = Vec::new();
        for word in spelled_out(&words(&task.content)) {
            let next = u32::try_from(self.word_ids.len()).unwrap_or(u32::MAX);
            ids.push(*self.word_ids.entry(word.to_owned()).or_insert(next));
        }
        let empty: HashSet<u32> = EMPTY.iter().filter_map(|word| self.word_ids.get(*word).copied()).collect();
        // "Chủ trì, phối hợp với ... và các đơn vị liên quan" names partners before it comes to the matter.
        let begins = words(&task.content);
        let partners = ["chu tri", "phoi hop"].iter().any(|partners| begins.starts_with(partners));
        let head = if partners { HEAD_AFTER_PARTNERS } else { HEAD };
        self.heads.push(ids.iter().filter(|id| !empty.contains(id)).take(head).copied().collect());
        for id in &ids {
            if !empty.contains(id) {
                note(self.single.entry(*id).or_default(), number);
            }
        }
        for pair in ids.windows(2) {
            if !(empty.contains(&pair[0]) && empty.contains(&pair[1])) {
                note(self.pair.entry((pair[0], pair[1])).or_default(), number);
            }
        }
    }

    fn weigh(&mut self) {
        #[expect(clippy::cast_precision_loss, reason = "counts of tasks are far below 2^52")]
        let count = |n: usize| n as f64;
        let all = count(self.tasks.len());
        self.totals = vec![(0.0, 0.0); self.tasks.len()];
        self.strange = STRANGE_WORD * ((all + 1.0) / 0.5).ln();
        for feature in self.single.values_mut() {
            feature.weight = ((all + 1.0) / (count(feature.tasks.len()) + 0.5)).ln();
            feature.tasks.iter().for_each(|task| self.totals[*task].0 += feature.weight);
        }
        for feature in self.pair.values_mut() {
            feature.weight = ((all + 1.0) / (count(feature.tasks.len()) + 0.5)).ln();
            feature.tasks.iter().for_each(|task| self.totals[*task].1 += feature.weight);
        }
    }

    fn ids(&self, content: &str) -> Vec<Option<u32>> {
        spelled_out(&words(content))
            .filter_map(|word| match self.word_ids.get(word) {
                Some(id) => Some(Some(*id)),
                None if EMPTY.contains(word) => None,
                None => Some(None),
            })
            .collect()
    }

    fn is_empty_word(&self, id: u32) -> bool {
        !self.single.contains_key(&id)
    }
}

fn note(feature: &mut Feature, task: usize) {
    if feature.tasks.last() != Some(&task) {
        feature.tasks.push(task);
    }
}

fn add_up(feature: Option<&Feature>, strange: f64, mut add: impl FnMut(usize, f64)) -> f64 {
    match feature {
        None => strange,
        Some(feature) => {
            feature.tasks.iter().for_each(|task| add(*task, feature.weight));
            feature.weight
        }
    }
}

/// The words of a wording, abbreviations written out.
fn spelled_out(words: &str) -> impl Iterator<Item = &str> {
    words
        .split(' ')
        .filter(|word| !word.is_empty())
        .flat_map(|word| ABBREVIATIONS.get(word).map_or(word, String::as_str).split(' '))
}
