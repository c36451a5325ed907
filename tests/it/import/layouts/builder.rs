//! Lays the reports out: one layout becomes one workbook.

use super::*;

/// Where a status stands among completed, in progress, not started.
fn place_of(item: &Item) -> usize {
    ["completed", "in_progress", "not_started"].iter().position(|meaning| *meaning == item.meaning).unwrap()
}

pub(super) struct Builder<'l> {
    layout: &'l Layout,
    sheet: Sheet,
    row: u32,
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
        Builder { layout, sheet, row: 0 }
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
        self.heading();
        let mut number = 0;
        let mut items: Vec<&Item> = ITEMS.iter().collect();
        if self.layout.status == StatusStyle::Sections {
            items.sort_by_key(|item| item.meaning);
        }
        let mut section = "";
        for item in items {
            if self.layout.status == StatusStyle::Sections && section != item.meaning {
                section = item.meaning;
                let title = format!("NHIỆM VỤ {}", item.status.to_uppercase());
                let column = self.layout.left + u32::from(self.layout.order.first() == Some(&Field::Stt));
                self.put(vec![(column, title)]);
            }
            number += 1;
            self.item(number, item);
            let every = |rows: usize| rows > 0 && number % rows == 0 && number < ITEMS.len();
            if every(self.layout.blank_every) {
                self.row += 1;
            }
            if every(self.layout.repeat_every) {
                self.heading();
            }
        }
        self.tail(number);
        self.sheet
    }

    pub(super) fn tail(&mut self, number: usize) {
        let left = self.layout.left;
        let stt = self.layout.order.iter().position(|field| *field == Field::Stt).map(|at| self.column(at));
        for empty in 0..self.layout.empty_numbers {
            if let Some(stt) = stt {
                self.put(vec![(stt, format!("#{}", number + 1 + usize::try_from(empty).unwrap()))]);
            }
        }
        if self.layout.total {
            self.put(vec![(left, "TỔNG CỘNG".into()), (left + 3, "#8".into())]);
        }
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
            StatusStyle::Words | StatusStyle::Marks | StatusStyle::Sections => {}
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

    /// The column of a place in the order; columns of marks take three.
    pub(super) fn column(&self, at: usize) -> u32 {
        let wide = self.layout.status == StatusStyle::Marks;
        let before = self
            .layout
            .order
            .iter()
            .take(at)
            .map(|field| if wide && *field == Field::Status { 3 } else { 1 });
        self.layout.left + before.sum::<u32>()
    }

    pub(super) fn width(&self) -> u32 {
        self.column(self.layout.order.len()) - self.layout.left
    }

    pub(super) fn heading(&mut self) {
        let layout = self.layout;
        let marks = layout.status == StatusStyle::Marks;
        let split = layout.split || marks && layout.order.contains(&Field::Status);
        let (mut upper, mut lower) = (Vec::new(), Vec::new());
        for (at, field) in layout.order.iter().enumerate() {
            let column = self.column(at);
            let text = layout
                .headings
                .iter()
                .find(|(known, _)| known == field)
                .map(|(_, text)| text.clone())
                .unwrap();
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
            if split {
                self.merge(self.row, column, self.row + 1, column);
            }
            upper.push((column, text));
        }
        let end = layout.left + self.width();
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
            let numbers = (0..self.width()).map(|at| (layout.left + at, format!("({})", at + 1))).collect();
            self.put(numbers);
        }
    }

    pub(super) fn item(&mut self, number: usize, item: &Item) {
        let layout = self.layout;
        let content = content(item.code);
        let mut cells = Vec::new();
        let mut second = Vec::new();
        let top = self.row;
        for (at, field) in layout.order.iter().enumerate() {
            let column = self.column(at);
            let text = match field {
                Field::Stt => format!("#{number}"),
                Field::Content => content.clone(),
                Field::LeadUnit => item.unit.to_owned(),
                Field::Deadline => deadline(item, layout.deadline),
                Field::Percent => percent(item.percent, layout.percent),
                Field::Result => item.result.to_owned(),
                Field::Status => match layout.status {
                    StatusStyle::Words => item.status.to_owned(),
                    StatusStyle::Sections => String::new(),
                    StatusStyle::Codes => ["HT", "ĐTH", "CTH"][place_of(item)].to_owned(),
                    StatusStyle::Numbers => format!("#{}", place_of(item) + 1),
                    StatusStyle::Marks => {
                        cells.push((column + u32::try_from(place_of(item)).unwrap(), "x".to_owned()));
                        continue;
                    }
                },
                Field::Note => "Theo dõi thêm".to_owned(),
                Field::DocNo
                | Field::CoordinatingUnits
                | Field::Difficulties
                | Field::Proposals
                | Field::Province => String::new(),
            };
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
            let end = layout.left + self.width();
            cells.extend([(end, "PGĐ phụ trách".to_owned()), (end + 1, "@2020-03-02".into())]);
        }
        self.put(cells);
        if layout.two_rows {
            self.put(second);
        }
    }

    pub(super) fn merge(&mut self, top: u32, left: u32, bottom: u32, right: u32) {
        self.sheet.merges.push(Range { top, left, bottom, right });
    }

    pub(super) fn put(&mut self, mut cells: Vec<(u32, String)>) {
        cells.sort_by_key(|(column, _)| *column);
        let style = self.layout.text;
        let cells: Vec<Cell> = cells
            .into_iter()
            .filter(|(_, text)| !text.is_empty())
            .map(|(column, text)| cell(&mut self.sheet.formats, column, &stored(&text, style)))
            .collect();
        if !cells.is_empty() {
            self.sheet.rows.push(Row { number: self.row, cells });
        }
        self.row += 1;
    }
}
