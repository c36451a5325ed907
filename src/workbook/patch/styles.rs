//! The style part: for every look that a marked cell has, the same look with a fill by severity; and back again.

use std::collections::BTreeMap;

use quick_xml::events::{BytesStart, Event};

use super::book::Book;
use super::fills::Fills;
use super::looks::{self, Look, Starts};
use super::package::Package;
use super::part::{attribute, emit, emit_raw, prefix_of, prefix_of_name, rewrite, with_attribute};
use super::relations::{declare, relate};
use crate::domain::finding::Severity;
use crate::domain::refusal::Refusal;
use crate::sheet::colour::Colour;
use crate::sheet::mark_fill::MarkFill;
use crate::workbook::read::xlsx;

const STYLES_TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml";

/// The looks asked for so far; indexes are promised at once and written by [`Styles::store`].
pub(super) struct Styles {
    part: String,
    looks: Vec<Known>,
    starts: Starts,
    fills: Fills,
    /// Fills of the sender's that an earlier sheet of findings kept: for a colour and a number.
    kept_before: BTreeMap<(Option<Colour>, u8), usize>,
    /// Those that lie beneath the marks of now.
    kept: Vec<Kept>,
    wanted: BTreeMap<Wanted, usize>,
}

/// A fill of the sender's that lies beneath marks.
#[derive(Clone, Copy)]
struct Kept {
    fill: usize,
    colour: Option<Colour>,
    number: u8,
}

/// A look that the part does not hold yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Wanted {
    /// A look of the part with another fill.
    Filled { look: usize, fill: usize },
    /// A look of our own sheet.
    Own(Look),
    /// A look that shows nothing but a fill.
    Fill(usize),
}

/// A look of the part.
struct Known {
    /// Its XML with U+0000 in the place of its fill.
    xml: String,
    /// What it is apart from its fill, whatever the order of attributes.
    key: String,
    fill: usize,
    /// The colour that it has for a reader.
    colour: Option<Colour>,
}

impl Styles {
    /// Counts what the part holds; a package without one gets one.
    pub(super) fn of(package: &mut Package<'_>, book: &mut Book) -> Result<Styles, Refusal> {
        let part = match &book.styles {
            Some(part) => part.clone(),
            None => fresh(package, book)?,
        };
        let xml = package.get(&part)?;
        let theme = match &book.theme {
            Some(theme) => package.find(theme)?.unwrap_or_default(),
            None => String::new(),
        };
        let (mut starts, mut parent) = (Starts::default(), String::new());
        rewrite(&xml, |event, depth, _| {
            if let Event::Start(element) | Event::Empty(element) = &event {
                match (depth, parent.as_str(), element.local_name().as_ref()) {
                    (1, _, name) => name.clone_into(&mut parent),
                    (2, "fonts", "font") => starts.fonts += 1,
                    (2, "borders", "border") => starts.borders += 1,
                    (_, _, _) => {}
                }
            }
            Ok(())
        })?;
        let (fills, mut looks) = (Fills::of(&xml)?, known(&xml)?);
        if looks.is_empty() || [starts.fonts, fills.count(), starts.borders].contains(&0) {
            return Err(Refusal::FileDamaged);
        }
        for (look, colour) in looks.iter_mut().zip(xlsx::colours(&xml, &theme)?) {
            look.colour = colour;
        }
        let before = book.kept.iter().filter_map(|(code, style)| {
            let fill = looks.get(*style)?.fill;
            fills.mark(fill).is_none().then_some((of_code(*code)?, fill))
        });
        let kept_before = before.collect();
        Ok(Styles { part, looks, starts, fills, kept_before, kept: Vec::new(), wanted: BTreeMap::new() })
    }

    fn index(&mut self, wanted: Wanted) -> usize {
        let next = self.looks.len() + self.wanted.len();
        *self.wanted.entry(wanted).or_insert(next)
    }

    /// The look that is like `old` but for its fill: one that the part holds, else one that it will.
    fn filled(&mut self, old: usize, fill: usize) -> usize {
        let key = self.looks.get(old).map(|look| look.key.as_str());
        let same = |look: &Known| Some(look.key.as_str()) == key && look.fill == fill;
        let known = self.looks.iter().position(same);
        known.unwrap_or_else(|| self.index(Wanted::Filled { look: old, fill }))
    }

    /// Whether any look of the part is one that we marked.
    pub(super) fn any_marked(&self) -> bool {
        self.fills.any_ours()
    }

    /// Whether we made this look for a mark.
    pub(super) fn is_marked(&self, old: usize) -> bool {
        self.looks.get(old).is_some_and(|look| self.fills.mark(look.fill).is_some())
    }

