//! Who said or decided something, and when: shown where two sides meet.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde_json::{Value as Json, json};

/// Who, and when it was recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Author {
    /// Name of the caller.
    pub name: Arc<str>,
    /// The moment.
    pub at: DateTime<Utc>,
}

impl Author {
    /// As plans show it.
    pub fn json(&self) -> Json {
        json!({ "by": self.name, "at": self.at.to_rfc3339() })
    }
}
