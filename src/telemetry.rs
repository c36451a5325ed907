//! Structured logs with request ids, never with cell contents; counters for /metrics.
