//! One table a file, SeaORM 2 form. No behaviour; never a GraphQL or serde derive.
