//! Pieces that the steps are written with: keys, checks and indexes under predictable names.

use sea_orm_migration::prelude::*;

/// A foreign key to the primary key of another table; what is pointed at cannot be deleted.
pub(crate) fn points_at(
    table: &'static str,
    column: &'static str,
    other: &'static str,
) -> ForeignKeyCreateStatement {
    let key = if other == "file" { "sha256" } else { "id" };
    ForeignKey::create().name(format!("fk_{table}_{column}")).from(table, column).to(other, key).to_owned()
}

/// A check that a column holds one of these words (or nothing, where it may be empty).
pub(crate) fn one_of(column: &str, words: &[&str]) -> Expr {
    let list: Vec<String> = words.iter().map(|word| format!("'{word}'")).collect();
    Expr::cust(format!("{column} IN ({})", list.join(", ")))
}

/// A unique key over these columns.
pub(crate) fn unique(table: &'static str, columns: &[&'static str]) -> IndexCreateStatement {
    named("uq", table, columns).unique().to_owned()
}

/// An index over these columns.
pub(crate) fn index(table: &'static str, columns: &[&'static str]) -> IndexCreateStatement {
    named("ix", table, columns)
}

/// Drops a table with its indexes.
pub(crate) fn drop(table: &'static str) -> TableDropStatement {
    Table::drop().table(table).to_owned()
}

fn named(kind: &str, table: &'static str, columns: &[&'static str]) -> IndexCreateStatement {
    let mut index = Index::create();
    index.name(format!("{kind}_{table}_{}", columns.join("_"))).table(table);
    for column in columns {
        index.col(*column);
    }
    index
}

/// Drops the index that [`index`] makes.
pub(crate) fn dropped(table: &'static str, columns: &[&str]) -> IndexDropStatement {
    Index::drop().name(format!("ix_{table}_{}", columns.join("_"))).table(table).to_owned()
}
