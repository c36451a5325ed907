//! `answer`: shows what is open in an import, takes the answers of a person, and commits when told to.

use clap::Args;
use uuid::Uuid;

use super::exit::Exit;
use super::import::{Shown, commit};
use super::place::{Place, local};
use crate::actions::answer_import::answer_import;
use crate::actions::plan_import::plan_import;
use crate::error::{Code, Error, Result};
use crate::import::answers::{Answers, Link, RowAnswer, Side};
use crate::import::given;
use crate::sheet::meaning::ColumnFacts;

const EXAMPLES: &str = "\
CHỖ là dòng hoặc cột như trong bảng tính: 'Phụ lục!12' là dòng 12, 'Phụ lục!F' là cột F của trang “Phụ lục”.
Tệp chỉ có một trang thì không cần tên trang: '12', 'F'. Mỗi tuỳ chọn dùng được nhiều lần.

Ví dụ:
  giaoban answer MÃ                                      xem các câu hỏi còn mở
  giaoban answer MÃ --row '12=VII.4-1' --not-a-task 15   dòng 12 là nhiệm vụ VII.4-1, dòng 15 là việc riêng
  giaoban answer MÃ --keep-theirs 9                      dòng 9: lấy giá trị trong tệp
  giaoban answer MÃ --scale 'F=fractions'                cột F: 0,5 là 50%
  giaoban answer MÃ --row 'F12=VII.4-1'                  hai bảng cạnh nhau: dòng 12 của bảng có cột F
  giaoban answer MÃ --days 'E=swapped' --yes             cột E: đổi chỗ ngày và tháng, rồi ghi

NGHĨA của cột: stt, content, doc_no, lead_unit, coordinating_units, deadline, status, percent, result, difficulties,
proposals, note, province, completed_on (ngày hoàn thành), code (mã nhiệm vụ), nothing (không dùng),
mark:completed, mark:in_progress, mark:not_started (cột đánh dấu x).

Câu trả lời được nhớ khi ghi: tệp sau của đơn vị có cùng mẫu bảng sẽ không hỏi lại.";

/// Trả lời các câu hỏi của một lần nạp: dòng này là nhiệm vụ nào, lấy giá trị nào, cột này là gì
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Answer {
    /// Mã lần nạp, do “giaoban import” in ra
    #[arg(value_name = "MÃ")]
    id: Uuid,
    /// Dòng là nhiệm vụ này
    #[arg(long, value_name = "CHỖ=MÃ_NHIỆM_VỤ")]
    row: Vec<String>,
    /// Dòng không phải nhiệm vụ trong thông báo
    #[arg(long, value_name = "CHỖ")]
    not_a_task: Vec<String>,
    /// Hai bên cùng sửa: giữ giá trị hiện có
    #[arg(long, value_name = "CHỖ")]
    keep_ours: Vec<String>,
    /// Hai bên cùng sửa: lấy giá trị trong tệp
    #[arg(long, value_name = "CHỖ")]
    keep_theirs: Vec<String>,
    /// Tình trạng của dòng: not_started, in_progress hoặc completed
    #[arg(long, value_name = "CHỖ=TÌNH_TRẠNG")]
    progress: Vec<String>,
    /// Các giá trị của dòng đã đọc đúng
    #[arg(long, value_name = "CHỖ")]
    as_read: Vec<String>,
    /// Nghĩa của cột
    #[arg(long, value_name = "CHỖ=NGHĨA")]
    column: Vec<String>,
    /// Cách ghi tỷ lệ của cột: whole (50 là 50%) hoặc fractions (0,5 là 50%)
    #[arg(long, value_name = "CHỖ=CÁCH")]
    scale: Vec<String>,
    /// Ngày của cột: as_stored (giữ như trong ô) hoặc swapped (đổi chỗ ngày và tháng)
    #[arg(long, value_name = "CHỖ=CÁCH")]
    days: Vec<String>,
    /// Nhận cả tệp dù có điều lạ về toàn tệp (tiêu đề đổi, ghi tỉnh khác, ...)
    #[arg(long)]
    accept: bool,
    /// Ghi, nếu bản dự kiến sau khi trả lời có đúng mã này
    #[arg(long, value_name = "MÃ_DỰ_KIẾN", conflicts_with = "yes")]
    commit: Option<String>,
    /// Ghi ngay sau khi trả lời
    #[arg(long)]
    yes: bool,
    /// In kết quả dạng JSON
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    place: Place,
}

impl Answer {
    /// Takes the answers, shows the plan, and commits it when told to.
    ///
    /// # Errors
    /// `INVALID_INPUT` for an answer that does not fit; `IMPORT_STATE` when the import does not wait for a commit;
    /// `PLAN_STALE` when the hash quoted is another.
    pub(crate) async fn run(&self) -> anyhow::Result<Exit> {
        let answers = self.answers()?;
        let app = self.place.open().await?;
        let done = match answers.is_empty() {
            true => plan_import(&app, &local(), self.id).await?,
            false => answer_import(&app, &local(), self.id, answers).await?,
        };
        let shown = Shown { json: self.json, as_command: true };
        if self.yes || self.commit.is_some() {
            return commit(&app, &done, self.commit.clone(), shown).await;
        }
        shown.show(&done, None, None);
        Ok(Exit::Done)
    }

