//! What a single request may ask for: every limit of the GraphQL door, by name. They are checked in this order: body,
//! tokens and brackets (`tokens`), shape (`shape`), cost (the schema's complexity), page sizes (`connection`).

/// Largest body of a request, in bytes. The longest query of ours is 4 KB; filter lists are bounded below.
pub const BODY_BYTES: usize = 256 * 1024;

/// Most tokens of a query text, before it is parsed.
pub const TOKENS: usize = 5_000;

/// Most brackets open at the same time in a query text: the parser and the validator call themselves.
pub const OPEN_BRACKETS: usize = 60;

/// Fields below each other in a query: `assignments { edges { node { task { children { assignments ...`.
pub const DEPTH: usize = 16;

/// Fields below each other in an introspection: the usual one asks for nine `ofType` in a row.
pub const INTROSPECTION_DEPTH: usize = 20;

/// Fields of a query after every fragment has been put in its place.
pub const FIELDS: usize = 2_000;

/// Fields of an introspection after every fragment has been put in its place.
pub const INTROSPECTION_FIELDS: usize = 1_000;

/// Aliases of a query after every fragment has been put in its place.
pub const ALIASES: usize = 100;

/// Fragments defined by a document.
pub const FRAGMENTS: usize = 50;

/// Operations defined by a document.
pub const OPERATIONS: usize = 20;

/// Directives at one field, fragment or operation.
pub const DIRECTIVES: usize = 5;

/// Cost of a query: every field costs one, a list costs its children times the page asked for.
pub const COMPLEXITY: usize = 60_000;

/// Rows of a page at most.
pub const PAGE: usize = 100;

/// Rows of a page when nobody says.
pub const PAGE_DEFAULT: usize = 20;

/// What a list without pages costs per child: fields of a notice, children of a task, rows of the statistics.
pub const SHORT_LIST: usize = 20;

/// What the rows of the statistics cost: 63 departments and the units of the ministry.
pub const STATISTICS_ROWS: usize = 110;

/// What planning an import costs: all its rows are compared with the store. So a query holds at most a dozen plans.
pub const PLAN: usize = 5_000;

/// Values of one list in a filter.
pub const FILTER_VALUES: usize = 200;

/// Characters of a text that is searched for.
pub const SEARCH_CHARS: usize = 200;

/// Streams of answers (subscriptions) open at the same time.
pub const STREAMS: usize = 100;

/// Seconds after which a stream is completed; the client may open it again.
pub const STREAM_SECONDS: u64 = 900;

/// Rows that one page of a connection may cost, from its arguments. Wrong sizes are refused by the resolver; here
/// they only must not make a query look cheap.
pub fn page_cost(first: Option<i32>, last: Option<i32>) -> usize {
    let asked = first.or(last).and_then(|size| usize::try_from(size).ok());
    asked.unwrap_or(PAGE_DEFAULT).clamp(1, PAGE)
}
