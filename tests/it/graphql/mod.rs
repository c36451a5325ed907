//! Behaviour of `graphql`.
