//! The workbook part: which sheets there are, and one more first.

use quick_xml::events::{BytesStart, Event};

use super::head::{Head, index_of_signature};
use super::package::Package;
use super::part::{attribute, emit, emit_raw, prefix_of, relation_attribute, rewrite, with_attribute};
use super::relations::{Flavour, declare, relate, relationships};
use crate::domain::refusal::Refusal;
use crate::sheet::annotation::SHEET_NAME;

const SHEET_TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml";

/// One worksheet.
pub(super) struct SheetPart {
    /// Name on the tab.
    pub(super) name: String,
    /// Name of its part.
    pub(super) part: String,
    /// Whether its tab is marked as selected.
    pub(super) selected: bool,
}

/// What the workbook part says.
pub(super) struct Book {
    /// Name of the workbook part.
    pub(super) part: String,
    /// The worksheets in order, without ours.
    pub(super) sheets: Vec<SheetPart>,
    /// The style part.
    pub(super) styles: Option<String>,
    /// The part with the theme's colours.
    pub(super) theme: Option<String>,
    /// What our sheet of an earlier occasion keeps of the sender's fills: numbers, and looks with the fills.
    pub(super) kept: Vec<(u8, usize)>,
    /// Its namespaces.
    pub(super) flavour: Flavour,
    /// Names of all sheets, charts and dialogs included, in lower case.
    names: Vec<String>,
    highest_sheet_id: u32,
    /// The sheet that we added on an earlier occasion, if the file was annotated before.
    ours: Option<String>,
    /// Whether every sheet is a worksheet, so that all their views are known.
    all_known: bool,
}

impl Book {
    /// Reads the workbook part.
    pub(super) fn of(package: &mut Package<'_>) -> Result<Book, Refusal> {
        let (kind, part) = relationships(package, "")?
            .into_values()
            .find(|(kind, _)| kind.ends_with("/officeDocument"))
            .ok_or(Refusal::FileDamaged)?;
        let flavour = if kind.starts_with(Flavour::Strict.relationships()) {
            Flavour::Strict
        } else {
            Flavour::Transitional
        };
        let targets = relationships(package, &part)?;
        let target = |ending: &str| {
            targets.values().find(|(kind, _)| kind.ends_with(ending)).map(|(_, target)| target.clone())
        };
        let (styles, theme, strings) = (target("/styles"), target("/theme"), target("/sharedStrings"));
        let (mut names, mut worksheets, mut highest_sheet_id) = (Vec::new(), Vec::new(), 0);
        rewrite(&package.get(&part)?, |event, _, _| {
            if let Event::Start(element) | Event::Empty(element) = &event
                && element.local_name().as_ref() == "sheet"
            {
                let id = attribute(element, "sheetId").and_then(|id| id.parse().ok()).unwrap_or(0);
                highest_sheet_id = highest_sheet_id.max(id);
                let name = attribute(element, "name").unwrap_or_default();
                names.push(name.to_lowercase());
                if let Some((kind, target)) = attribute(element, "id").and_then(|id| targets.get(&id))
                    && kind.ends_with("/worksheet")
                {
                    worksheets.push((name, target.clone()));
                }
            }
            Ok(())
        })?;
        let signature = match strings {
            Some(part) => index_of_signature(&package.find(&part)?.unwrap_or_default())?,
            None => None,
        };
        let (mut sheets, mut ours, mut kept) = (Vec::new(), None, Vec::new());
        for (name, part) in worksheets {
            let head = Head::of(&package.get(&part)?, signature)?;
            if head.is_ours {
                (ours, kept) = (Some(part), head.kept);
            } else {
                sheets.push(SheetPart { name, part, selected: head.selected });
            }
        }
        let all_known = names.len() == sheets.len();
        Ok(Book { part, sheets, styles, theme, kept, flavour, names, highest_sheet_id, ours, all_known })
    }

    /// Whether our sheet may be the one that shows when the file is opened. Excel joins all sheets that are marked as
    /// selected, so every sheet so marked must be among those that change anyway (`changing`).
    pub(super) fn may_open_ours(&self, changing: &[&str]) -> bool {
        // A sheet of ours that is there already is not counted among `sheets`; it stays as it was shown.
        self.all_known
            && self.sheets.iter().all(|sheet| !sheet.selected || changing.contains(&sheet.part.as_str()))
    }

    /// Puts the sheet of findings first and moves what counts sheets by position. A sheet of ours from an earlier
    /// occasion is overwritten in its place. `open` makes it the sheet that shows when the file is opened.
    pub(super) fn insert_first(
        &self,
        package: &mut Package<'_>,
        sheet: String,
        open: bool,
    ) -> Result<(), Refusal> {
        if let Some(part) = &self.ours {
            package.put(part, sheet);
            return Ok(());
        }
        let part = package.free_name("xl/worksheets/giaoban", ".xml");
        package.put(&part, sheet);
        declare(package, &part, SHEET_TYPE)?;
        let relationship = relate(package, &self.part, (self.flavour, "worksheet"), &part)?;
        let (name, number) = (self.free_sheet_name(), self.highest_sheet_id + 1);
        let xml = package.get(&self.part)?;
        let (mut views, mut root) = (false, String::new());
        let patched = rewrite(&xml, |event, depth, out| match &event {
            Event::Start(element) if depth == 1 && element.local_name().as_ref() == "sheets" => {
                let p = prefix_of(element);
                if !views {
                    // Without a view the first sheet is opened, which is ours now.
                    let active = u32::from(!open);
                    emit_raw(
                        out,
                        &format!("<{p}bookViews><{p}workbookView activeTab=\"{active}\"/></{p}bookViews>"),
                    );
                }
                emit(out, event.borrow())?;
                let id = relation_attribute(&root, self.flavour.relationships(), &relationship);
                emit_raw(out, &format!("<{p}sheet name=\"{name}\" sheetId=\"{number}\" {id}/>"));
                Ok(())
            }
            Event::Start(element) | Event::Empty(element) => {
                views |= element.local_name().as_ref() == "workbookView";
                if depth == 0 {
                    element.attributes_raw().clone_into(&mut root);
                }
                match (moved(element, open), &event) {
                    (Some(element), Event::Empty(_)) => emit(out, Event::Empty(element)),
                    (Some(element), _) => emit(out, Event::Start(element)),
                    (None, _) => emit(out, event.borrow()),
                }
            }
            _ => emit(out, event.borrow()),
        })?;
        package.put(&self.part, patched);
        Ok(())
    }

    /// A name for our sheet that the sender has not used.
    fn free_sheet_name(&self) -> String {
        let mut name = SHEET_NAME.to_owned();
        let mut number = 2;
        while self.names.contains(&name.to_lowercase()) {
            name = format!("{SHEET_NAME} ({number})");
            number += 1;
        }
        name
    }
}

/// The element with positions of sheets moved by one; none when it has none.
fn moved(element: &BytesStart<'_>, open: bool) -> Option<BytesStart<'static>> {
    let position = |name| attribute(element, name).and_then(|text| text.parse::<u32>().ok());
    match element.local_name().as_ref() {
        "definedName" => {
            let sheet = position("localSheetId")?;
            Some(with_attribute(element, "localSheetId", &(sheet + 1).to_string()))
        }
        "workbookView" => {
            let active = if open { 0 } else { position("activeTab").unwrap_or(0) + 1 };
            let active = with_attribute(element, "activeTab", &active.to_string());
            Some(with_attribute(&active, "firstSheet", "0"))
        }
        _ => None,
    }
}
