//! What can be done: each mutation calls the verb that every other door calls. What a verb refuses is part of the
//! payload (`errors`); only what nobody expects is an error of the request.

use async_graphql::MergedObject;

mod assignment;
mod import;
mod memory;

/// Everything that can be done (thao tác).
#[derive(Default, MergedObject)]
pub struct Mutation(assignment::AssignmentMutation, import::ImportMutation, memory::MemoryMutation);
