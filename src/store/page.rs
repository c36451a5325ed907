//! Pages by key: no row is lost or shown twice while others write, and the last page costs as much as the first.
//!
//! A list is sorted by terms that are never null, the id last; a cursor holds their values for one row.

use std::cmp::Ordering;

use chrono::NaiveDate;
use sea_orm::sea_query::{Condition, Expr, ExprTrait, Order};
use sea_orm::{ConnectionTrait, DbErr, EntityTrait, FromQueryResult, QueryResult, QueryTrait, Select, Value};
use uuid::Uuid;

use crate::error::{Code, Error};

/// The most rows of one page.
pub const MOST: u64 = 100;

/// A day beyond all others, for rows that have none. (PostgreSQL and SQLite agree on where it stands.)
pub const BEYOND: NaiveDate = match NaiveDate::from_ymd_opt(9999, 12, 31) {
    Some(day) => day,
    None => NaiveDate::MAX,
};

/// The value of one term of the order, for one row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Key {
    /// A 32-bit number.
    Int(i32),
    /// A 64-bit number.
    Big(i64),
    /// A day.
    Date(NaiveDate),
    /// An id.
    Id(Uuid),
}

/// What kind of key a term gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// [`Key::Int`].
    Int,
    /// [`Key::Big`].
    Big,
    /// [`Key::Date`].
    Date,
    /// [`Key::Id`].
    Id,
}

/// Which way a list runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Direction {
    /// Smallest, earliest first.
    #[default]
    Ascending,
    /// Largest, latest first.
    Descending,
}

impl Direction {
    /// The other way.
    #[must_use]
    pub fn reversed(self) -> Direction {
        match self {
            Direction::Ascending => Direction::Descending,
            Direction::Descending => Direction::Ascending,
        }
    }
}

/// One term of an order: an expression that is never null.
#[derive(Clone, Debug)]
pub struct Term {
    /// The expression.
    pub expr: Expr,
    /// What it gives.
    pub kind: Kind,
    /// Which way it runs.
    pub direction: Direction,
}

/// The order of a list. The last term makes it total.
#[derive(Clone, Debug)]
pub struct Sort {
    /// Stable name; a cursor of another order is refused.
    pub name: &'static str,
    /// The terms, the id last.
    pub terms: Vec<Term>,
}

impl Sort {
    /// The same terms the other way round.
    fn reversed(&self) -> Sort {
        let turn = |term: &Term| Term { direction: term.direction.reversed(), ..term.clone() };
        Sort { name: self.name, terms: self.terms.iter().map(turn).collect() }
    }

    /// How two rows with these keys stand to each other.
    pub fn compare(&self, one: &[Key], other: &[Key]) -> Ordering {
        let pairs = self.terms.iter().zip(one.iter().zip(other));
        for (term, (one, other)) in pairs {
            let order = match term.direction {
                Direction::Ascending => one.cmp(other),
                Direction::Descending => other.cmp(one),
            };
            if order != Ordering::Equal {
                return order;
            }
        }
        Ordering::Equal
    }

    /// The condition that a row comes after these keys.
    fn after(&self, keys: &[Key]) -> Condition {
        let mut any = Condition::any();
        for (last, term) in self.terms.iter().enumerate() {
            let mut all = Condition::all();
            for (earlier, key) in self.terms.iter().zip(keys).take(last) {
                all = all.add(ExprTrait::eq(earlier.expr.clone(), value(*key)));
            }
            let key = value(keys[last]);
            all = all.add(match term.direction {
                Direction::Ascending => ExprTrait::gt(term.expr.clone(), key),
                Direction::Descending => ExprTrait::lt(term.expr.clone(), key),
            });
            any = any.add(all);
        }
        any
    }
}

fn value(key: Key) -> Value {
    match key {
        Key::Int(number) => number.into(),
        Key::Big(number) => number.into(),
        Key::Date(date) => date.into(),
        Key::Id(id) => id.into(),
    }
}

/// A place in a list: the keys of one row. Opaque to callers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor {
    sort: String,
    keys: Vec<Key>,
}

