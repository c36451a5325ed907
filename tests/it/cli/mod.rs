//! Behaviour of `cli`: the built program, run as a clerk or a script runs it.

mod answers;
mod codes;
mod demo;
mod everyday;
mod explain;
mod kill;
mod program;
