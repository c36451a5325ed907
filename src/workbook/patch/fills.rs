//! The fills of the style part: which are ours, which show nothing, and those that are added.

use std::collections::{BTreeMap, BTreeSet};

use quick_xml::events::Event;

use super::looks::SEVERITIES;
use super::part::{attribute, rewrite};
use crate::domain::finding::Severity;
use crate::domain::refusal::Refusal;
use crate::sheet::colour::Colour;
use crate::sheet::mark_fill::MarkFill;

/// A fill that is added to the part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum New {
    /// A mark.
    Mark(MarkFill),
    /// The headings of our sheet.
    Heading,
    /// A colour of the sender's whose own fill is lost.
    Lost(Colour),
}

/// The fills of the part by their numbers, and those that it will have.
pub(super) struct Fills {
    count: usize,
    ours: BTreeMap<usize, MarkFill>,
    blank: BTreeSet<usize>,
    new: Vec<New>,
}

impl Fills {
    /// Reads the part.
    pub(super) fn of(styles: &str) -> Result<Fills, Refusal> {
        let tags = SEVERITIES.map(|severity| New::Mark(MarkFill::plain(severity)));
        let new = tags.into_iter().chain([New::Heading]).collect();
        let mut fills = Fills { count: 0, ours: BTreeMap::new(), blank: BTreeSet::new(), new };
        let mut inside = false;
        rewrite(styles, |event, depth, _| {
            let (Event::Start(element) | Event::Empty(element)) = &event else { return Ok(()) };
            let last = fills.count.saturating_sub(1);
            match (depth, element.local_name().as_ref()) {
                (1, name) => inside = name == "fills",
                (2, "fill") if inside => fills.count += 1,
                (3, "patternFill") if inside => {
                    if attribute(element, "patternType").is_none_or(|pattern| pattern == "none") {
                        fills.blank.insert(last);
                    }
                }
                (4, "fgColor") if inside => {
                    let mark = attribute(element, "rgb").and_then(|rgb| MarkFill::of_rgb(&rgb));
                    fills.ours.extend(mark.map(|mark| (last, mark)));
                }
                (_, _) => {}
            }
            Ok(())
        })?;
        Ok(fills)
    }

    /// How many the part holds.
    pub(super) fn count(&self) -> usize {
        self.count
    }

    /// Whether any fill of the part is a mark.
    pub(super) fn any_ours(&self) -> bool {
        !self.ours.is_empty()
    }

    /// What a fill says, if it is a mark.
    pub(super) fn mark(&self, fill: usize) -> Option<MarkFill> {
        self.ours.get(&fill).copied()
    }

    /// Whether nothing is seen of a fill.
    pub(super) fn is_blank(&self, fill: usize) -> bool {
        self.blank.contains(&fill)
    }

    /// The number of the fill of a mark.
    pub(super) fn of_mark(&mut self, mark: MarkFill) -> usize {
        let known = self.ours.iter().find(|(_, known)| **known == mark).map(|(fill, _)| *fill);
        known.unwrap_or_else(|| self.number(New::Mark(mark)))
    }

    /// The number of a fill in the colour whose own fill is lost.
    pub(super) fn of_lost(&mut self, colour: Colour) -> usize {
        self.number(New::Lost(colour))
    }

    /// The number of the fill of the headings of our sheet, and of the word for a severity.
    pub(super) fn of_list(&self, tag: Option<Severity>) -> usize {
        let wanted = tag.map_or(New::Heading, |severity| New::Mark(MarkFill::plain(severity)));
        self.count + self.new.iter().position(|new| *new == wanted).unwrap_or(0)
    }

    fn number(&mut self, wanted: New) -> usize {
        let at = self.new.iter().position(|new| *new == wanted).unwrap_or_else(|| {
            self.new.push(wanted);
            self.new.len() - 1
        });
        self.count + at
    }

    /// The added ones as XML.
    pub(super) fn xml(&self, p: &str) -> Vec<String> {
        let fill = |new: &New| {
            let rgb = match new {
                New::Mark(mark) => mark.rgb(),
                New::Heading => "E7ECF3".to_owned(),
                New::Lost(colour) => colour.rgb().to_owned(),
            };
            format!(
                "<{p}fill><{p}patternFill patternType=\"solid\"><{p}fgColor rgb=\"FF{rgb}\"/><{p}bgColor indexed=\"64\"/></{p}patternFill></{p}fill>"
            )
        };
        self.new.iter().map(fill).collect()
    }
}