impl Cursor {
    /// The cursor of a row.
    pub fn of(sort: &Sort, keys: Vec<Key>) -> Cursor {
        Cursor { sort: sort.name.to_owned(), keys }
    }

    /// As handed out.
    pub fn encode(&self) -> String {
        use std::fmt::Write;
        let keys: Vec<String> = self
            .keys
            .iter()
            .map(|key| match key {
                Key::Int(number) => format!("i{number}"),
                Key::Big(number) => format!("b{number}"),
                Key::Date(date) => format!("d{}", date.format("%F")),
                Key::Id(id) => format!("u{}", id.simple()),
            })
            .collect();
        let text = format!("{}~{}", self.sort, keys.join("~"));
        text.bytes().fold(String::with_capacity(text.len() * 2), |mut hex, byte| {
            // Writing to a String cannot fail.
            let _ = write!(hex, "{byte:02x}");
            hex
        })
    }

    /// A cursor handed out earlier.
    ///
    /// # Errors
    /// `INVALID_INPUT` when it is none of ours.
    pub fn decode(text: &str) -> Result<Cursor, Error> {
        decode(text).ok_or_else(|| {
            Error::with(Code::InvalidInput, "Con trỏ trang không hợp lệ. Lấy lại từ trang đầu.")
        })
    }
}

fn decode(text: &str) -> Option<Cursor> {
    let pairs = text.as_bytes().chunks(2);
    let bytes: Option<Vec<u8>> =
        pairs.map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()).collect();
    let text = String::from_utf8(bytes?).ok()?;
    let mut parts = text.split('~');
    let sort = parts.next()?.to_owned();
    let keys: Option<Vec<Key>> = parts.map(decode_key).collect();
    Some(Cursor { sort, keys: keys? })
}

fn decode_key(text: &str) -> Option<Key> {
    let (kind, value) = text.split_at_checked(1)?;
    match kind {
        "i" => value.parse().ok().map(Key::Int),
        "b" => value.parse().ok().map(Key::Big),
        "d" => NaiveDate::parse_from_str(value, "%F").ok().map(Key::Date),
        "u" => Uuid::parse_str(value).ok().map(Key::Id),
        _ => None,
    }
}

/// Which page is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    count: u64,
    from_end: bool,
    cursor: Option<Cursor>,
}

impl Page {
    /// The first rows, or the rows after a cursor.
    ///
    /// # Errors
    /// `INVALID_INPUT` when none or more than [`MOST`] are asked for.
    pub fn first(count: u64, after: Option<Cursor>) -> Result<Page, Error> {
        Page { count, from_end: false, cursor: after }.checked("first")
    }

    /// The last rows, or the rows before a cursor.
    ///
    /// # Errors
    /// `INVALID_INPUT` when none or more than [`MOST`] are asked for.
    pub fn last(count: u64, before: Option<Cursor>) -> Result<Page, Error> {
        Page { count, from_end: true, cursor: before }.checked("last")
    }

    fn checked(self, field: &str) -> Result<Page, Error> {
        if (1..=MOST).contains(&self.count) {
            return Ok(self);
        }
        let message = format!("Số dòng của một trang phải từ 1 đến {MOST}.");
        Err(Error::with(Code::InvalidInput, message).field(field))
    }

    /// The keys of the cursor, when it belongs to this order.
    fn keys(&self, sort: &Sort) -> Result<Option<&[Key]>, Error> {
        let Some(cursor) = &self.cursor else { return Ok(None) };
        let fits = cursor.sort == sort.name
            && cursor.keys.len() == sort.terms.len()
            && cursor.keys.iter().zip(&sort.terms).all(|(key, term)| kind(*key) == term.kind);
        if fits {
            return Ok(Some(&cursor.keys));
        }
        let message = "Con trỏ trang thuộc một cách sắp xếp khác. Lấy lại từ trang đầu.";
        Err(Error::with(Code::InvalidInput, message))
    }
}

fn kind(key: Key) -> Kind {
    match key {
        Key::Int(_) => Kind::Int,
        Key::Big(_) => Kind::Big,
        Key::Date(_) => Kind::Date,
        Key::Id(_) => Kind::Id,
    }
}

