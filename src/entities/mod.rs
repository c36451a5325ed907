//! One table a file, SeaORM 2 form. No behaviour; never a GraphQL or serde derive.
//!
//! Closed lists and percents are the types of `domain` themselves (see `value`), so that a row cannot hold a word that
//! the rules do not know. JSON stands in text columns.

pub mod assignment;
pub mod deadline_change;
pub mod decision;
pub mod event;
pub mod event_head;
pub mod export_record;
pub mod field;
pub mod file;
pub mod import;
pub mod import_finding;
pub mod import_row;
pub mod import_sheet;
pub mod layout;
pub mod notice;
pub mod province;
pub mod province_successor;
pub mod report;
pub mod report_retraction;
pub mod session;
pub mod task;
pub mod task_resemblance;
pub mod token;
pub mod token_unit;
pub mod unit;
pub mod unit_alias;
pub mod unit_successor;
pub mod user;
pub mod user_unit;
pub mod wording;

mod value;
