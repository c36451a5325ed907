//! The second look at a query, parsed but not yet validated: depth, fields and aliases as they will be after every
//! fragment has been put in its place. Each fragment is measured once and remembered, so that fragments that spread
//! each other cost what they are long, not what they unfold to (async-graphql's own visitors unfold them).

use std::collections::HashMap;

use async_graphql::Name;
use async_graphql::Positioned;
use async_graphql::parser::types::{Directive, ExecutableDocument, Selection, SelectionSet};

use super::limits;

/// Why a query is not executed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TooComplex {
    /// More fragments, operations or directives than allowed.
    Definitions,
    /// Fragments that contain themselves.
    Cycle,
    /// Too deep.
    Depth,
    /// Too many fields.
    Fields,
    /// Too many aliases.
    Aliases,
}

/// How large a selection is once unfolded. Numbers saturate.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Size {
    depth: usize,
    fields: usize,
    aliases: usize,
}

/// What is known of a fragment.
#[derive(Clone, Copy)]
enum Known {
    /// Being measured right now: to meet it again is a cycle.
    Open,
    /// Measured.
    Closed(Size),
}

struct Measure<'a> {
    document: &'a ExecutableDocument,
    known: HashMap<&'a Name, Known>,
}

/// Refuses documents whose operations are too large once unfolded.
pub(crate) fn check(document: &ExecutableDocument) -> Result<(), TooComplex> {
    if document.fragments.len() > limits::FRAGMENTS || document.operations.iter().count() > limits::OPERATIONS
    {
        return Err(TooComplex::Definitions);
    }
    let mut measure = Measure { document, known: HashMap::new() };
    for (_, operation) in document.operations.iter() {
        few(&operation.node.directives)?;
        let size = measure.selection(&operation.node.selection_set.node)?;
        within(size, limits::DEPTH, limits::FIELDS)?;
    }
    // Fragments that nothing spreads are validated too, so they are bounded too.
    for (name, fragment) in &document.fragments {
        few(&fragment.node.directives)?;
        measure.fragment(name)?;
    }
    Ok(())
}

fn within(size: Size, depth: usize, fields: usize) -> Result<(), TooComplex> {
    if size.depth > depth {
        Err(TooComplex::Depth)
    } else if size.fields > fields {
        Err(TooComplex::Fields)
    } else if size.aliases > limits::ALIASES {
        Err(TooComplex::Aliases)
    } else {
        Ok(())
    }
}

fn few(directives: &[Positioned<Directive>]) -> Result<(), TooComplex> {
    if directives.len() > limits::DIRECTIVES { Err(TooComplex::Definitions) } else { Ok(()) }
}

impl<'a> Measure<'a> {
    fn selection(&mut self, set: &'a SelectionSet) -> Result<Size, TooComplex> {
        let mut size = Size::default();
        for item in &set.items {
            let (directives, part) = match &item.node {
                Selection::Field(field) => {
                    let mut part = self.selection(&field.node.selection_set.node)?;
                    if field.node.name.node.starts_with("__") {
                        // Introspection has limits of its own and counts as one field here.
                        within(part, limits::INTROSPECTION_DEPTH, limits::INTROSPECTION_FIELDS)?;
                        part = Size::default();
                    }
                    part.depth = part.depth.saturating_add(1);
                    part.fields = part.fields.saturating_add(1);
                    part.aliases = part.aliases.saturating_add(usize::from(field.node.alias.is_some()));
                    (&field.node.directives, part)
                }
                Selection::FragmentSpread(spread) => {
                    (&spread.node.directives, self.fragment(&spread.node.fragment_name.node)?)
                }
                Selection::InlineFragment(inline) => {
                    (&inline.node.directives, self.selection(&inline.node.selection_set.node)?)
                }
            };
            few(directives)?;
            size.depth = size.depth.max(part.depth);
            size.fields = size.fields.saturating_add(part.fields);
            size.aliases = size.aliases.saturating_add(part.aliases);
        }
        Ok(size)
    }

    fn fragment(&mut self, name: &'a Name) -> Result<Size, TooComplex> {
        match self.known.get(name) {
            Some(Known::Open) => return Err(TooComplex::Cycle),
            Some(Known::Closed(size)) => return Ok(*size),
            None => {}
        }
        // A fragment that does not exist is the validator's to complain about.
        let Some(fragment) = self.document.fragments.get(name) else { return Ok(Size::default()) };
        self.known.insert(name, Known::Open);
        let size = self.selection(&fragment.node.selection_set.node)?;
        self.known.insert(name, Known::Closed(size));
        Ok(size)
    }
}

#[cfg(test)]
mod tests {
    use async_graphql::parser::parse_query;

    use super::*;

    fn nested(levels: usize) -> String {
        format!("{}a{}", "{ a ".repeat(levels - 1) + "{ ", " }".repeat(levels))
    }

    /// Fragments of which each spreads the next one twice: unfolded, 2^levels fields.
    fn doubling(levels: usize) -> String {
        let mut text = String::from("{ ...F0 }");
        for level in 0..levels {
            let next = level + 1;
            text += &format!(" fragment F{level} on Query {{ ...F{next} ...F{next} }}");
        }
        text + &format!(" fragment F{levels} on Query {{ viewer {{ name }} }}")
    }

    #[test]
    fn a_query_is_measured_as_it_will_be_unfolded() {
        let aliases = |count: usize| (0..count).map(|n| format!(" a{n}: viewer")).collect::<String>();
        let fields = |count: usize| " viewer".repeat(count);
        for (text, expected) in [
            ("{ viewer { name } }".to_owned(), Ok(())),
            (nested(limits::DEPTH), Ok(())),
            (nested(limits::DEPTH + 1), Err(TooComplex::Depth)),
            (format!("{{ {} }}", aliases(limits::ALIASES)), Ok(())),
            (format!("{{ {} }}", aliases(limits::ALIASES + 1)), Err(TooComplex::Aliases)),
            (format!("{{ {} }}", fields(limits::FIELDS)), Ok(())),
            (format!("{{ {} }}", fields(limits::FIELDS + 1)), Err(TooComplex::Fields)),
            (doubling(5), Ok(())),
            (doubling(40), Err(TooComplex::Fields)),
            (
                "{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }".into(),
                Err(TooComplex::Cycle),
            ),
            ("{ ...A }".into(), Ok(())),
            ("{ a @x @x @x @x @x }".into(), Ok(())),
            ("{ a @x @x @x @x @x @x }".into(), Err(TooComplex::Definitions)),
            ("{ __schema ".to_owned() + &nested(limits::INTROSPECTION_DEPTH) + " }", Ok(())),
            (
                "{ __schema ".to_owned() + &nested(limits::INTROSPECTION_DEPTH + 1) + " }",
                Err(TooComplex::Depth),
            ),
        ] {
            let document = parse_query(&text).unwrap();
            assert_eq!(check(&document), expected, "{}", text.chars().take(60).collect::<String>());
        }
    }

    #[test]
    fn nested_spreads_are_measured_in_the_time_they_are_long() {
        let document = parse_query(doubling(limits::FRAGMENTS - 1)).unwrap();
        let begun = std::time::Instant::now();
        assert_eq!(check(&document), Err(TooComplex::Fields));
        assert!(begun.elapsed().as_millis() < 200, "{:?}", begun.elapsed());
    }
}
