//! Folds reports, decisions and deadline changes into the state of an assignment, as of a day or an event number.
