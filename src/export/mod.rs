//! Workbooks going out: the round-trip sheet of a unit and the consolidated workbook.
