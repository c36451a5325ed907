//! Table `import`: one uploaded workbook on its way.

use sea_orm::entity::prelude::*;

use crate::domain::import::ImportState;

/// One uploaded workbook on its way.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "import")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The sender.
    pub unit_id: Uuid,
    /// The bytes.
    #[sea_orm(column_type = "Text")]
    pub file_sha256: String,
    /// Name given by the sender.
    #[sea_orm(column_type = "Text", nullable)]
    pub file_name: Option<String>,
    /// Caller.
    #[sea_orm(column_type = "Text")]
    pub uploaded_by: String,
    /// When.
    pub uploaded_at: DateTimeUtc,
    /// The day the report speaks of.
    pub reported_on: Date,
    /// How far it has come.
    pub state: ImportState,
    /// Code of the refusal, when the file cannot be read.
    #[sea_orm(column_type = "Text", nullable)]
    pub refusal: Option<String>,
    /// Hash of the plan last shown.
    #[sea_orm(column_type = "Text", nullable)]
    pub plan_hash: Option<String>,
    /// Caller who committed it.
    #[sea_orm(column_type = "Text", nullable)]
    pub committed_by: Option<String>,
    /// When.
    pub committed_at: Option<DateTimeUtc>,
    /// JSON: rows by outcome at commit.
    #[sea_orm(column_type = "Text", nullable)]
    pub counts: Option<String>,
    /// JSON: what a person has answered about it.
    #[sea_orm(column_type = "Text", nullable)]
    pub answers: Option<String>,
    /// SHA-256 of what its rows claim: the same content saved again by another program has the same.
    #[sea_orm(column_type = "Text", nullable)]
    pub content_hash: Option<String>,
    /// For our own sheets: the number of the last event the sheet knows, base of the merge.
    pub base_event: Option<i64>,
    /// Event number of the commit.
    pub event_no: Option<i64>,
    /// Key that the client gave to the commit, once a unit: a second commit with it does nothing.
    #[sea_orm(column_type = "Text", nullable)]
    pub commit_key: Option<String>,
    /// See `unit_id`.
    #[sea_orm(belongs_to, from = "unit_id", to = "id")]
    pub unit: BelongsTo<super::unit::Entity>,
    /// See `file_sha256`.
    #[sea_orm(belongs_to, from = "file_sha256", to = "sha256")]
    pub file: BelongsTo<super::file::Entity>,
    /// Rows of `import_sheet` that point here.
    #[sea_orm(has_many)]
    pub sheets: HasMany<super::import_sheet::Entity>,
    /// Rows of `import_row` that point here.
    #[sea_orm(has_many)]
    pub rows: HasMany<super::import_row::Entity>,
    /// Rows of `import_finding` that point here.
    #[sea_orm(has_many)]
    pub findings: HasMany<super::import_finding::Entity>,
    /// Rows of `report` that point here.
    #[sea_orm(has_many)]
    pub reports: HasMany<super::report::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
