//! Dates in the official style (02/3/2020) and dates typed by people.
