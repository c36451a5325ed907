//! Units: ministry units and departments, found by code, abbreviation, name or alias. Every role may see them.

use std::collections::HashMap;

use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    Select,
};
use uuid::Uuid;

use super::page::{self, Direction, Kind, Page, Slice, Sort, Term};
use super::{load, search};
use crate::domain::access::Scope;
use crate::domain::text::plain_key;
use crate::domain::unit_kind::UnitKind;
use crate::entities::unit::{Column, Entity, Model};
use crate::entities::{unit_alias, unit_successor};
use crate::error::Result;

/// What a list of units is asked for. An empty list of values asks for nothing in particular.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Of these kinds.
    pub kinds: Vec<UnitKind>,
    /// Whether they report progress.
    pub reports: Option<bool>,
    /// With these codes.
    pub codes: Vec<String>,
    /// Words of the name, abbreviation or code.
    pub text: Option<String>,
}

/// The units a caller may see: all, whatever the scope.
pub fn visible(_scope: &Scope) -> Select<Entity> {
    Entity::find()
}

fn filtered(scope: &Scope, filter: &Filter) -> Select<Entity> {
    let Filter { kinds, reports, codes, text } = filter;
    let mut all = Condition::all();
    if !kinds.is_empty() {
        all = all.add(Column::Kind.is_in(kinds.iter().copied()));
    }
    if let Some(reports) = reports {
        all = all.add(Column::Reports.eq(*reports));
    }
    if !codes.is_empty() {
        all = all.add(Column::Code.is_in(codes.iter().map(|code| code.to_uppercase())));
    }
    if let Some(text) = text {
        all = all.add(search::contains(Column::SearchKey, text));
    }
    visible(scope).filter(all)
}

/// A page of units by their place in tables.
///
/// # Errors
/// `INVALID_INPUT` for a foreign cursor; otherwise when the database does not answer.
pub async fn page(
    db: &impl ConnectionTrait,
    scope: &Scope,
    filter: &Filter,
    direction: Direction,
    page: &Page,
) -> Result<Slice<Model>> {
    let term = |column: Column, kind| Term { expr: Expr::col((Entity, column)), kind, direction };
    let terms = vec![term(Column::SortOrder, Kind::Int), term(Column::Id, Kind::Id)];
    page::slice(db, filtered(scope, filter), &Sort { name: "unit", terms }, page).await
}

/// How many units a filter finds.
///
/// # Errors
/// When the database does not answer.
pub async fn count(db: &impl ConnectionTrait, scope: &Scope, filter: &Filter) -> Result<u64> {
    Ok(filtered(scope, filter).count(db).await?)
}

/// Every unit by its place in tables (about a hundred).
///
/// # Errors
/// When the database does not answer.
pub async fn all(db: &impl ConnectionTrait, scope: &Scope) -> Result<Vec<Model>, DbErr> {
    visible(scope).order_by_asc(Column::SortOrder).all(db).await
}

/// One unit.
///
/// # Errors
/// When the database does not answer.
pub async fn find(db: &impl ConnectionTrait, scope: &Scope, id: Uuid) -> Result<Option<Model>, DbErr> {
    visible(scope).filter(Column::Id.eq(id)).one(db).await
}

/// These units, by id.
///
/// # Errors
/// When the database does not answer.
pub async fn by_ids(
    db: &impl ConnectionTrait,
    scope: &Scope,
    ids: &[Uuid],
) -> Result<HashMap<Uuid, Model>, DbErr> {
    Ok(load::indexed(load::by_keys(db, &visible(scope), Column::Id, ids).await?, |row| row.id))
}

/// The units of these provinces.
///
/// # Errors
/// When the database does not answer.
pub async fn by_province_ids(
    db: &impl ConnectionTrait,
    scope: &Scope,
    provinces: &[Uuid],
) -> Result<HashMap<Uuid, Vec<Model>>, DbErr> {
    let select = visible(scope).filter(Column::ProvinceId.is_in(provinces.iter().copied()));
    let rows = select.order_by_asc(Column::SortOrder).all(db).await?;
    let mut groups = HashMap::new();
    for row in rows {
        if let Some(province) = row.province_id {
            groups.entry(province).or_insert_with(Vec::new).push(row);
        }
    }
    Ok(groups)
}

/// The other spellings of the names of these units.
///
/// # Errors
/// When the database does not answer.
pub async fn aliases_by_unit_ids(
    db: &impl ConnectionTrait,
    units: &[Uuid],
) -> Result<HashMap<Uuid, Vec<unit_alias::Model>>, DbErr> {
    let select = unit_alias::Entity::find().order_by_asc(unit_alias::Column::Id);
    let rows = load::by_keys(db, &select, unit_alias::Column::UnitId, units).await?;
    Ok(load::grouped(rows, |row| row.unit_id))
}

/// The successors of these units.
///
/// # Errors
/// When the database does not answer.
pub async fn successors_of(
    db: &impl ConnectionTrait,
    scope: &Scope,
    units: &[Uuid],
) -> Result<HashMap<Uuid, Vec<Model>>, DbErr> {
    let links = unit_successor::Entity::find();
    let links = load::by_keys(db, &links, unit_successor::Column::UnitId, units).await?;
    let ids: Vec<Uuid> = links.iter().map(|link| link.successor_id).collect();
    let found = by_ids(db, scope, &ids).await?;
    let mut groups: HashMap<Uuid, Vec<Model>> = HashMap::new();
    for link in links {
        if let Some(successor) = found.get(&link.successor_id) {
            groups.entry(link.unit_id).or_default().push(successor.clone());
        }
    }
    Ok(groups)
}

/// The unit that a person means by a code (`40`, `THH`), an abbreviation, a name or an alias; case and diacritics do
/// not matter. A code wins over an abbreviation, that over a name, that over an alias; what fits two units of the
/// same rank means none.
///
/// # Errors
/// When the database does not answer.
pub async fn by_code_or_alias(db: &impl ConnectionTrait, text: &str) -> Result<Option<Model>, DbErr> {
    let key = plain_key(text);
    let units = Entity::find().all(db).await?;
    let aliases = unit_alias::Entity::find().filter(unit_alias::Column::AliasKey.eq(&key)).all(db).await?;
    let ranks: [&dyn Fn(&Model) -> bool; 4] = [
        &|unit| plain_key(&unit.code) == key,
        &|unit| plain_key(&unit.abbreviation) == key,
        &|unit| plain_key(&unit.name) == key,
        &|unit| aliases.iter().any(|alias| alias.unit_id == unit.id),
    ];
    for fits in ranks {
        let mut found = units.iter().filter(|unit| fits(unit));
        if let Some(unit) = found.next() {
            return Ok(found.next().is_none().then(|| unit.clone()));
        }
    }
    Ok(None)
}