    fn answers(&self) -> Result<Answers> {
        let mut answers = Answers { accept_workbook: self.accept, ..Answers::default() };
        for (place, code) in valued(&self.row, "--row")? {
            let link = Some(Link::Task(code.into()));
            add_row(&mut answers, place, RowAnswer { link, ..RowAnswer::default() })?;
        }
        for place in &self.not_a_task {
            add_row(&mut answers, place, RowAnswer { link: Some(Link::NotATask), ..RowAnswer::default() })?;
        }
        for (places, side) in [(&self.keep_ours, Side::Ours), (&self.keep_theirs, Side::Theirs)] {
            for place in places {
                add_row(&mut answers, place, RowAnswer { side: Some(side), ..RowAnswer::default() })?;
            }
        }
        for (place, name) in valued(&self.progress, "--progress")? {
            let progress = Some(given::progress(name)?);
            add_row(&mut answers, place, RowAnswer { progress, ..RowAnswer::default() })?;
        }
        for place in &self.as_read {
            add_row(&mut answers, place, RowAnswer { as_read: true, ..RowAnswer::default() })?;
        }
        for (place, name) in valued(&self.column, "--column")? {
            let meaning = Some(given::meaning(name)?);
            add_column(&mut answers, place, ColumnFacts { meaning, ..ColumnFacts::default() })?;
        }
        for (place, name) in valued(&self.scale, "--scale")? {
            let scale = Some(given::scale(name)?);
            add_column(&mut answers, place, ColumnFacts { scale, ..ColumnFacts::default() })?;
        }
        for (place, name) in valued(&self.days, "--days")? {
            let days = Some(given::days(name)?);
            add_column(&mut answers, place, ColumnFacts { days, ..ColumnFacts::default() })?;
        }
        Ok(answers)
    }
}

/// Places with their values: `Phụ lục!12=VII.4-1`. A sheet's name may hold the sign, a value never does.
fn valued<'a>(given: &'a [String], flag: &str) -> Result<Vec<(&'a str, &'a str)>> {
    let pair = |text: &'a String| {
        text.rsplit_once('=').ok_or_else(|| {
            let sentence =
                format!("{flag} “{text}” thiếu dấu bằng. Ghi dạng CHỖ=GIÁ_TRỊ, ví dụ 'Phụ lục!12=VII.4-1'.");
            Error::with(Code::InvalidInput, sentence).field(flag)
        })
    };
    given.iter().map(pair).collect()
}

/// Sheet and the rest of a place; quotes around a sheet's name, as spreadsheets write them, are taken off.
fn sheet_and_rest(place: &str) -> (&str, &str) {
    let (sheet, rest) = place.rsplit_once('!').unwrap_or(("", place));
    let bare = sheet.strip_prefix('\'').and_then(|sheet| sheet.strip_suffix('\''));
    (bare.unwrap_or(sheet), rest.trim())
}

fn add_row(answers: &mut Answers, place: &str, answer: RowAnswer) -> Result<()> {
    let (sheet, rest) = sheet_and_rest(place);
    // "F12": row 12 of the table that column F belongs to, where several stand beside each other.
    let row = rest.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    let table = Some(&rest[..rest.len() - row.len()]).filter(|letters| !letters.is_empty());
    let number = row.parse().map_err(|_| {
        let sentence =
            format!("“{place}” không phải chỗ của một dòng. Ghi số dòng, ví dụ 12 hoặc 'Phụ lục!12'.");
        Error::with(Code::InvalidInput, sentence).field("rows")
    })?;
    given::add_row(answers, (sheet, table), number, answer)
}

fn add_column(answers: &mut Answers, place: &str, facts: ColumnFacts) -> Result<()> {
    let (sheet, letters) = sheet_and_rest(place);
    given::add_column(answers, sheet, letters, facts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_written_as_in_spreadsheets() {
        for (place, parts) in [
            ("12", ("", "12")),
            ("Phụ lục!12", ("Phụ lục", "12")),
            ("'Phụ lục 1'!F", ("Phụ lục 1", "F")),
            ("A!B!3", ("A!B", "3")),
        ] {
            assert_eq!(sheet_and_rest(place), parts);
        }
        let given = ["a=b!12=VII.4-1".to_owned()];
        assert_eq!(valued(&given, "--row").unwrap(), [("a=b!12", "VII.4-1")]);
        assert!(valued(&["12".to_owned()], "--row").is_err());
        let mut answers = Answers::default();
        assert!(add_row(&mut answers, "Phụ lục!F", RowAnswer::default()).is_err());
        add_row(&mut answers, "Phụ lục!F12", RowAnswer { as_read: true, ..RowAnswer::default() }).unwrap();
        assert!(answers.entry("Phụ lục", 11, Some(5)).as_read);
    }
}