/// A page of a list.
#[derive(Clone, Debug)]
pub struct Slice<T> {
    /// The rows with their cursors, in the order of the list whichever way it was asked for.
    pub rows: Vec<(Cursor, T)>,
    /// Whether there are rows before.
    pub has_previous: bool,
    /// Whether there are rows after.
    pub has_next: bool,
}

/// Asks for a page: one statement.
///
/// # Errors
/// `INVALID_INPUT` for a cursor of another order; otherwise when the database does not answer.
pub async fn slice<E: EntityTrait>(
    db: &impl ConnectionTrait,
    select: Select<E>,
    sort: &Sort,
    page: &Page,
) -> Result<Slice<E::Model>, Error> {
    let turned = if page.from_end { sort.reversed() } else { sort.clone() };
    let mut select = select;
    if let Some(keys) = page.keys(sort)? {
        QueryTrait::query(&mut select).cond_where(turned.after(keys));
    }
    QueryTrait::query(&mut select).limit(page.count + 1);
    let rows = keyed(db, select, &turned).await?;
    Ok(cut(rows, sort, page))
}

/// All rows with their keys, in the order.
pub async fn keyed<E: EntityTrait>(
    db: &impl ConnectionTrait,
    select: Select<E>,
    sort: &Sort,
) -> Result<Vec<(Vec<Key>, E::Model)>, DbErr> {
    let mut select = select;
    for (index, term) in sort.terms.iter().enumerate() {
        let order = match term.direction {
            Direction::Ascending => Order::Asc,
            Direction::Descending => Order::Desc,
        };
        QueryTrait::query(&mut select)
            .expr_as(term.expr.clone(), key_column(index))
            .order_by_expr(term.expr.clone(), order);
    }
    let rows = db.query_all(QueryTrait::as_query(&select)).await?;
    rows.iter().map(|row| Ok((read_keys(row, sort)?, E::Model::from_query_result(row, "")?))).collect()
}

/// A page of rows that are sorted in memory already.
///
/// # Errors
/// `INVALID_INPUT` for a cursor of another order.
pub fn slice_of<T>(mut rows: Vec<(Vec<Key>, T)>, sort: &Sort, page: &Page) -> Result<Slice<T>, Error> {
    let keys = page.keys(sort)?;
    let turned = if page.from_end { sort.reversed() } else { sort.clone() };
    rows.sort_by(|(one, _), (other, _)| turned.compare(one, other));
    rows.retain(|(row, _)| keys.is_none_or(|keys| turned.compare(row, keys) == Ordering::Greater));
    Ok(cut(rows, sort, page))
}

/// One row more than asked for says that there are more.
fn cut<T>(mut rows: Vec<(Vec<Key>, T)>, sort: &Sort, page: &Page) -> Slice<T> {
    let count = usize::try_from(page.count).unwrap_or(usize::MAX);
    let more = rows.len() > count;
    rows.truncate(count);
    if page.from_end {
        rows.reverse();
    }
    let came_from = page.cursor.is_some();
    let rows = rows.into_iter().map(|(keys, row)| (Cursor::of(sort, keys), row)).collect();
    let (has_previous, has_next) = if page.from_end { (more, came_from) } else { (came_from, more) };
    Slice { rows, has_previous, has_next }
}

fn key_column(index: usize) -> String {
    format!("sort_key_{index}")
}

fn read_keys(row: &QueryResult, sort: &Sort) -> Result<Vec<Key>, DbErr> {
    let read = |(index, term): (usize, &Term)| {
        let column = key_column(index);
        match term.kind {
            Kind::Int => row.try_get("", &column).map(Key::Int),
            Kind::Big => row.try_get("", &column).map(Key::Big),
            Kind::Date => row.try_get("", &column).map(Key::Date),
            Kind::Id => row.try_get("", &column).map(Key::Id),
        }
    };
    sort.terms.iter().enumerate().map(read).collect()
}

#[cfg(test)]
mod tests;
