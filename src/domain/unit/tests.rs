//! Units as people write them into cells.

use proptest::prelude::*;

use super::*;

/// The mentions as text: `THH`, `so:40`, `so:own`, `so:all`, `group(..)`, `?(..)`.
fn find(text: &str) -> String {
    let shown: Vec<String> = Names::embedded()
        .find_units(text)
        .iter()
        .map(|mention| match mention.who {
            Who::Unit(code) => code.to_owned(),
            Who::Department(code) => format!("so:{code}"),
            Who::OwnDepartment => "so:own".to_owned(),
            Who::AllDepartments => "so:all".to_owned(),
            Who::Group => format!("group({})", mention.as_written),
            Who::Unknown => format!("?({})", mention.as_written),
        })
        .collect();
    shown.join(" ")
}

#[test]
fn the_list_is_whole_and_no_name_means_two_units() {
    let names = Names::embedded();
    assert_eq!(names.units().len(), 35);
    let mut seen: std::collections::HashMap<String, &str> = std::collections::HashMap::new();
    for unit in names.units() {
        assert!(unit.code.chars().all(|c| c.is_ascii_uppercase()), "{}", unit.code);
        for name in [&unit.code, &unit.name].into_iter().chain(&unit.aliases).chain(&unit.short_names) {
            let other = seen.insert(plain_key(name), &unit.code);
            assert!(other.is_none_or(|other| other == unit.code), "{name}");
        }
    }
}

#[test]
fn one_unit_is_found_under_each_of_its_names() {
    for (text, want) in [
        ("Cục Tin học hóa", "THH"),
        ("Cục Tin học hoá", "THH"),
        ("CỤC TIN HỌC HÓA", "THH"),
        ("Cuc Tin hoc hoa", "THH"),
        ("Cục THH", "THH"),
        ("THH", "THH"),
        ("Cục Tin học hóa:", "THH"),
        ("1. Cục Tin học hóa", "THH"),
        ("Vụ CNTT", "CNTT"),
        ("Vụ Thi đua – Khen thưởng", "TDKT"),
        ("Vụ Thi đua, Khen thưởng", "TDKT"),
        ("Cục Phát thanh, truyền hình và thông tin điện tử", "PTTH"),
        ("Cục PTTH&TTĐT", "PTTH"),
        ("Cục Xuất bản, In và Phát hành", "XBIPH"),
        ("Văn phòng Bộ", "VP"),
        ("Văn phòng", "VP"),
        ("Văn phòng Bộ TTTT", "VP"),
        ("Trung tâm Thông tin", "TTTTIN"),
        ("Tổng Công ty Bưu điện Việt Nam (VNPost)", "VNPOST"),
        ("NEAC", "NEAC"),
        ("Sở TTTT tỉnh Nghệ An", "so:40"),
        ("Sở Thông tin và Truyền thông thành phố Hồ Chí Minh", "so:79"),
        ("Sở TT&TT Bà Rịa - Vũng Tàu", "so:77"),
        ("Sở TTTT", "so:own"),
        ("4. Sở TTTT các tỉnh, thành phố trực thuộc Trung ương", "so:all"),
        ("các Sở TTTT", "so:all"),
    ] {
        assert_eq!(find(text), want, "{text}");
    }
}

#[test]
fn several_units_in_a_cell_come_apart() {
    for (text, want) in [
        ("Cục Viễn thông; các DN viễn thông", "CVT group(các DN viễn thông)"),
        ("Công an tỉnh; Cục ATTT", "?(Công an tỉnh) ATTT"),
        ("Sở GDĐT, VNPT, Viettel", "?(Sở GDĐT) ?(VNPT) ?(Viettel)"),
        ("Cục Báo chí, Cục Xuất bản, In và Phát hành và Vụ CNTT", "CBC XBIPH CNTT"),
        ("Cục Báo chí và các đơn vị liên quan", "CBC group(các đơn vị liên quan)"),
        ("Cục Tin học hóa\nVụ Pháp chế", "THH PC"),
        ("Cục Tin học hóa - Vụ Pháp chế", "THH PC"),
        ("Chủ trì, phối hợp Cục Báo chí", "CBC"),
        ("các Đơn vị của Ngân hàng Nhà nước Việt Nam", "group(các Đơn vị của Ngân hàng Nhà nước Việt Nam)"),
        ("Sở Văn hóa và Thể thao và Sở Nội vụ", "?(Sở Văn hóa và Thể thao) ?(Sở Nội vụ)"),
        (
            "Trung tâm Giám sát, điều hành đô thị thông minh, Sở Y tế",
            "?(Trung tâm Giám sát, điều hành đô thị thông minh) ?(Sở Y tế)",
        ),
        ("Sở TTTT Nghệ An, Sở TTTT Hà Tĩnh", "so:40 so:42"),
        ("Công an tỉnh; UBND các huyện, thành phố", "?(Công an tỉnh) group(UBND các huyện, thành phố)"),
        ("Ban Tuyên giáo Tỉnh ủy; Sở Nội vụ", "?(Ban Tuyên giáo Tỉnh ủy) ?(Sở Nội vụ)"),
        ("", ""),
        (" ; , ", ""),
    ] {
        assert_eq!(find(text), want, "{text}");
    }
}

#[test]
fn others_with_like_names_are_not_taken_for_ours() {
    for (text, want) in [
        ("Văn phòng Sở", "?(Văn phòng Sở)"),
        ("Văn phòng UBND tỉnh", "?(Văn phòng UBND tỉnh)"),
        ("Văn phòng Chính phủ", "?(Văn phòng Chính phủ)"),
        ("Văn phòng Bộ Công an", "?(Văn phòng Bộ Công an)"),
        ("Thanh tra Sở", "?(Thanh tra Sở)"),
        ("Phòng CNTT", "?(Phòng CNTT)"),
        ("Phòng Bưu chính - Viễn thông", "?(Phòng Bưu chính - Viễn thông)"),
        ("Trung tâm CNTT&TT", "?(Trung tâm CNTT&TT)"),
        ("Trung tâm Thông tin tỉnh", "?(Trung tâm Thông tin tỉnh)"),
        ("Bưu điện tỉnh", "?(Bưu điện tỉnh)"),
    ] {
        assert_eq!(find(text), want, "{text}");
    }
}

#[test]
fn a_code_is_found_for_what_a_person_types() {
    for (text, want) in [
        ("THH", Some("THH")),
        ("thh", Some("THH")),
        ("Cục THH", Some("THH")),
        ("Văn phòng Bộ", Some("VP")),
        ("40", Some("40")),
        ("Nghệ An", Some("40")),
        ("Sở TTTT Nghệ An", Some("40")),
        ("99", None),
        ("ĐN", None),
        ("Sở Y tế", None),
        ("", None),
    ] {
        assert_eq!(Names::embedded().find_code(text), want, "{text}");
    }
}

proptest! {
    #[test]
    fn any_cell_is_read_without_fault(text in any::<String>()) {
        let _ = Names::embedded().find_units(&text);
    }

    #[test]
    fn the_words_of_a_mention_stand_in_the_cell(
        text in "((Cục|Sở|TTTT|Báo chí|và|tỉnh|Nghệ An|các|Bộ|Văn phòng|,|;|-)( |)){0,12}"
    ) {
        let tidy = tidy(&text);
        for mention in Names::embedded().find_units(&text) {
            prop_assert!(tidy.contains(&mention.as_written));
        }
    }
}
