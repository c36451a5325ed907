//! Findings (phát hiện): what the reader noticed about a cell, a row or a workbook. Each code has a severity, a
//! Vietnamese sentence, a remedy and an English gloss; `docs/findings.md` is printed from this catalogue.

/// How much a finding matters. `Ask` and `Error` rows are not stored until answered or mended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing.
    Info,
    /// Stored, but look at it.
    Warning,
    /// Not stored before a person has answered.
    Ask,
    /// Not stored before it is mended.
    Error,
}

impl Severity {
    /// The stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            Severity::Info => "info",
            Severity::Warning => "warning",
            Severity::Ask => "ask",
            Severity::Error => "error",
        }
    }

    /// The Vietnamese label, for people.
    pub fn label(self) -> &'static str {
        match self {
            Severity::Info => "Thông tin",
            Severity::Warning => "Cảnh báo",
            Severity::Ask => "Cần trả lời",
            Severity::Error => "Lỗi",
        }
    }

    /// Whether a row with such a finding stays out of the store until a person acts.
    pub fn blocks(self) -> bool {
        matches!(self, Severity::Ask | Severity::Error)
    }
}

macro_rules! catalogue {
    ($($variant:ident $code:literal $severity:ident $sentence:literal $remedy:literal $gloss:literal;)+) => {
        /// Every kind of finding.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum FindingCode {
            $(#[doc = $gloss] $variant,)+
        }

        impl FindingCode {
            /// Every code, in the order of the catalogue.
            pub const ALL: &[FindingCode] = &[$(FindingCode::$variant,)+];

            /// The stable code, the same in GraphQL, REST, CLI and the annotated workbook.
            pub fn as_str(self) -> &'static str {
                match self { $(FindingCode::$variant => $code,)+ }
            }

            /// The code with this stable name.
            pub fn parse(code: &str) -> Option<FindingCode> {
                FindingCode::ALL.iter().copied().find(|known| known.as_str() == code)
            }

            /// The severity.
            pub fn severity(self) -> Severity {
                match self { $(FindingCode::$variant => Severity::$severity,)+ }
            }

            /// The Vietnamese sentence; `{}` stands for the detail of the finding (raw text, candidates).
            pub fn sentence(self) -> &'static str {
                match self { $(FindingCode::$variant => $sentence,)+ }
            }

            /// What to do about it, in Vietnamese.
            pub fn remedy(self) -> &'static str {
                match self { $(FindingCode::$variant => $remedy,)+ }
            }

            /// English gloss.
            pub fn gloss(self) -> &'static str {
                match self { $(FindingCode::$variant => $gloss,)+ }
            }
        }
    };
}

