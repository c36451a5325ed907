//! Behaviour of `http`.
