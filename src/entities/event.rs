//! Table `event`: one thing that happened: who, when, what, and where it came from.

use sea_orm::entity::prelude::*;

/// One thing that happened: who, when, what, and where it came from.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "event")]
pub struct Model {
    /// Number, without gaps from 1.
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i64,
    /// When.
    pub at: DateTimeUtc,
    /// Name of the caller.
    #[sea_orm(column_type = "Text")]
    pub caller: String,
    /// The user behind the call.
    pub user_id: Option<Uuid>,
    /// What happened: `report.recorded`.
    #[sea_orm(column_type = "Text")]
    pub kind: String,
    /// Kind of thing it happened to: `assignment`.
    #[sea_orm(column_type = "Text")]
    pub subject: String,
    /// The thing. No foreign key: the log outlives what it speaks of.
    pub subject_id: Option<Uuid>,
    /// The unit concerned; decides who may see it.
    pub unit_id: Option<Uuid>,
    /// The import it came with.
    pub import_id: Option<Uuid>,
    /// Sheet and cell it came from.
    #[sea_orm(column_type = "Text", nullable)]
    pub place: Option<String>,
    /// Canonical JSON of what was done.
    #[sea_orm(column_type = "Text")]
    pub payload: String,
    /// Hash of the event before; 64 zeros for the first.
    #[sea_orm(column_type = "Text")]
    pub previous_hash: String,
    /// SHA-256 over this event and the hash before, in hex.
    #[sea_orm(unique, column_type = "Text")]
    pub hash: String,
    /// See `user_id`.
    #[sea_orm(belongs_to, from = "user_id", to = "id")]
    pub user: BelongsTo<Option<super::user::Entity>>,
    /// See `unit_id`.
    #[sea_orm(belongs_to, from = "unit_id", to = "id")]
    pub unit: BelongsTo<Option<super::unit::Entity>>,
    /// See `import_id`.
    #[sea_orm(belongs_to, from = "import_id", to = "id")]
    pub import: BelongsTo<Option<super::import::Entity>>,
}

impl ActiveModelBehavior for ActiveModel {}