catalogue! {
    PercentOver100 "percent_over_100" Error
        "Tỷ lệ “{}” lớn hơn 100%." "Nhập tỷ lệ từ 0 đến 100." "A percent above 100.";
    PercentNegative "percent_negative" Error
        "Tỷ lệ “{}” là số âm." "Nhập tỷ lệ từ 0 đến 100." "A negative percent.";
    PercentUnreadable "percent_unreadable" Error
        "Không đọc được tỷ lệ “{}”." "Nhập một số từ 0 đến 100, ví dụ 50 hoặc 50,5%." "A percent that cannot be read.";
    PercentSuspicious "percent_suspicious" Warning
        "Tỷ lệ “{}” là phân số trong cột số nguyên: 0,5% hay 50%?" "Kiểm tra và ghi rõ, ví dụ 50 hoặc 50%."
        "A fraction in a column of whole numbers.";
    FormulaError "formula_error" Error
        "Công thức cho kết quả lỗi “{}”." "Sửa công thức hoặc nhập giá trị." "The formula shows an error value.";
    FormulaWithoutValue "formula_without_value" Warning
        "Công thức chưa có giá trị tính sẵn trong tệp." "Mở tệp bằng Excel, lưu lại rồi gửi lại."
        "The file holds no calculated value.";
    StatusPercentConflict "status_percent_conflict" Warning
        "Tình trạng và tỷ lệ không khớp: {}." "Sửa tình trạng hoặc tỷ lệ cho khớp nhau."
        "Done below 100 %, not started above 0 %, in progress at 100 %.";
    StatusDeadlineConflict "status_deadline_conflict" Warning
        "Ghi quá hạn nhưng thời hạn chưa đến: {}." "Kiểm tra tình trạng và thời hạn."
        "Overdue although the deadline is ahead.";
    StatusMultipleMarks "status_multiple_marks" Error
        "Đánh dấu nhiều hơn một tình trạng: {}." "Chỉ để một dấu x." "More than one status mark.";
    StatusMissing "status_missing" Warning
        "Không có dấu tình trạng nào." "Đánh một dấu x vào cột tình trạng." "No status mark.";
    StatusUnreadable "status_unreadable" Warning
        "Không hiểu tình trạng “{}”." "Ghi: Đã hoàn thành, Đang thực hiện hoặc Chưa thực hiện."
        "A status that cannot be understood.";
    StatusAbbreviated "status_abbreviated" Warning
        "Chữ viết tắt “{}” được hiểu theo các tình trạng khác trong bảng; bảng không có phần giải thích chữ viết tắt."
        "Không cần sửa nếu hiểu đúng; lần sau ghi đủ chữ hoặc thêm phần giải thích."
        "An abbreviation without a legend, understood by the other statuses or the percent of the row.";
    StatusAbbreviationUnsure "status_abbreviation_unsure" Ask
        "Có phải chữ viết tắt “{}” không? Bảng không có phần giải thích." "Chọn tình trạng, hoặc thêm phần giải thích chữ viết tắt vào bảng."
        "An abbreviation that may stand for several statuses, without a legend.";
    StatusInParts "status_in_parts" Warning
        "Nhiệm vụ có nội dung ở nhiều cột tình trạng ({}); được hiểu là đang thực hiện." "Không cần sửa nếu hiểu đúng."
        "Texts under several statuses: parts of one task, which is in progress.";
    StatusInPartsUnsure "status_in_parts_unsure" Ask
        "Nhiệm vụ có nội dung ở nhiều cột tình trạng ({}): đã hoàn thành hay đang thực hiện?" "Chọn tình trạng của cả nhiệm vụ."
        "Texts under several statuses, with signs that the task is completed all the same.";
    StatusTextDiffers "status_text_differs" Ask
        "Ô ở cột “{}”: chữ trong ô nói khác tiêu đề cột." "Chọn tình trạng đúng, hoặc chuyển nội dung sang đúng cột."
        "A text under a status says another status.";
    StatusMixed "status_mixed" Ask
        "“{}” vừa nói đã hoàn thành vừa nói còn phần chưa xong: đã hoàn thành hay đang thực hiện?" "Chọn tình trạng của cả nhiệm vụ."
        "Completed, and then something that is still to be done.";
    StatusNotClearable "status_not_clearable" Error
        "Ô tình trạng ghi “{}”, nhưng tình trạng không xoá được."
        "Ghi: Chưa thực hiện, Đang thực hiện hoặc Đã hoàn thành; hoặc để trống ô để giữ nguyên."
        "The word that clears stands in place of a status; a task always has one.";
    StatusByColour "status_by_colour" Warning
        "Tình trạng chỉ thể hiện bằng màu nền ({}); bảng không có phần giải thích màu nên không đọc được."
        "Ghi tình trạng bằng chữ, hoặc thêm phần giải thích màu vào bảng."
        "The status is shown by a colour that nothing in the table explains; it was not read.";
    StatusNeedsDecision "status_needs_decision" Warning
        "Tình trạng “{}” do Văn phòng Bộ quyết định; đơn vị báo cáo không làm thay đổi."
        "Nếu cần tạm dừng, rút hoặc chuyển nhiệm vụ, đề nghị Văn phòng Bộ quyết định."
        "A unit writes a state that only the office gives (suspended, withdrawn, not within its competence).";
    DeadlineUnreadable "deadline_unreadable" Error
        "Không đọc được thời hạn “{}”." "Ghi ngày (30/6/2020), tháng (tháng 6/2020) hoặc quý (Quý II/2020)."
        "No reading of the deadline is possible.";
    DeadlineBeforeNotice "deadline_before_notice" Warning
        "Thời hạn {} trước ngày của thông báo." "Kiểm tra năm của thời hạn." "A deadline before the notice.";
    DeadlineDiffersFromNotice "deadline_differs_from_notice" Warning
        "Thời hạn {} khác với thông báo." "Giữ thời hạn của thông báo; nếu cần, đề nghị gia hạn."
        "The notice sets another date.";
    DeadlineYearAssumed "deadline_year_assumed" Warning
        "Thời hạn “{}” không ghi năm; hiểu là năm của thông báo." "Ghi đủ ngày, tháng, năm." "The year was assumed.";
    DeadlineApproximate "deadline_approximate" Warning
        "Thời hạn “{}” không ghi ngày cụ thể (đầu, giữa tháng, tuần của tháng); hệ thống lấy ngày cuối của khoảng đó."
        "Ghi rõ ngày, tháng, năm." "A part of a month, quarter or year was read as its last day.";
    DeadlineSerialNumber "deadline_serial_number" Warning
        "Thời hạn là số “{}”; hiểu là số ngày của Excel." "Định dạng ô là ngày." "A bare serial number as a deadline.";
    DeadlinePlaceholder "deadline_placeholder" Warning
        "Ngày “{}” là ngày thay cho ô trống; hiểu là không có thời hạn." "Để trống ô." "A date that stands for none.";
    TaskNotInNotice "task_not_in_notice" Warning
        "Nhiệm vụ này không có trong thông báo." "Không cần sửa nếu là việc riêng của đơn vị."
        "A task of the unit itself: kept apart, not linked.";
    TaskMatchUnsure "task_match_unsure" Ask
        "Dòng này có thể là nhiều nhiệm vụ: {}." "Chọn nhiệm vụ đúng." "Fits several tasks.";
    DetailOfParent "detail_of_parent" Info
        "Dòng chi tiết của nhiệm vụ ở dòng {}." "Không cần sửa." "A detail of the row above.";
    TaskOfAnotherUnit "task_of_another_unit" Info
        "Đơn vị không chủ trì nhiệm vụ này ({}); báo cáo được giữ riêng của đơn vị." "Không cần sửa."
        "The department does not lead this task.";
    DuplicateContradictory "duplicate_contradictory" Error
        "Nhiệm vụ lặp lại ở dòng {} với giá trị khác." "Chỉ giữ một dòng cho mỗi nhiệm vụ."
        "The same task twice with different values.";
    DuplicateIdentical "duplicate_identical" Warning
        "Nhiệm vụ lặp lại ở dòng {}." "Chỉ giữ một dòng cho mỗi nhiệm vụ."
        "The same task twice with the same values; texts that differ are put one below the other, and the detail says so.";
    DuplicateOpen "duplicate_open" Error
        "Nhiệm vụ lặp lại ở dòng {}, trong các dòng đó có dòng còn lỗi hoặc chưa được trả lời." "Chỉ giữ một dòng cho mỗi nhiệm vụ, hoặc sửa lỗi, trả lời câu hỏi trước."
        "The same task twice in our own sheet, and one of the rows cannot be stored as it is: none is.";
    EarlierPeriod "earlier_period" Info
        "Số liệu của kỳ trước; số liệu kỳ mới nhất của nhiệm vụ này ở {} và được lấy làm hiện trạng."
        "Không cần sửa; muốn ghi cả số liệu kỳ trước thì gửi riêng tệp của kỳ đó."
        "The file reports on the task for a later period too: this row is history and is not stored.";
    ProvinceMismatch "province_mismatch" Error
        "Tệp ghi tỉnh khác: {}." "Kiểm tra tệp và đơn vị gửi." "Another province than the uploader's.";
    ProvinceUnknown "province_unknown" Warning
        "Không nhận ra tên tỉnh “{}”." "Ghi đúng tên tỉnh, thành phố." "A spelling that is no province.";
    PercentScaleUnsure "percent_scale_unsure" Ask
        "Tỷ lệ “{}” có thể là phần của 1 hoặc là phần trăm; trong cột không có số nào khác để so." "Ghi rõ, ví dụ 50%."
        "A bare number up to 1 with nothing in its column to tell the scale.";
    StatusTimeOnly "status_time_only" Ask
        "“{}” chỉ nói về thời hạn, chưa nói đã thực hiện đến đâu." "Chọn: Đang thực hiện hoặc Chưa thực hiện."
        "Words about time alone in place of a status.";
    DeadlineDayMonthSwapped "deadline_day_month_swapped" Ask
        "Ngày và tháng có thể đã bị đảo do cài đặt kiểu Mỹ: {}." "Chọn ngày đúng; định dạng cột là ngày/tháng/năm."
        "Day and month of a true date seem to have changed places.";
    DeadlineTimeZone "deadline_time_zone" Warning
        "Thời hạn “{}” có giờ quốc tế; đã đổi sang giờ Việt Nam." "Kiểm tra ngày." "A time stamp in UTC was turned into Vietnamese time.";
    ContentMissing "content_missing" Ask
        "Dòng có số liệu nhưng không có nội dung nhiệm vụ." "Ghi nội dung nhiệm vụ hoặc xoá dòng."
        "A row with values but without the content of a task.";
    ValueInWrongColumn "value_in_wrong_column" Ask
        "Tình trạng “{}” nằm ở cột bên cạnh." "Chuyển về cột tình trạng." "A status stands one column beside its heading.";
    ValuesDiffer "values_differ" Ask
        "Các dòng của nhiệm vụ này ghi khác nhau: {}." "Xác nhận cách hiểu chung cho cả nhiệm vụ, hoặc sửa tệp."
        "The rows of one task give different statuses or percents.";
    SeveralRows "several_rows" Info
        "Nhiệm vụ gồm nhiều dòng; kết quả của các dòng được ghép lại." "Không cần sửa."
        "A task over several rows; their results are joined.";
    LegacyEncoding "legacy_encoding" Info
        "Chữ trong tệp theo bảng mã {}; đã chuyển sang Unicode." "Lần sau dùng phông Unicode." "The text was converted from TCVN3 or VNI.";
    SheetOfAnotherUnit "sheet_of_another_unit" Error
        "Bảng này được xuất cho đơn vị khác: {}." "Gửi bảng của đúng đơn vị, hoặc xuất lại bảng mới."
        "One of our own sheets, made for another unit.";
    TemplateUnknown "template_unknown" Ask
        "Bảng theo mẫu phiên bản {} mà hệ thống không nhận ra; được đọc như bảng tự lập, ô không sửa cũng có thể thay giá trị mới hơn trong hệ thống."
        "Xuất bảng mới rồi điền lại, hoặc xem từng thay đổi rồi xác nhận vẫn nhận tệp."
        "One of our own sheets, of a version that is not known.";
    SheetBaseUnknown "sheet_base_unknown" Ask
        "Bảng do hệ thống xuất nhưng không rõ xuất lúc nào ({}); được đọc như bảng tự lập, ô không sửa cũng có thể thay giá trị mới hơn trong hệ thống."
        "Xuất bảng mới rồi điền lại, hoặc xem từng thay đổi rồi xác nhận vẫn nhận tệp."
        "One of our own sheets of which it is not known what it started from: marks lost, damaged or not on record.";
    SheetNotRead "sheet_not_read" Ask
        "Trang {} cũng có nhiệm vụ nhưng không được đọc: của bảng do hệ thống xuất chỉ một trang được đọc."
        "Chép nội dung vào trang được đọc, hoặc gửi trang đó thành tệp riêng; nếu không cần, xác nhận vẫn nhận tệp."
        "Another tab beside our own sheet has tasks, or is a filled copy of it.";
    OwnHeadingChanged "own_heading_changed" Warning
        "Tiêu đề cột {} đã bị sửa; cột vẫn được đọc như trong mẫu." "Không cần sửa nếu hiểu đúng; lần sau giữ nguyên tiêu đề của mẫu."
        "A heading of our own sheet was retyped, and its place and meaning tell which column it is.";
    OwnHeadingUnknown "own_heading_unknown" Ask
        "Tiêu đề cột {} đã bị thay; chỉ vị trí hoặc ý nghĩa cho biết là cột nào của mẫu."
        "Nếu hiểu đúng, xác nhận vẫn nhận tệp; nếu là cột riêng của đơn vị, đưa cột ra sau bảng rồi gửi lại."
        "A column of our own sheet under other words: only its place or only its meaning tells which it is.";
    OwnColumnNotRead "own_column_not_read" Warning
        "Cột {}; cột này không được đọc." "Nếu cột có nội dung báo cáo, chép vào cột của mẫu rồi gửi lại."
        "A column in our own sheet stands in the place of another one, or repeats its heading with other values.";
    OwnColumnExtra "own_column_extra" Info
        "Cột {} không thuộc mẫu và không được đọc." "Nếu cột có nội dung báo cáo, chép vào cột của mẫu rồi gửi lại."
        "A column that the unit has added to our own sheet.";
    KeyByCode "key_by_code" Warning
        "Không còn khoá của hệ thống ở dòng {}; nhiệm vụ được nhận ra nhờ mã và nội dung." "Không cần sửa nếu hiểu đúng; lần sau giữ nguyên cột A (bị ẩn)."
        "Rows of our own sheet without a key, linked by code and wording.";
    KeyContradicted "key_contradicted" Ask
        "Khoá của dòng là của nhiệm vụ {}, nhưng mã và nội dung không còn của nhiệm vụ đó." "Chọn nhiệm vụ của dòng; lần sau không viết đè lên dòng của nhiệm vụ khác."
        "A row of our own sheet whose key leads to one task while code and wording are of another one, or of none.";
    OwnCellReworded "own_cell_reworded" Warning
        "Mã hoặc nội dung của nhiệm vụ đã bị sửa trong bảng; chỗ sửa “{}” không được đọc." "Không cần sửa; nếu đây là báo cáo, chép vào cột của mẫu rồi gửi lại."
        "Code or wording of a task were changed in our own sheet, where they are for reading only.";
    LinesNotRead "lines_not_read" Info
        "Ghi chú hoặc nhận xét dưới bảng không được đọc: dòng {}." "Nếu là nội dung báo cáo, chép vào cột của nhiệm vụ rồi gửi lại."
        "Remarks below the table of our own sheet.";
    KeyUnknown "key_unknown" Ask
        "Dòng có khoá không thuộc nhiệm vụ nào của đơn vị, hoặc là dòng thêm vào không có khoá."
        "Chọn nhiệm vụ của dòng, hoặc xác nhận đây không phải nhiệm vụ trong thông báo."
        "A row of our own sheet without a key that we know.";
    DayUnreadable "day_unreadable" Error
        "Không đọc được ngày hoàn thành “{}”." "Ghi ngày/tháng/năm, ví dụ 15/3/2020." "A day that cannot be read.";
    CompletedOnIgnored "completed_on_ignored" Warning
        "Có ngày hoàn thành {} nhưng tình trạng không phải “Đã hoàn thành”; ngày này không được ghi."
        "Chọn tình trạng “Đã hoàn thành” hoặc bỏ ngày hoàn thành." "A day of completion beside an open task.";
    CompletedOnHeld "completed_on_held" Warning
        "Ngày hoàn thành không xoá được, vì Văn phòng Bộ đã quyết định về nhiệm vụ này ({})."
        "Nếu ngày chưa đúng, đề nghị Văn phòng Bộ trả lại nhiệm vụ để báo cáo lại."
        "The word that clears stands beside a task that the office has decided about; its day of completion stays.";
    CompletedOnAhead "completed_on_ahead" Error
        "Ngày hoàn thành {} sau ngày báo cáo." "Sửa ngày hoàn thành; nếu ngày báo cáo chưa đúng, gửi lại tệp với ngày báo cáo đúng."
        "A day of completion after the day that the report speaks of.";
    CompletedAfterReturn "completed_after_return" Warning
        "Văn phòng Bộ đã trả lại ({}) sau lần báo trước; tệp vẫn ghi “Đã hoàn thành”."
        "Chọn giá trị trong tệp nếu đơn vị báo hoàn thành lại; nếu không, giữ giá trị hiện có."
        "Completed as before, although the office has returned the task since.";
    SentBefore "sent_before" Warning
        "{} trong tệp là giá trị đơn vị đã gửi trước đây; từ đó đơn vị đã báo khác, nên giữ giá trị hiện có."
        "Nếu muốn lấy lại giá trị trong tệp, xác nhận vẫn nhận tệp; nếu đây là tệp cũ, không cần làm gì."
        "A value that the unit has sent before, and something else since.";
    HeadingMissing "heading_missing" Ask
        "Bảng ở trang “{}” không có dòng tiêu đề; ý nghĩa các cột được hiểu theo nội dung ô." "Xem lại ý nghĩa từng cột hoặc thêm dòng tiêu đề."
        "A table without headings; its columns were told by their cells.";
    HeadingUnknown "heading_unknown" Ask
        "Tiêu đề của bảng ở trang “{}” có nhiều từ lạ; ý nghĩa các cột được hiểu theo nội dung ô." "Xem lại ý nghĩa từng cột, hoặc chấp nhận cách hiểu này."
        "A table whose headings are in words that are not known; its columns were told by their cells.";
    ColumnByCells "column_by_cells" Warning
        "Tiêu đề {} không có trong từ vựng; cột được hiểu theo nội dung các ô." "Xem lại ý nghĩa của cột."
        "A column whose heading is in unknown words, understood by its cells.";
    ColumnOverruled "column_overruled" Warning
        "Tiêu đề {} không hợp với các ô bên dưới; cột được hiểu theo nội dung các ô." "Xem lại ý nghĩa của cột."
        "A column whose cells plainly are of another kind than its heading says, understood by its cells.";
    DeadlineColumnUnsure "deadline_column_unsure" Ask
        "Có nhiều cột ngày mà tiêu đề không nói rõ cột nào là thời hạn ({}); không cột nào được đọc làm thời hạn."
        "Cho biết cột nào là thời hạn, hoặc chấp nhận không đọc thời hạn từ tệp này."
        "Several columns of days and no heading that tells the deadline; none was taken for it.";
    ColumnContradicted "column_contradicted" Warning
        "Tiêu đề {}, nên cột này không được đọc." "Xem lại tiêu đề hoặc nội dung của cột; nếu tiêu đề đúng, cho biết nghĩa của cột."
        "A column whose heading says plainly what it is while its cells say otherwise; it was not read.";
    ColumnNotRead "column_not_read" Info
        "Có cột không được đọc: {}." "Nếu cột này mới là cột đúng, cho biết nghĩa của cột."
        "A column is not read because another one has its meaning.";
    RowsByColour "rows_by_colour" Info
        "Các dòng ở trang “{}” được tô màu khác nhau, bảng không có cột tình trạng và không giải thích màu; màu không được đọc."
        "Nếu màu nói lên tình trạng, thêm cột tình trạng ghi bằng chữ hoặc phần giải thích màu."
        "Rows differ in colour, and neither a column of statuses nor a legend says what the colours mean; they were not read.";
    ExtensionNotRead "extension_not_read" Info
        "Tệp ghi gia hạn hoặc thời hạn điều chỉnh “{}”; thời hạn của nhiệm vụ chỉ đổi khi Văn phòng Bộ gia hạn."
        "Nếu đã được đồng ý gia hạn, đề nghị Văn phòng Bộ ghi thời hạn mới cho nhiệm vụ này."
        "The sheet names a later deadline; deadlines change only by a decision of the office.";
    LayoutHeadingChanged "layout_heading_changed" Ask
        "Tiêu đề đã đổi so với mẫu bảng đã nhớ: {}." "Cho biết cột này nay là gì, hoặc chấp nhận cách hiểu mới của cả tệp."
        "One heading of a remembered layout has changed; what its column means now is proposed, not assumed.";
    LinkRemembered "link_remembered" Info
        "Nhiệm vụ của dòng được chọn theo câu trả lời đã nhớ ({})." "Trả lời lại nếu nay không còn đúng."
        "The row is linked as a person has answered before for the same wording.";
    HiddenRow "hidden_row" Info
        "Dòng bị ẩn hoặc bị lọc; vẫn được tính." "Bỏ lọc nếu dòng không được tính." "A hidden row counts all the same.";
}

