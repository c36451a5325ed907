//! The GraphQL door: the schema, how a request runs, and what it may cost. Objects wrap rows; queries read through the
//! store inside the caller's scope; mutations call the same verbs as every other door. Bytes and status codes are the
//! business of `http`.

use async_graphql::SDLExportOptions;

mod connection;
mod context;
mod controls;
mod drive;
mod error;
mod input;
pub mod limits;
mod loader;
mod mutation;
mod object;
mod query;
pub mod run;
mod scalar;
mod shape;
mod subscription;
mod tokens;

pub use mutation::Mutation;
pub use query::Query;
pub use subscription::Subscription;

/// The schema. Cheap to clone.
pub type Schema = async_graphql::Schema<Query, Mutation, Subscription>;

/// The schema with its limits.
pub fn schema() -> Schema {
    async_graphql::Schema::build(Query::default(), Mutation::default(), Subscription)
        .limit_complexity(limits::COMPLEXITY)
        // Bounded with the right limits before (`shape`); the validator must only not be narrower.
        .limit_recursive_depth(limits::OPEN_BRACKETS)
        .limit_directives(limits::DIRECTIVES)
        .finish()
}

/// The schema in the language of GraphQL: what `giaoban schema` prints and `schema.graphql` holds.
pub fn sdl() -> String {
    schema().sdl_with_options(SDLExportOptions::new().use_space_ident())
}
