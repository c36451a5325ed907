//! Lists as pages: edges with cursors, whether there is more, and how many there are in all (counted only when asked).
//! The pages themselves are made by `store::page`.

use std::borrow::Cow;

use async_graphql::{Object, OutputType, SimpleObject, TypeName};
use futures_util::future::BoxFuture;

use super::error::{Failure, Result};
use super::limits;
use crate::store::page::{Cursor, Page, Slice};

/// The four arguments of every list.
#[derive(Clone, Debug, Default)]
pub(crate) struct Paging {
    /// The first so many.
    pub(crate) first: Option<i32>,
    /// After this cursor.
    pub(crate) after: Option<String>,
    /// The last so many.
    pub(crate) last: Option<i32>,
    /// Before this cursor.
    pub(crate) before: Option<String>,
}

impl Paging {
    /// The page asked for.
    ///
    /// # Errors
    /// Sizes outside 1 to 100, both ends at once, cursors that are none of ours.
    pub(crate) fn page(self) -> Result<Page> {
        let Paging { first, after, last, before } = self;
        let cursor = |text: Option<String>| text.map(|text| Cursor::decode(&text)).transpose();
        let page = match (first, after, last, before) {
            (first, after, None, None) => Page::first(size(first, "first")?, cursor(after)?),
            (None, None, last, before) => Page::last(size(last, "last")?, cursor(before)?),
            _ => {
                let message = "Dùng first với after, hoặc last với before; không dùng cả hai.";
                return Err(Failure::input("first", message));
            }
        };
        Ok(page?)
    }
}

/// A page size as a number that cannot be negative.
fn size(given: Option<i32>, field: &str) -> Result<u64> {
    match given {
        None => Ok(limits::PAGE_DEFAULT as u64),
        Some(size) => u64::try_from(size).map_err(|_| too_many(field)),
    }
}

/// The size of a list without pages, from its argument `first`.
///
/// # Errors
/// Sizes outside 1 to 100.
pub(crate) fn short(first: Option<i32>) -> Result<u64> {
    let size = size(first, "first")?;
    if (1..=limits::PAGE as u64).contains(&size) { Ok(size) } else { Err(too_many("first")) }
}

fn too_many(field: &str) -> Failure {
    Failure::input(field, format!("Số dòng của một trang phải từ 1 đến {}.", limits::PAGE))
}

/// Counts the whole list, when somebody asks.
pub(crate) type Count = Box<dyn Fn() -> BoxFuture<'static, Result<u64>> + Send + Sync>;

/// A page of a list of `N`.
pub(crate) struct Connection<N> {
    edges: Vec<Edge<N>>,
    has_previous: bool,
    has_next: bool,
    count: Count,
}

impl<N> Connection<N> {
    /// A page of rows, each wrapped.
    pub(crate) fn new<T>(slice: Slice<T>, wrap: impl Fn(T) -> N, count: Count) -> Connection<N> {
        let edge = |(cursor, row): (Cursor, T)| Edge { cursor: cursor.encode(), node: wrap(row) };
        Connection {
            edges: slice.rows.into_iter().map(edge).collect(),
            has_previous: slice.has_previous,
            has_next: slice.has_next,
            count,
        }
    }
}

impl<N: OutputType> TypeName for Connection<N> {
    fn type_name() -> Cow<'static, str> {
        format!("{}Connection", <N as OutputType>::type_name()).into()
    }
}

/// A page of a list (một trang của danh sách).
#[Object(name_type)]
impl<N: OutputType> Connection<N> {
    /// The rows of this page with their cursors (các dòng của trang).
    async fn edges(&self) -> &[Edge<N>] {
        &self.edges
    }

    /// Where this page lies in the list (vị trí của trang).
    async fn page_info(&self) -> PageInfo {
        PageInfo {
            has_previous_page: self.has_previous,
            has_next_page: self.has_next,
            start_cursor: self.edges.first().map(|edge| edge.cursor.clone()),
            end_cursor: self.edges.last().map(|edge| edge.cursor.clone()),
        }
    }

    /// How many rows the whole list has; counted only when asked for (tổng số dòng).
    async fn total_count(&self) -> Result<u64> {
        (self.count)().await
    }
}

/// A row and its place.
pub(crate) struct Edge<N> {
    cursor: String,
    node: N,
}

impl<N: OutputType> TypeName for Edge<N> {
    fn type_name() -> Cow<'static, str> {
        format!("{}Edge", <N as OutputType>::type_name()).into()
    }
}

/// A row of a page with its place in the list (một dòng của trang).
#[Object(name_type)]
impl<N: OutputType> Edge<N> {
    /// The place of this row; give it to `after` or `before` (con trỏ).
    async fn cursor(&self) -> &str {
        &self.cursor
    }

    /// The row itself (nội dung dòng).
    async fn node(&self) -> &N {
        &self.node
    }
}

/// Where a page lies in its list (vị trí của trang trong danh sách).
#[derive(SimpleObject)]
pub(crate) struct PageInfo {
    /// Whether there are rows before this page (có trang trước).
    has_previous_page: bool,
    /// Whether there are rows after this page (có trang sau).
    has_next_page: bool,
    /// The cursor of the first row (con trỏ dòng đầu).
    start_cursor: Option<String>,
    /// The cursor of the last row (con trỏ dòng cuối).
    end_cursor: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_asked_for_from_one_end_only_and_with_a_size_from_1_to_100() {
        let paging = |first, last| Paging { first, last, ..Paging::default() };
        for (asked, good) in [
            (paging(None, None), true),
            (paging(Some(1), None), true),
            (paging(Some(100), None), true),
            (paging(None, Some(100)), true),
            (paging(Some(0), None), false),
            (paging(Some(101), None), false),
            (paging(Some(-1), None), false),
            (paging(None, Some(-1)), false),
            (paging(Some(1), Some(1)), false),
            (Paging { first: Some(1), before: Some("00".into()), ..Paging::default() }, false),
            (Paging { after: Some("00".into()), before: Some("00".into()), ..Paging::default() }, false),
            (Paging { after: Some("not ours".into()), ..Paging::default() }, false),
        ] {
            assert_eq!(asked.clone().page().is_ok(), good, "{asked:?}");
        }
    }
}
