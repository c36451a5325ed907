//! Fetching many rows by a key, in statements that both databases can carry. For loaders.

use std::collections::HashMap;
use std::hash::Hash;

use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoSimpleExpr, QueryFilter, Select, Value};

use super::dialect::{MAX_VALUES, among};

/// The rows whose column holds one of the keys. One statement for as many keys as a page can bring.
///
/// # Errors
/// When the database does not answer.
pub async fn by_keys<E, K>(
    db: &impl ConnectionTrait,
    select: &Select<E>,
    column: E::Column,
    keys: &[K],
) -> Result<Vec<E::Model>, DbErr>
where
    E: EntityTrait,
    K: Clone + Into<Value>,
{
    let mut rows = Vec::new();
    let (backend, def) = (db.get_database_backend(), column.def());
    for keys in keys.chunks(MAX_VALUES) {
        let column = (column.into_simple_expr(), def.get_column_type());
        let among = among(backend, column, keys.iter().cloned().map(Into::into))?;
        rows.extend(select.clone().filter(among).all(db).await?);
    }
    Ok(rows)
}

/// The rows by a key of theirs that is unique.
pub fn indexed<K: Eq + Hash, M>(rows: Vec<M>, key: impl Fn(&M) -> K) -> HashMap<K, M> {
    rows.into_iter().map(|row| (key(&row), row)).collect()
}

/// The rows by a key of theirs that several share, each group in the order of the rows.
pub fn grouped<K: Eq + Hash, M>(rows: Vec<M>, key: impl Fn(&M) -> K) -> HashMap<K, Vec<M>> {
    rows.into_iter().fold(HashMap::new(), |mut groups: HashMap<K, Vec<M>>, row| {
        groups.entry(key(&row)).or_default().push(row);
        groups
    })
}
