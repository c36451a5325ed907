//! What goes to the terminal: results to standard output, everything else to standard error. A reader that goes away
//! (`giaoban ... | head`) is no failure.

use std::io::{IsTerminal, Write};

use indicatif::{ProgressBar, ProgressStyle};

/// A line of the result.
pub(crate) fn line(text: &str) {
    let _ = writeln!(std::io::stdout().lock(), "{text}");
}

/// A text of the result that brings its own line ends.
pub(crate) fn text(text: &str) {
    let _ = write!(std::io::stdout().lock(), "{text}");
}

/// A line that is not part of the result.
pub(crate) fn aside(text: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{text}");
}

/// Steps of a longer work: a bar on a terminal, a plain line a step elsewhere.
pub(crate) struct Steps {
    bar: Option<ProgressBar>,
    quiet: bool,
}

impl Steps {
    /// Begins a work of so many steps. Nothing is shown beside JSON.
    pub(crate) fn begin(count: usize, quiet: bool) -> Steps {
        let bar = (!quiet && std::io::stderr().is_terminal()).then(|| {
            let bar = ProgressBar::new(count as u64);
            // The template is a constant; should it ever be wrong, the usual bar does.
            if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos}/{len} {msg}") {
                bar.set_style(style);
            }
            bar
        });
        Steps { bar, quiet }
    }

    /// Names the step that begins.
    pub(crate) fn step(&self, what: &str) {
        match &self.bar {
            Some(bar) => {
                bar.set_message(what.to_owned());
                bar.inc(1);
            }
            None if self.quiet => {}
            None => aside(what),
        }
    }

    /// Takes the bar away.
    pub(crate) fn end(self) {
        if let Some(bar) = self.bar {
            bar.finish_and_clear();
        }
    }
}

/// Rows as a table with aligned columns; numbers (cells of digits only) go to the right.
pub(crate) fn table(head: &[&str], rows: &[Vec<String>]) -> String {
    let width = |text: &str| text.chars().count();
    let widths: Vec<usize> = (0..head.len())
        .map(|at| {
            rows.iter().map(|row| row.get(at).map_or(0, |cell| width(cell))).fold(width(head[at]), usize::max)
        })
        .collect();
    let print = |cells: &[String]| {
        let mut line = String::new();
        for (cell, column) in cells.iter().zip(&widths) {
            let gap = " ".repeat(column - width(cell).min(*column));
            let number = !cell.is_empty() && cell.chars().all(|letter| letter.is_ascii_digit());
            line.push_str("  ");
            line.push_str(&if number { format!("{gap}{cell}") } else { format!("{cell}{gap}") });
        }
        format!("{}\n", line.trim_end())
    };
    let mut out = print(&head.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>());
    out.push_str(&print(&widths.iter().map(|column| "─".repeat(*column)).collect::<Vec<_>>()));
    rows.iter().for_each(|row| out.push_str(&print(row)));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_aligns_words_left_and_numbers_right_also_with_diacritics() {
        let rows = vec![vec!["Nghệ An".into(), "7".into()], vec!["Bắc Ninh".into(), "12".into()]];
        assert_eq!(
            table(&["Đơn vị", "Số"], &rows),
            "  Đơn vị    Số\n  ────────  ──\n  Nghệ An    7\n  Bắc Ninh  12\n"
        );
    }
}
