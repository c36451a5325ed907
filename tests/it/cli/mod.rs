//! Behaviour of `cli`: the built program, run as a clerk or a script runs it.

mod codes;
mod demo;
mod everyday;
mod kill;
mod program;
