//! Behaviour of `http`: a real server on a real port, real files, real tokens.

mod access;
mod answers;
mod files;
mod hostile;
mod journey;
mod plans;
mod progress;
mod refusals;
mod server;
mod totals;
