//! Reporting periods of Nghị định 09/2019 (15th to 14th); not the quarters of deadlines.