    /// The index of the look `old` with the fill of `severity`, which says what colour it covers.
    pub(super) fn marked(&mut self, old: usize, severity: Severity) -> usize {
        let old = self.held(old);
        let (fill, colour) = self.beneath(old);
        self.on(old, (fill, colour), severity)
    }

    /// The index of the look `old` of a row or a column with the fill of `severity`, for a cell that the file leaves out:
    /// nobody reads the colour of such a cell, and with our mark it has none either.
    pub(super) fn marked_anew(&mut self, old: usize, severity: Severity) -> usize {
        let old = self.held(old);
        let (fill, _) = self.beneath(old);
        self.on(old, (fill, None), severity)
    }

    fn on(&mut self, old: usize, (fill, beneath): (usize, Option<Colour>), severity: Severity) -> usize {
        let kept = self.keep(fill, beneath);
        let fill = self.fills.of_mark(MarkFill { severity, beneath, kept });
        self.filled(old, fill)
    }

    /// A look that the part holds: `old`, or the first.
    fn held(&self, old: usize) -> usize {
        if old < self.looks.len() { old } else { 0 }
    }

    /// The sender's own fill of a look and the colour that it has for a reader; under a mark the one that was there before.
    fn beneath(&mut self, old: usize) -> (usize, Option<Colour>) {
        let Some(look) = self.looks.get(old) else { return (0, None) };
        let Some(mark) = self.fills.mark(look.fill) else {
            return if self.fills.is_blank(look.fill) { (0, None) } else { (look.fill, look.colour) };
        };
        let kept = self.kept_before.get(&(mark.beneath, mark.kept)).copied();
        // The list of fills is gone with our sheet: a fill of that colour, of a like look if there is one.
        let same = |other: &&Known| other.colour == mark.beneath && self.fills.mark(other.fill).is_none();
        let like = || {
            let mut all = self.looks.iter().filter(same);
            all.clone().find(|other| other.key == look.key).or_else(|| all.next()).map(|other| other.fill)
        };
        let fill = match (kept.filter(|_| mark.kept > 0), mark.beneath) {
            (Some(fill), _) => fill,
            (None, None) => 0,
            (None, Some(colour)) => like().unwrap_or_else(|| self.fills.of_lost(colour)),
        };
        (fill, mark.beneath)
    }

    /// The number under which a fill is kept; 0 where there is nothing to keep, or no number left.
    fn keep(&mut self, fill: usize, colour: Option<Colour>) -> u8 {
        if fill == 0 {
            return 0;
        }
        let of_colour = || self.kept.iter().filter(|kept| kept.colour == colour);
        if let Some(kept) = of_colour().find(|kept| kept.fill == fill) {
            return kept.number;
        }
        let number = u8::try_from(of_colour().count() + 1).unwrap_or(u8::MAX);
        if number > MarkFill::MOST_KEPT {
            return 0;
        }
        self.kept.push(Kept { fill, colour, number });
        number
    }

    /// The index of the look that `old` was before we marked it; `old` itself when it is none of ours.
    pub(super) fn unmarked(&mut self, old: usize) -> usize {
        if !self.is_marked(old) {
            return old;
        }
        let (fill, _) = self.beneath(old);
        self.filled(old, fill)
    }

    /// The index of a look of our own sheet.
    pub(super) fn own(&mut self, look: Look) -> usize {
        self.index(Wanted::Own(look))
    }

    /// What our sheet has to keep: a number for each fill of the sender's beneath a mark, and a look with that fill.
    pub(super) fn kept(&mut self) -> Vec<(u8, usize)> {
        let kept = self.kept.clone();
        kept.into_iter().map(|kept| (code_of(kept), self.index(Wanted::Fill(kept.fill)))).collect()
    }

    /// Writes the fonts, fills, borders and looks that were asked for.
    pub(super) fn store(self, package: &mut Package<'_>) -> Result<(), Refusal> {
        let xml = package.get(&self.part)?;
        let mut new: Vec<(&Wanted, &usize)> = self.wanted.iter().collect();
        new.sort_by_key(|(_, index)| **index);
        let patched = rewrite(&xml, |event, depth, out| {
            let added = |p: &str, list: &str| -> Vec<String> {
                match list {
                    "fonts" => looks::fonts(p),
                    "fills" => self.fills.xml(p),
                    "borders" => vec![looks::border(p)],
                    "cellXfs" => new.iter().filter_map(|(wanted, _)| self.xml(**wanted, p)).collect(),
                    _ => Vec::new(),
                }
            };
            let before = |list: &str| match list {
                "fonts" => Some(self.starts.fonts),
                "fills" => Some(self.fills.count()),
                "borders" => Some(self.starts.borders),
                "cellXfs" => Some(self.looks.len()),
                _ => None,
            };
            match &event {
                Event::Start(element) if depth == 1 => {
                    let list = element.local_name().as_ref().to_owned();
                    let Some(before) = before(&list) else { return emit(out, event.borrow()) };
                    let count = before + added("", &list).len();
                    emit(out, Event::Start(with_attribute(element, "count", &count.to_string())))
                }
                Event::End(element) if depth == 1 => {
                    let p = prefix_of_name(&element.name());
                    emit_raw(out, &added(&p, element.local_name().as_ref()).concat());
                    emit(out, event.borrow())
                }
                _ => emit(out, event.borrow()),
            }
        })?;
        package.put(&self.part, patched);
        Ok(())
    }

