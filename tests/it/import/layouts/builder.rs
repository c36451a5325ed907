//! Lays the reports out: one layout becomes one workbook.

use super::*;

/// Where a status stands among completed, in progress, not started.
fn place_of(item: &Item) -> usize {
    ["completed", "in_progress", "not_started"].iter().position(|meaning| *meaning == item.meaning).unwrap()
}

/// What was reported in the period before.
const BEFORE: &str = "Đã họp bàn với các phòng chuyên môn";

pub(super) struct Builder<'l> {
    layout: &'l Layout,
    sheet: Sheet,
    row: u32,
    /// Where the table begins that is being laid out.
    left: u32,
    /// What it holds.
    items: &'l [Item],
}

impl<'l> Builder<'l> {
    pub(super) fn new(layout: &'l Layout) -> Builder<'l> {
        let sheet = Sheet {
            name: "Trang".into(),
            visibility: Visibility::Visible,
            rows: Vec::new(),
            merges: Vec::new(),
            hidden_rows: Default::default(),
            fills: Vec::new(),
            hidden_columns: Default::default(),
            formats: vec!["General".into()],
            fonts: vec![String::new()],
        };
        Builder { layout, sheet, row: 0, left: layout.left, items: &ITEMS }
    }

    pub(super) fn build(mut self) -> Sheet {
        let titles = [
            "SỞ THÔNG TIN VÀ TRUYỀN THÔNG TỈNH VĨNH LONG",
            "BÁO CÁO KẾT QUẢ THỰC HIỆN NHIỆM VỤ QUÝ I/2020",
            "(Kèm theo Báo cáo số 41/BC-STTTT)",
        ];
        for title in titles.iter().cycle().take(usize::try_from(self.layout.titles).unwrap()) {
            self.put(vec![(0, (*title).to_owned())]);
        }
        self.row += 1;
        match self.layout.form {
            Form::Table => self.table(0),
            Form::Beside => self.beside(),
            Form::Cards => self.cards(),
        }
        self.foot();
        self.sheet
    }

    /// The reports in two tables, one beside the other.
    fn beside(&mut self) {
        let top = self.row;
        let half = ITEMS.len() / 2;
        self.items = &ITEMS[..half];
        self.table(0);
        let bottom = self.row;
        self.row = top;
        self.left += self.width() + 1 + if self.layout.strange_columns { 2 } else { 0 };
        self.items = &ITEMS[half..];
        self.table(half);
        self.row = self.row.max(bottom);
        self.left = self.layout.left;
    }

    /// A form for each report: a label and its value in each line.
    fn cards(&mut self) {
        for item in self.items {
            for field in &self.layout.order {
                let label = self.layout.heading_of(*field);
                let value = match field {
                    Field::Stt => continue,
                    Field::Status => item.status.to_owned(),
                    field => self.value(0, item, *field),
                };
                self.put(vec![(self.left, label), (self.left + 1, value)]);
            }
            self.row += 1;
        }
    }

    /// A table with the reports of `items`, numbered from after `number`.
    fn table(&mut self, mut number: usize) {
        self.heading();
        let first = number;
        let mut items: Vec<&Item> = self.items.iter().collect();
        if self.layout.status == StatusStyle::Sections {
            items.sort_by_key(|item| item.meaning);
        }
        let mut section = "";
        for item in items {
            if self.layout.status == StatusStyle::Sections && section != item.meaning {
                section = item.meaning;
                let title = format!("NHIỆM VỤ {}", item.status.to_uppercase());
                let column = self.left + u32::from(self.layout.order.first() == Some(&Field::Stt));
                self.put(vec![(column, title)]);
            }
            let done = number - first;
            let every = |rows: usize| rows > 0 && done > 0 && done.is_multiple_of(rows);
            if self.layout.groups > 0 && (done == 0 || every(self.layout.groups)) {
                self.group(done / self.layout.groups, done > 0);
            }
            if every(self.layout.blank_every) {
                self.row += 1;
            }
            if every(self.layout.repeat_every) {
                self.heading();
            }
            number += 1;
            self.item(number, item);
        }
        if self.layout.groups > 0 {
            self.group_total();
        }
        self.tail(number);
    }

    /// The total of the group before and the title of the next one.
    fn group(&mut self, number: usize, follows: bool) {
        if follows {
            self.group_total();
        }
        let names = ["CÁC NHIỆM VỤ VỀ THÔNG TIN", "CÁC NHIỆM VỤ VỀ HẠ TẦNG", "CÁC NHIỆM VỤ KHÁC"];
        let mut cells = vec![(self.place(Field::Content), names[number % names.len()].to_owned())];
        if self.layout.order.contains(&Field::Stt) {
            cells.push((self.place(Field::Stt), ["I", "II", "III", "IV"][number % 4].to_owned()));
        }
        self.put(cells);
    }

    fn group_total(&mut self) {
        let mut cells = vec![(self.place(Field::Content), "Cộng nhóm".to_owned())];
        if self.layout.order.contains(&Field::Percent) {
            cells.push((self.place(Field::Percent), percent(55, self.layout.percent)));
        }
        self.put(cells);
    }

    fn place(&self, field: Field) -> u32 {
        self.column(self.layout.order.iter().position(|known| *known == field).unwrap())
    }

    fn tail(&mut self, number: usize) {
        let left = self.left;
        let stt = self.layout.order.iter().position(|field| *field == Field::Stt).map(|at| self.column(at));
        for empty in 0..self.layout.empty_numbers {
            if let Some(stt) = stt {
                self.put(vec![(stt, format!("#{}", number + 1 + usize::try_from(empty).unwrap()))]);
            }
        }
        if self.layout.total {
            self.put(vec![(left, "TỔNG CỘNG".into()), (left + 3, "#8".into())]);
        }
    }

    /// What stands below all tables.
    fn foot(&mut self) {
        let left = self.layout.left;
        self.legend(left);
        if self.layout.signature {
            self.row += 1;
            self.put(vec![(left + 3, "Vĩnh Long, ngày 20 tháng 4 năm 2020".into())]);
            self.put(vec![(left, "NGƯỜI LẬP BIỂU".into()), (left + 3, "GIÁM ĐỐC".into())]);
            self.put(vec![(left, "(Ký, ghi rõ họ tên)".into()), (left + 3, "(Ký tên, đóng dấu)".into())]);
            self.put(vec![(left, "Nguyễn Văn A".into()), (left + 3, "Trần Văn B".into())]);
        }
    }

    fn legend(&mut self, left: u32) {
        match self.layout.status {
            StatusStyle::Words | StatusStyle::Marks | StatusStyle::Texts | StatusStyle::Sections => {}
            StatusStyle::Codes => {
                let text = "Ghi chú: HT: hoàn thành; ĐTH: đang thực hiện; CTH: chưa thực hiện";
                self.put(vec![(left, text.into())]);
            }
            StatusStyle::Numbers => {
                self.row += 1;
                for line in ["1: Đã hoàn thành", "2: Đang thực hiện", "3: Chưa thực hiện"] {
                    self.put(vec![(left, line.into())]);
                }
            }
        }
    }

    /// The column of a place in the order; columns of marks take three, of months two.
    fn column(&self, at: usize) -> u32 {
        let columns = |field: &Field| match field {
            Field::Status if self.layout.status.is_wide() => 3,
            Field::Result | Field::Percent if self.layout.periods.is_some() => 2,
            _ => 1,
        };
        self.left + self.layout.order.iter().take(at).map(columns).sum::<u32>()
    }

    fn width(&self) -> u32 {
        self.column(self.layout.order.len()) - self.left
    }

    fn heading(&mut self) {
        let layout = self.layout;
        let marks = layout.status.is_wide();
        let split = layout.split || marks && layout.order.contains(&Field::Status);
        let (mut upper, mut lower) = (Vec::new(), Vec::new());
        for (at, field) in layout.order.iter().enumerate() {
            let column = self.column(at);
            let text = layout.heading_of(*field);
            let text = if layout.capitals { text.to_uppercase() } else { text };
            if marks && *field == Field::Status {
                self.merge(self.row, column, self.row, column + 2);
                upper.push((column, text));
                lower.extend([
                    (column, "Đã hoàn thành".to_owned()),
                    (column + 1, "Đang thực hiện".into()),
                    (column + 2, "Chưa thực hiện".into()),
                ]);
                continue;
            }
            let names = match layout.periods.filter(|_| matches!(field, Field::Result | Field::Percent)) {
                Some(periods) => periods.map(|period| format!("{text} {period}")).to_vec(),
                None => vec![text],
            };
            for (column, text) in (column..).zip(names) {
                if split {
                    self.merge(self.row, column, self.row + 1, column);
                }
                upper.push((column, text));
            }
        }
        let end = self.left + self.width();
        if layout.strange_columns {
            for (column, text) in [(end, "Lãnh đạo phụ trách"), (end + 1, "Ngày văn bản")] {
                if split {
                    self.merge(self.row, column, self.row + 1, column);
                }
                upper.push((column, text.to_owned()));
            }
        }
        self.put(upper);
        if split {
            self.put(lower);
        }
        if layout.column_numbers {
            let numbers = (0..self.width()).map(|at| (self.left + at, format!("({})", at + 1))).collect();
            self.put(numbers);
        }
    }

    fn item(&mut self, number: usize, item: &Item) {
        let layout = self.layout;
        let mut cells = Vec::new();
        let mut second = Vec::new();
        let top = self.row;
        for (at, field) in layout.order.iter().enumerate() {
            let mut column = self.column(at);
            if *field == Field::Status && layout.status.is_wide() {
                let text = if layout.status == StatusStyle::Marks { "x" } else { item.told() };
                cells.push((column + u32::try_from(place_of(item)).unwrap(), text.to_owned()));
                continue;
            }
            if layout.periods.is_some() && matches!(field, Field::Result | Field::Percent) {
                let before =
                    if *field == Field::Percent { percent(5, layout.percent) } else { BEFORE.to_owned() };
                cells.push((column, before));
                column += 1;
            }
            let text = self.value(number, item, *field);
            if text.is_empty() {
                continue;
            }
            if layout.two_rows && *field == Field::Result {
                let half =
                    text.char_indices().filter(|(_, c)| *c == ' ').nth(2).map_or(text.len(), |(at, _)| at);
                cells.push((column, text[..half].to_owned()));
                second.push((column, text[half..].trim().to_owned()));
                continue;
            }
            if layout.two_rows {
                self.merge(top, column, top + 1, column);
            }
            cells.push((column, text));
        }
        if layout.strange_columns {
            let end = self.left + self.width();
            cells.extend([(end, "PGĐ phụ trách".to_owned()), (end + 1, "@2020-03-02".into())]);
        }
        self.put(cells);
        if layout.two_rows {
            self.put(second);
        }
    }

    /// What stands in the column of a field.
    fn value(&self, number: usize, item: &Item, field: Field) -> String {
        match field {
            Field::Stt => format!("#{number}"),
            Field::Content => content(item.code),
            Field::LeadUnit => item.unit.to_owned(),
            Field::Deadline => deadline(item, self.layout.deadline),
            Field::Percent => percent(item.percent, self.layout.percent),
            Field::Result => item.result.to_owned(),
            Field::Status => match self.layout.status {
                StatusStyle::Words => item.status.to_owned(),
                StatusStyle::Codes => ["HT", "ĐTH", "CTH"][place_of(item)].to_owned(),
                StatusStyle::Numbers => format!("#{}", place_of(item) + 1),
                StatusStyle::Sections | StatusStyle::Marks | StatusStyle::Texts => String::new(),
            },
            Field::Note => "Theo dõi thêm".to_owned(),
            Field::DocNo
            | Field::CoordinatingUnits
            | Field::Difficulties
            | Field::Proposals
            | Field::Province => String::new(),
        }
    }

    fn merge(&mut self, top: u32, left: u32, bottom: u32, right: u32) {
        self.sheet.merges.push(Range { top, left, bottom, right });
    }

    fn put(&mut self, mut cells: Vec<(u32, String)>) {
        cells.sort_by_key(|(column, _)| *column);
        let style = self.layout.text;
        let cells: Vec<Cell> = cells
            .into_iter()
            .filter(|(_, text)| !text.is_empty())
            .map(|(column, text)| cell(&mut self.sheet.formats, column, &stored(&text, style)))
            .collect();
        match self.sheet.rows.binary_search_by_key(&self.row, |row| row.number) {
            // The table on the left has this row already.
            Ok(at) => self.sheet.rows[at].cells.extend(cells),
            Err(at) if !cells.is_empty() => self.sheet.rows.insert(at, Row { number: self.row, cells }),
            Err(_) => {}
        }
        self.row += 1;
    }
}
