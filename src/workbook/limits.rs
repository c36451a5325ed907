//! How much a workbook may hold, each limit with its reason. A usual sheet of a province has 50 rows and 12 columns;
//! the largest sheet that this program promises to read has 100,000 rows.

/// Bytes of an uploaded file. A sheet of 100,000 rows takes about 8 MB; scanned pages pasted into a sheet take more.
pub const MAX_FILE_BYTES: usize = 64 << 20;

/// Entries of a package. A workbook of 200 sheets with drawings and comments has about 1,500.
pub const MAX_ENTRIES: usize = 5_000;

/// Bytes of one part after inflating. A sheet of 100,000 rows by 12 columns has about 80 MB of XML; it is held in memory
/// while it is read, inside the 512 MB of the child.
pub const MAX_PART_BYTES: u64 = 192 << 20;

/// Bytes that all parts together declare after inflating, pictures included.
pub const MAX_INFLATED_BYTES: u64 = 1 << 30;

/// Inflated to packed size of a large part. Deflate reaches 1032; sheet XML with thousands of equal empty rows
/// about 60; nothing that a spreadsheet program writes passes 150.
pub const MAX_RATIO: u64 = 250;

/// Below this inflated size the ratio is not looked at: such a part can do no harm.
pub const RATIO_FROM_BYTES: u64 = 8 << 20;

/// Nesting of XML elements. SpreadsheetML needs 12, OpenDocument with nested tables and drawings about 40.
pub const MAX_XML_DEPTH: usize = 128;

/// Sheets of a workbook, hidden ones included. Excel sets no bound; people stop at about 100.
pub const MAX_SHEETS: usize = 500;

/// Row numbers that a cell with a value may have (0-based, exclusive). 100,000 rows are promised; a value further down
/// was put there by a slip of the hand or to do harm, and whatever walks the rows between would suffer.
pub const MAX_ROWS: u32 = 300_000;

/// Column numbers that a cell with a value may have (0-based, exclusive). Task tables have 30 columns at most.
pub const MAX_COLUMNS: u32 = 1_024;

/// Cells with a value in one workbook: 100,000 rows by 25 columns. Each takes about 100 bytes of the server's memory.
pub const MAX_CELLS: usize = 2_500_000;

/// Bytes of all cell texts together, counted once per cell, since one shared string may stand in every cell.
pub const MAX_TEXT_BYTES: usize = 256 << 20;

/// UTF-16 units of one cell's text. Excel refuses to hold more than 32,767, but other programs write longer cells;
/// only what no person can have written is refused.
pub const MAX_CELL_CHARS: usize = 1 << 20;

/// Merged ranges of one sheet. A sheet of 100,000 rows with a few merged cells per row stays below.
pub const MAX_MERGES: usize = 500_000;

/// Cells of one sheet whose colour is kept. Colours say something in tables that people read, not in long exports with bands.
pub const MAX_FILLS: usize = 20_000;

/// Cell styles of a workbook; Excel itself stops at 65,490. A cell that quotes a later one counts as plain.
pub const MAX_STYLES: usize = 65_500;

/// Distinct number formats, and distinct fonts; Excel holds about 250 and 1,024. Further ones count as the first. Each
/// sheet of the workbook as read carries both lists.
pub const MAX_LOOKS: usize = 1_024;

/// Bytes of a number format or a font name; Excel holds 255 characters. Longer ones count as the first.
pub const MAX_LOOK_BYTES: usize = 1_024;

/// Custom document properties that are read, and bytes of each; our own sheets carry eight short ones.
pub const MAX_PROPERTIES: usize = 200;

/// Bytes of one custom property's value.
pub const MAX_PROPERTY_BYTES: usize = 64 << 10;

/// Cells of the rectangle around the values of one .xls sheet. There is no way to read .xls but calamine's, which lays
/// the sheet out densely, 32 bytes a cell and twice; 65,536 rows by 45 columns fit.
pub const MAX_XLS_AREA: u64 = 3_000_000;
