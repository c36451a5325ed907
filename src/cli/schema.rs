//! `schema`: the GraphQL contract, as committed in schema.graphql.

use clap::Args;

use super::exit::Exit;
use super::print;
use crate::graphql;

/// In lược đồ GraphQL
#[derive(Debug, Args)]
pub(crate) struct Schema {}

impl Schema {
    /// Prints.
    pub(crate) fn run(&self) -> Exit {
        print::text(&graphql::sdl());
        Exit::Done
    }
}