    fn xml(&self, wanted: Wanted, p: &str) -> Option<String> {
        match wanted {
            Wanted::Own(look) => Some(look.xml(p, self.starts, &self.fills)),
            Wanted::Fill(fill) => Some(format!(
                "<{p}xf numFmtId=\"0\" fontId=\"0\" fillId=\"{fill}\" borderId=\"0\" xfId=\"0\" applyFill=\"1\"/>"
            )),
            Wanted::Filled { look, fill } => {
                Some(self.looks.get(look)?.xml.replacen('\u{0}', &fill.to_string(), 1))
            }
        }
    }
}

/// The number under which our sheet keeps a fill: its colour (0: none that a reader knows) and which of that colour.
fn code_of(Kept { colour, number, .. }: Kept) -> u8 {
    let colour = colour.and_then(|colour| u8::try_from(colour.number() + 1).ok()).unwrap_or(0);
    colour * (MarkFill::MOST_KEPT + 1) + number
}

fn of_code(code: u8) -> Option<(Option<Colour>, u8)> {
    let (colour, number) = (code / (MarkFill::MOST_KEPT + 1), code % (MarkFill::MOST_KEPT + 1));
    let colour = match colour {
        0 => None,
        colour => Some(Colour::numbered(u32::from(colour) - 1)?),
    };
    Some((colour, number))
}

/// Gives the package a style part, under the name that every program looks for.
fn fresh(package: &mut Package<'_>, book: &mut Book) -> Result<String, Refusal> {
    let usual = "xl/styles.xml";
    let part = if package.has(usual) { package.free_name("xl/styles", ".xml") } else { usual.to_owned() };
    package.put(&part, looks::fresh(book.flavour.main()));
    declare(package, &part, STYLES_TYPE)?;
    relate(package, &book.part, (book.flavour, "styles"), &part)?;
    book.styles = Some(part.clone());
    Ok(part)
}

/// Every look of `cellXfs`.
fn known(xml: &str) -> Result<Vec<Known>, Refusal> {
    let mut looks: Vec<Known> = Vec::new();
    let mut inside = false;
    rewrite(xml, |event, depth, _| {
        match &event {
            Event::Start(element) | Event::Empty(element) if depth == 1 => {
                inside = element.local_name().as_ref() == "cellXfs";
            }
            _ if !inside => {}
            Event::Start(element) | Event::Empty(element) if depth == 2 => {
                looks.push(look(element, matches!(event, Event::Empty(_))));
            }
            Event::Empty(element) => {
                append(&mut looks, &format!("<{}{}/>", element.name().as_ref(), element.attributes_raw()));
            }
            Event::Start(element) => {
                append(&mut looks, &format!("<{}{}>", element.name().as_ref(), element.attributes_raw()));
            }
            Event::End(element) if depth >= 2 => {
                append(&mut looks, &format!("</{}>", element.name().as_ref()));
            }
            _ => {}
        }
        Ok(())
    })?;
    Ok(looks)
}

fn look(element: &BytesStart<'_>, empty: bool) -> Known {
    let fill = attribute(element, "fillId").and_then(|id| id.parse().ok()).unwrap_or(0);
    let filled = with_attribute(&with_attribute(element, "fillId", "0"), "applyFill", "1");
    let p = prefix_of(element);
    let attributes = filled.attributes_raw().replacen("fillId=\"0\"", "fillId=\"\u{0}\"", 1);
    let mut key: Vec<&str> = attributes.split_whitespace().collect();
    key.sort_unstable();
    let (key, close) = (key.join(" "), if empty { "/>" } else { ">" });
    Known { xml: format!("<{p}xf{attributes}{close}"), key, fill, colour: None }
}

fn append(looks: &mut [Known], xml: &str) {
    if let Some(last) = looks.last_mut() {
        last.xml.push_str(xml);
        last.key.push_str(xml.trim_end_matches("</xf>"));
    }
}

/// The style index that an element carries in `s`.
pub(super) fn style_of(element: &BytesStart<'_>) -> usize {
    attribute(element, "s").and_then(|s| s.parse().ok()).unwrap_or(0)
}