/// One finding at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What was found.
    pub code: FindingCode,
    /// Sheet name, when the place is on a sheet.
    pub sheet: Option<String>,
    /// Row, 1-based as shown in the workbook.
    pub row: Option<u32>,
    /// Column, 0-based.
    pub column: Option<u32>,
    /// What fills `{}` in the sentence: raw text, other row, candidates.
    pub detail: String,
}

impl Finding {
    /// A finding about the whole workbook.
    pub fn of_workbook(code: FindingCode, detail: impl Into<String>) -> Finding {
        Finding { code, sheet: None, row: None, column: None, detail: detail.into() }
    }

    /// A finding about a row, and a column of it where one cell is to blame.
    pub fn at(
        code: FindingCode,
        sheet: &str,
        row: u32,
        column: Option<u32>,
        detail: impl Into<String>,
    ) -> Finding {
        Finding { code, sheet: Some(sheet.to_owned()), row: Some(row), column, detail: detail.into() }
    }

    /// The Vietnamese sentence with its detail filled in.
    pub fn sentence(&self) -> String {
        self.code.sentence().replace("{}", &self.detail)
    }
}

/// The catalogue as a page of Markdown: what `docs/findings.md` must be.
pub fn catalogue_page() -> String {
    let mut page = String::from(
        "# Findings\n\nEverything the reader may say of a cell, a row or a workbook. Printed from \
         `src/domain/finding.rs`; a test holds the two together.\n\n\
         *info*: worth knowing. *warning*: stored, but look at it. *ask*: not stored before a person has answered. \
         *error*: not stored before it is mended. `{}` stands for the raw text, another row or the candidates.\n\n\
         | code | severity | sentence | remedy | in English |\n| --- | --- | --- | --- | --- |\n",
    );
    for code in FindingCode::ALL {
        let cells = [code.as_str(), code.severity().as_str(), code.sentence(), code.remedy(), code.gloss()];
        page.push_str(&format!("| {} |\n", cells.join(" | ")));
    }
    page
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn the_page_of_findings_is_the_catalogue() {
        let page = catalogue_page();
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/findings.md");
        if std::fs::read_to_string(path).unwrap_or_default() != page {
            let printed = concat!(env!("CARGO_MANIFEST_DIR"), "/target/findings.md");
            std::fs::write(printed, page).unwrap();
            panic!("docs/findings.md is not the catalogue: cp target/findings.md docs/findings.md");
        }
    }

    #[test]
    fn codes_are_unique_and_every_finding_says_what_to_do() {
        let codes: HashSet<&str> = FindingCode::ALL.iter().map(|code| code.as_str()).collect();
        assert_eq!(codes.len(), FindingCode::ALL.len());
        for code in FindingCode::ALL {
            assert!(code.sentence().ends_with('.') || code.sentence().ends_with('?'), "{}", code.as_str());
            assert!(code.remedy().ends_with('.'), "{}", code.as_str());
            assert!(!code.gloss().is_empty() && !code.sentence().contains('|'), "{}", code.as_str());
        }
    }

    #[test]
    fn only_asking_and_error_keep_a_row_out() {
        assert!(Severity::Ask.blocks() && Severity::Error.blocks());
        assert!(!Severity::Info.blocks() && !Severity::Warning.blocks());
    }

    #[test]
    fn a_sentence_carries_its_detail() {
        let finding = Finding::at(FindingCode::PercentOver100, "KQ", 10, Some(5), "125%");
        assert_eq!(finding.sentence(), "Tỷ lệ “125%” lớn hơn 100%.");
    }
}
