//! Behaviour of `export`: workbooks are written, read back with an independent reader, and compared as cells.

mod consolidated;
mod content;
mod exact;
mod fetched;
mod history;
mod read_back;
mod resaved;
mod round_trip;
mod texts;
