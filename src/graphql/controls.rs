//! Control characters in the texts of a request: no field of ours holds them, and not every database can. Looked for once,
//! in variables and literals, before anything is executed.

use std::convert::Infallible;

use async_graphql::parser::types::{Directive, ExecutableDocument, Selection, SelectionSet};
use async_graphql::{Name, Positioned, Value, Variables};

use crate::domain::text::has_control;

/// Whether a text among the variables or in the document holds a control character.
pub(crate) fn found(document: &ExecutableDocument, variables: &Variables) -> bool {
    let operations = document.operations.iter().map(|(_, operation)| &operation.node);
    let of_operations = operations.map(|operation| {
        let mut defaults = operation.variable_definitions.iter().filter_map(|one| one.node.default_value());
        defaults.any(in_value)
            || in_directives(&operation.directives)
            || in_selection(&operation.selection_set.node)
    });
    let of_fragments = document.fragments.values().map(|fragment| {
        in_directives(&fragment.node.directives) || in_selection(&fragment.node.selection_set.node)
    });
    variables.values().any(in_value) || of_operations.chain(of_fragments).any(|found| found)
}

/// The document is not unfolded, so this costs what it is long.
fn in_selection(set: &SelectionSet) -> bool {
    set.items.iter().any(|item| match &item.node {
        Selection::Field(field) => {
            let mut arguments = field.node.arguments.iter();
            arguments.any(|(_, value)| {
                value.node.clone().into_const_with(without_variables).is_ok_and(|value| in_value(&value))
            }) || in_directives(&field.node.directives)
                || in_selection(&field.node.selection_set.node)
        }
        Selection::FragmentSpread(spread) => in_directives(&spread.node.directives),
        Selection::InlineFragment(inline) => {
            in_directives(&inline.node.directives) || in_selection(&inline.node.selection_set.node)
        }
    })
}

fn in_directives(directives: &[Positioned<Directive>]) -> bool {
    let mut arguments = directives.iter().flat_map(|directive| &directive.node.arguments);
    arguments.any(|(_, value)| {
        value.node.clone().into_const_with(without_variables).is_ok_and(|value| in_value(&value))
    })
}

/// Variables are looked through by themselves.
fn without_variables(_: Name) -> Result<Value, Infallible> {
    Ok(Value::Null)
}

fn in_value(value: &Value) -> bool {
    match value {
        Value::String(text) => has_control(text),
        Value::List(list) => list.iter().any(in_value),
        Value::Object(fields) => fields.values().any(in_value),
        Value::Null | Value::Number(_) | Value::Boolean(_) | Value::Binary(_) | Value::Enum(_) => false,
    }
}
