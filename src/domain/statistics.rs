//! Counts and percents by standing, always with their base; the percents of a row add up to 100.00.
