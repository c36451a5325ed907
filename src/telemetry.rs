//! Structured logs with request ids, never with cell contents; counters for /metrics.

use std::time::Duration;

use prometheus_client::encoding::{EncodeLabelSet, text};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;
use tracing_subscriber::EnvFilter;

use crate::config::{Log, LogFormat};

/// Starts the log of this process, on standard error (standard output belongs to results).
///
/// # Errors
/// When the filter cannot be read, or a log was already started.
pub fn start(log: &Log) -> anyhow::Result<()> {
    let filter = EnvFilter::try_new(&log.filter)?;
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    let started = match log.format {
        LogFormat::Pretty => builder.with_target(false).try_init(),
        LogFormat::Json => builder.json().flatten_event(true).try_init(),
    };
    started.map_err(|error| anyhow::anyhow!(error))
}

/// What one answered request is counted under. The route is the pattern (`/imports/{id}`), never the path, so that
/// the number of series stays small.
#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct RequestLabels {
    method: String,
    route: String,
    status: u16,
}

/// What one import is counted under.
#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct ImportLabels {
    outcome: String,
}

/// The counters of one server.
#[derive(Debug)]
pub struct Metrics {
    registry: Registry,
    requests: Family<RequestLabels, Counter>,
    seconds: Histogram,
    under_way: Gauge,
    imports: Family<ImportLabels, Counter>,
}

impl Default for Metrics {
    fn default() -> Metrics {
        let mut registry = Registry::with_prefix("giaoban");
        let requests = Family::default();
        registry.register("http_requests", "Answered HTTP requests", requests.clone());
        let seconds = Histogram::new([0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0]);
        registry.register("http_request_seconds", "Time to answer an HTTP request", seconds.clone());
        let under_way = Gauge::default();
        registry.register("http_requests_under_way", "HTTP requests being answered", under_way.clone());
        let imports = Family::default();
        registry.register("imports", "Uploads by what became of them, refusals by code", imports.clone());
        Metrics { registry, requests, seconds, under_way, imports }
    }
}

impl Metrics {
    /// Counts a request in; dropping the guard counts it out, also when the client went away.
    pub fn begin(&self) -> UnderWay {
        self.under_way.inc();
        UnderWay(self.under_way.clone())
    }

    /// Counts an answered request.
    pub fn answered(&self, method: &str, route: &str, status: u16, took: Duration) {
        let labels = RequestLabels { method: method.to_owned(), route: route.to_owned(), status };
        self.requests.get_or_create(&labels).inc();
        self.seconds.observe(took.as_secs_f64());
    }

    /// Counts an upload: `planned`, `committed`, or the code of the refusal.
    pub fn import(&self, outcome: &str) {
        self.imports.get_or_create(&ImportLabels { outcome: outcome.to_owned() }).inc();
    }

    /// The counters in the OpenMetrics text form.
    ///
    /// # Errors
    /// When a counter cannot be written, which would be our fault.
    pub fn text(&self) -> Result<String, std::fmt::Error> {
        let mut text = String::new();
        text::encode(&mut text, &self.registry)?;
        Ok(text)
    }
}

/// A request under way.
#[derive(Debug)]
pub struct UnderWay(Gauge);

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.0.dec();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counters_show_route_patterns_and_end_with_the_mark_of_openmetrics() {
        let metrics = Metrics::default();
        let guard = metrics.begin();
        metrics.answered("GET", "/imports/{id}", 404, Duration::from_millis(3));
        metrics.import("file_empty");
        let text = metrics.text().unwrap();
        drop(guard);
        for line in [
            r#"giaoban_http_requests_total{method="GET",route="/imports/{id}",status="404"} 1"#,
            "giaoban_http_requests_under_way 1",
            r#"giaoban_imports_total{outcome="file_empty"} 1"#,
            "# EOF",
        ] {
            assert!(text.contains(line), "{line} is not in\n{text}");
        }
        assert!(metrics.text().unwrap().contains("giaoban_http_requests_under_way 0"));
    }
}
