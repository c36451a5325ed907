//! The wordings of all known tasks, ready to be compared: words and pairs of words, weighted by how rare they are.

mod apart;

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use crate::domain::text;
use crate::import::catalogue::{Catalogue, KnownTask};
use crate::import::hints::Hints;
use crate::import::vocabulary::{records, words};

use super::lexicon::{Lexicon, Spelled};

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

/// Room for comparing one row after the other.
#[derive(Debug, Default)]
pub(super) struct Scratch {
    /// By task: the weight of the words and of the pairs that the row shares with it.
    shared: Vec<(f64, f64)>,
    /// By word: whether the row has said it.
    heard: Vec<bool>,
}

/// How long the wording of a task is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lengths {
    /// Its words, see [`plain_length`].
    pub(super) words: Option<usize>,
    /// The letters of its comparing key.
    pub(super) key: usize,
}

/// The length of words that are plain letters; of others it is not told.
pub(super) fn plain_length(words: &str) -> Option<usize> {
    words.is_ascii().then_some(words.len())
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
    lexicon: Lexicon,
    /// By the number of a word; one without tasks says nothing about any.
    single: Vec<Feature>,
    /// By the number of the first word: the second, and what the pair says.
    pair: Vec<Vec<(u32, Feature)>>,
    totals: Vec<(f64, f64)>,
    heads: Vec<Vec<u32>>,
    strange: f64,
    /// Of each task the comparing key of its wording, and the number of its lead unit.
    keys: Vec<String>,
    leads: Vec<u32>,
    lead_ids: HashMap<String, u32>,
    lengths: Vec<Lengths>,
    /// Tasks that stand alike in several notices, each with all of them.
    twins: HashMap<usize, Vec<usize>>,
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
            lexicon: Lexicon::default(),
            single: Vec::new(),
            pair: Vec::new(),
            totals: Vec::new(),
            heads: Vec::new(),
            strange: 0.0,
            keys: Vec::new(),
            leads: Vec::new(),
            lead_ids: HashMap::new(),
            lengths: Vec::new(),
            twins: HashMap::new(),
        };
        for number in 0..index.tasks.len() {
            index.add(number);
        }
        index.weigh();
        index.list_words();
        index.twins = twins(catalogue, &index.keys);
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

    /// The number of a task's lead unit.
    pub fn lead(&self, number: usize) -> u32 {
        self.leads[number]
    }

    /// The number of the lead unit that these words name.
    pub fn lead_named(&self, words: &str) -> Option<u32> {
        self.lead_ids.get(words).copied()
    }

    /// How long a task's wording is.
    pub(super) fn lengths(&self, number: usize) -> Lengths {
        self.lengths[number]
    }

    /// The task whose wording this is, letter by letter (as comparing keys go).
    pub fn exact(&self, content: &str) -> Option<usize> {
        self.by_key.get(&text::key(content)).copied()
    }

    /// The task whose wording this is apart from signs and marks.
    pub fn same_words(&self, content: &str) -> Option<usize> {
        self.by_words.get(&words(content)).copied()
    }

    /// The same as [`Index::same_words`] for a content given by its words.
    pub fn same_words_of(&self, words: &str) -> Option<usize> {
        self.by_words.get(words).copied()
    }

    /// Tasks of several open notices with the wording of this one, this one included; empty when it is the only one.
    pub fn twins(&self, number: usize) -> &[usize] {
        self.twins.get(&number).map_or(&[], Vec::as_slice)
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
    pub fn shares_head(&self, number: usize, content: &Spelled) -> bool {
        self.heads.get(number).is_some_and(|head| head.iter().any(|id| content.0.contains(&Some(*id))))
    }

    /// How like each task the content is; only tasks that share something, best first.
    pub fn likenesses(&self, content: &str) -> Vec<Likeness> {
        let spelled = self.spelled(&words(content));
        let mut found = self.likenesses_of(&spelled, &mut Scratch::default());
        found.sort_by(|a, b| b.score().total_cmp(&a.score()).then(a.task.cmp(&b.task)));
        found
    }

    /// The same as [`Index::likenesses`] for a content given by its words, in the order of the tasks.
    pub(super) fn likenesses_of(&self, content: &Spelled, scratch: &mut Scratch) -> Vec<Likeness> {
        let ids = content.0.as_slice();
        let Scratch { shared, heard } = scratch;
        shared.clear();
        shared.resize(self.tasks.len(), (0.0, 0.0));
        heard.clear();
        heard.resize(self.single.len(), false);
        let (mut all_singles, mut all_pairs) = (0.0, 0.0);
        for (place, id) in ids.iter().enumerate() {
            let again = id.is_some_and(|id| std::mem::replace(&mut heard[self::place(id)], true));
            match id {
                None => all_singles += self.strange,
                // Said before, or saying nothing: it does not count.
                Some(id) if again || self.is_empty_word(*id) => {}
                Some(id) => {
                    all_singles += self.single_of(*id).add_up(|task, weight| shared[task].0 += weight);
                }
            }
            let Some(next) = ids.get(place + 1) else { continue };
            match (id, next) {
                (Some(a), Some(b)) if self.is_empty_word(*a) && self.is_empty_word(*b) => {}
                (Some(a), Some(b)) => {
                    let said = || ids[..=place].windows(2).any(|before| before == [Some(*a), Some(*b)]);
                    if !(again && said()) {
                        all_pairs += self.pair_of(*a, *b).map_or(self.strange, |pair| {
                            pair.add_up(|task, weight| shared[task].1 += weight)
                        });
                    }
                }
                (None, _) | (_, None) => all_pairs += self.strange,
            }
        }
        let share = |part: f64, whole: f64| if whole > 0.0 { part / whole } else { 0.0 };
        let like = |(task, (single, pair)): (usize, &(f64, f64))| Likeness {
            task,
            row: 0.5 * share(*single, all_singles) + 0.5 * share(*pair, all_pairs),
            of_task: 0.5 * share(*single, self.totals[task].0) + 0.5 * share(*pair, self.totals[task].1),
        };
        let mut found = Vec::with_capacity(shared.len());
        found.extend(shared.iter().enumerate().filter(|(_, (single, _))| *single > 0.0).map(like));
        found
    }

    fn add(&mut self, number: usize) {
        let task = self.tasks[number];
        self.keys.push(text::key(&task.content));
        let next = u32::try_from(self.lead_ids.len()).unwrap_or(u32::MAX);
        self.leads.push(*self.lead_ids.entry(words(&task.lead_unit)).or_insert(next));
        self.by_key.entry(self.keys[number].clone()).or_insert(number);
        let wording = words(&task.content);
        self.lengths.push(Lengths { words: plain_length(&wording), key: self.keys[number].chars().count() });
        self.by_words.entry(wording.clone()).or_insert(number);
        self.by_code.entry(task.code.as_str()).or_insert(number);
        let mut ids = Vec::new();
        for word in spelled_out(&wording) {
            let next = u32::try_from(self.word_ids.len()).unwrap_or(u32::MAX);
            ids.push(*self.word_ids.entry(word.to_owned()).or_insert(next));
        }
        let empty: HashSet<u32> = EMPTY.iter().filter_map(|word| self.word_ids.get(*word).copied()).collect();
        // "Chủ trì, phối hợp với ... và các đơn vị liên quan" names partners before it comes to the matter.
        let partners = ["chu tri", "phoi hop"].iter().any(|partners| wording.starts_with(partners));
        let head = if partners { HEAD_AFTER_PARTNERS } else { HEAD };
        self.heads.push(ids.iter().filter(|id| !empty.contains(id)).take(head).copied().collect());
        self.single.resize_with(self.word_ids.len(), Feature::default);
        self.pair.resize_with(self.word_ids.len(), Vec::new);
        for id in &ids {
            if !empty.contains(id) {
                self.single[place(*id)].note(number);
            }
        }
        for pair in ids.windows(2) {
            if !(empty.contains(&pair[0]) && empty.contains(&pair[1])) {
                let after = &mut self.pair[place(pair[0])];
                let known = after.iter().position(|(second, _)| *second == pair[1]);
                let at = known.unwrap_or_else(|| {
                    after.push((pair[1], Feature::default()));
                    after.len() - 1
                });
                after[at].1.note(number);
            }
        }
    }

    fn weigh(&mut self) {
        #[expect(clippy::cast_precision_loss, reason = "counts of tasks are far below 2^52")]
        let count = |n: usize| n as f64;
        let all = count(self.tasks.len());
        self.totals = vec![(0.0, 0.0); self.tasks.len()];
        self.strange = STRANGE_WORD * ((all + 1.0) / 0.5).ln();
        for feature in &mut self.single {
            feature.weight = ((all + 1.0) / (count(feature.tasks.len()) + 0.5)).ln();
            feature.tasks.iter().for_each(|task| self.totals[*task].0 += feature.weight);
        }
        for (_, feature) in self.pair.iter_mut().flatten() {
            feature.weight = ((all + 1.0) / (count(feature.tasks.len()) + 0.5)).ln();
            feature.tasks.iter().for_each(|task| self.totals[*task].1 += feature.weight);
        }
    }

    /// The words of a content, abbreviations written out, as far as they are known.
    pub fn spelled(&self, words: &str) -> Spelled {
        self.lexicon.spelled(words)
    }

    /// Lists what every word is spelled as that is no stranger: words of tasks, empty words, abbreviations.
    fn list_words(&mut self) {
        let mut lexicon = Lexicon::default();
        let known = self.word_ids.keys().map(String::as_str);
        for word in known.chain(EMPTY.iter().copied()).chain(ABBREVIATIONS.keys().map(String::as_str)) {
            let numbers = spelled_out(word).filter_map(|word| match self.word_ids.get(word) {
                Some(id) => Some(Some(*id)),
                None if EMPTY.contains(word) => None,
                None => Some(None),
            });
            lexicon.add(word, numbers);
        }
        self.lexicon = lexicon;
    }

    fn single_of(&self, id: u32) -> &Feature {
        &self.single[place(id)]
    }

    fn pair_of(&self, first: u32, second: u32) -> Option<&Feature> {
        self.pair[place(first)].iter().find(|(known, _)| *known == second).map(|(_, feature)| feature)
    }

    fn is_empty_word(&self, id: u32) -> bool {
        self.single_of(id).tasks.is_empty()
    }
}

