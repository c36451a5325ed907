//! Kinds of units: the ministry's own, the departments of the provinces, and words for groups.

/// Kind of a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum UnitKind {
    /// Sở Thông tin và Truyền thông of a province.
    Department,
    /// Vụ.
    Vu,
    /// Cục.
    Cuc,
    /// Thanh tra.
    Inspectorate,
    /// Văn phòng.
    Office,
    /// Viện.
    Institute,
    /// Trung tâm.
    Centre,
    /// Báo.
    Newspaper,
    /// Tạp chí.
    Journal,
    /// Học viện.
    Academy,
    /// Trường.
    School,
    /// Doanh nghiệp: a partner, not a unit of the ministry.
    Enterprise,
    /// Nhóm: a word for several units ("các Sở TTTT"); never assigned anything.
    Group,
    /// Tổ công tác.
    TaskForce,
}

impl UnitKind {
    /// Every kind, in the order in which tables print them.
    pub const ALL: [UnitKind; 14] = [
        UnitKind::Vu,
        UnitKind::Inspectorate,
        UnitKind::Office,
        UnitKind::Cuc,
        UnitKind::Institute,
        UnitKind::Centre,
        UnitKind::Newspaper,
        UnitKind::Journal,
        UnitKind::Academy,
        UnitKind::School,
        UnitKind::TaskForce,
        UnitKind::Enterprise,
        UnitKind::Department,
        UnitKind::Group,
    ];

    /// The stable name, as stored.
    pub fn as_str(self) -> &'static str {
        match self {
            UnitKind::Department => "department",
            UnitKind::Vu => "vu",
            UnitKind::Cuc => "cuc",
            UnitKind::Inspectorate => "inspectorate",
            UnitKind::Office => "office",
            UnitKind::Institute => "institute",
            UnitKind::Centre => "centre",
            UnitKind::Newspaper => "newspaper",
            UnitKind::Journal => "journal",
            UnitKind::Academy => "academy",
            UnitKind::School => "school",
            UnitKind::Enterprise => "enterprise",
            UnitKind::Group => "group",
            UnitKind::TaskForce => "task_force",
        }
    }

    /// The kind with this stable name.
    pub fn parse(name: &str) -> Option<UnitKind> {
        UnitKind::ALL.into_iter().find(|kind| kind.as_str() == name)
    }

    /// The Vietnamese word, as in the seeds.
    pub fn label(self) -> &'static str {
        match self {
            UnitKind::Department => "sở",
            UnitKind::Vu => "vụ",
            UnitKind::Cuc => "cục",
            UnitKind::Inspectorate => "thanh tra",
            UnitKind::Office => "văn phòng",
            UnitKind::Institute => "viện",
            UnitKind::Centre => "trung tâm",
            UnitKind::Newspaper => "báo",
            UnitKind::Journal => "tạp chí",
            UnitKind::Academy => "học viện",
            UnitKind::School => "trường",
            UnitKind::Enterprise => "doanh nghiệp",
            UnitKind::Group => "nhóm",
            UnitKind::TaskForce => "tổ công tác",
        }
    }

    /// The kind with this Vietnamese word.
    pub fn from_label(label: &str) -> Option<UnitKind> {
        UnitKind::ALL.into_iter().find(|kind| kind.label() == label)
    }

    /// Whether units of this kind report progress unless somebody says otherwise.
    pub fn reports(self) -> bool {
        match self {
            UnitKind::Enterprise | UnitKind::Group | UnitKind::TaskForce => false,
            UnitKind::Department
            | UnitKind::Vu
            | UnitKind::Cuc
            | UnitKind::Inspectorate
            | UnitKind::Office
            | UnitKind::Institute
            | UnitKind::Centre
            | UnitKind::Newspaper
            | UnitKind::Journal
            | UnitKind::Academy
            | UnitKind::School => true,
        }
    }
}
