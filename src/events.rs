//! The event log: numbered, hash-chained, written in the transaction of the deed; broadcast after commit.