/// The tasks whose wordings (`keys`, in the order of the catalogue) stand in more than one notice.
fn twins(catalogue: &Catalogue, keys: &[String]) -> HashMap<usize, Vec<usize>> {
    let places = catalogue.notices.iter().enumerate();
    let tasks = places.flat_map(|(place, notice)| notice.tasks.iter().map(move |task| (place, task)));
    let mut alike: HashMap<&str, Vec<(usize, usize)>> = HashMap::new();
    for (number, (place, _)) in tasks.enumerate().filter(|(_, (_, task))| !task.is_heading) {
        alike.entry(keys[number].as_str()).or_default().push((place, number));
    }
    let several = alike.into_values().filter(|group| group.iter().any(|(place, _)| *place != group[0].0));
    let numbers = several.map(|group| group.into_iter().map(|(_, number)| number).collect::<Vec<_>>());
    numbers.flat_map(|group| group.clone().into_iter().map(move |number| (number, group.clone()))).collect()
}

/// The place of a word in the lists: its number.
fn place(id: u32) -> usize {
    usize::try_from(id).unwrap_or(usize::MAX)
}

impl Feature {
    fn note(&mut self, task: usize) {
        if self.tasks.last() != Some(&task) {
            self.tasks.push(task);
        }
    }

    /// Hands its weight to each of its tasks, and gives the weight.
    fn add_up(&self, mut add: impl FnMut(usize, f64)) -> f64 {
        self.tasks.iter().for_each(|task| add(*task, self.weight));
        self.weight
    }
}

/// The words of a wording, abbreviations written out.
fn spelled_out(words: &str) -> impl Iterator<Item = &str> {
    words
        .split(' ')
        .filter(|word| !word.is_empty())
        .flat_map(|word| ABBREVIATIONS.get(word).map_or(word, String::as_str).split(' '))
}
