//! The test app: a fresh seeded database, a fixed clock, tokens for every role, and on demand a real server on a real
//! port. It ends with the test and leaves nothing behind.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use chrono::{Days, NaiveDate};
use giaoban::app::App;
use giaoban::auth::secret::Secret;
use giaoban::clock::Clock;
use giaoban::domain::access::{Caller, Role};
use giaoban::entities::token;
use giaoban::http;
use giaoban::store;
use giaoban::workbook::sandbox::{Reader, Settings};
use tokio::sync::oneshot;
use uuid::Uuid;

use super::database::{Content, Kind, TestDatabase};

/// What day it is in every test.
pub(crate) fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2020, 4, 30).unwrap()
}

/// A reader whose children are the built program (the running program is the test itself).
pub(crate) fn reader() -> Reader {
    let program = Some(env!("CARGO_BIN_EXE_giaoban").into());
    Reader::new(Settings { program, ..Settings::default() })
}

/// The app of one test.
pub(crate) struct TestApp {
    /// The program put together, as every door is handed it.
    pub(crate) app: App,
    /// Held so that it goes with the app.
    database: TestDatabase,
    statements: Arc<Mutex<Vec<String>>>,
}

impl TestApp {
    /// A fresh app, or `None` where PostgreSQL is missing.
    pub(crate) async fn new(kind: Kind) -> Option<TestApp> {
        let database = TestDatabase::new(kind, Content::Seeds).await?;
        let mut opened = database.open().await;
        let statements = Arc::new(Mutex::new(Vec::new()));
        let noted = Arc::clone(&statements);
        opened.on_statement(move |info| noted.lock().unwrap().push(info.statement.sql.clone()));
        let mut app = App::new(opened, Clock::fixed_on(today()), database.config.clone());
        app.reader = reader();
        Some(TestApp { app, database, statements })
    }

    /// The database and its settings, for another process or another connection.
    pub(crate) fn database(&self) -> &TestDatabase {
        &self.database
    }

    /// The unit with this code or abbreviation.
    pub(crate) async fn unit(&self, code: &str) -> Uuid {
        let found = store::unit::by_code_or_alias(self.app.database.reader(), code).await.unwrap();
        found.unwrap_or_else(|| panic!("no unit {code}")).id
    }

    /// A caller of this role, for verbs called without a door. Codes only for the role `unit`.
    pub(crate) async fn caller(&self, role: Role, codes: &[&str]) -> Caller {
        let mut units = BTreeSet::new();
        for code in codes {
            units.insert(self.unit(code).await);
        }
        Caller { name: format!("test-{role}"), user_id: None, role, units }
    }

    /// An access token of this role. Codes only for the role `unit`.
    pub(crate) async fn token(&self, role: Role, codes: &[&str]) -> String {
        let caller = self.caller(role, codes).await;
        let secret = Secret::token().unwrap();
        let created_at = self.app.clock.now();
        let row = token::Model {
            id: Uuid::now_v7(),
            label: caller.name,
            token_hash: secret.hash(),
            role,
            user_id: None,
            created_at,
            expires_at: created_at + Days::new(1),
            revoked_at: None,
            last_used_at: None,
        };
        store::caller::insert_token(self.app.database.writer(), row, &caller.units).await.unwrap();
        secret.reveal().to_owned()
    }

    /// Starts a server of this app on a free port.
    pub(crate) async fn serve(&self) -> Server {
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let (stop, stopped) = oneshot::channel::<()>();
        let (router, config) = (http::router(self.app.clone()), Arc::clone(&self.app.config));
        tokio::spawn(async move {
            let stopped = async {
                // Dropping the sender is the order to stop.
                let _ = stopped.await;
            };
            http::server::serve(listener, router, &config.server, stopped).await.unwrap();
        });
        Server { url, client: reqwest::Client::new(), _stop: stop }
    }

    /// What the work gives, and the SQL statements that it sent.
    pub(crate) async fn statements<T>(&self, work: impl Future<Output = T>) -> (T, Vec<String>) {
        self.statements.lock().unwrap().clear();
        let answer = work.await;
        (answer, std::mem::take(&mut self.statements.lock().unwrap()))
    }

    async fn end(self) {
        self.app.database.clone().close().await.unwrap();
        self.database.remove().await;
    }
}

/// A running server; it stops when this is dropped.
pub(crate) struct Server {
    /// `http://127.0.0.1:PORT`.
    pub(crate) url: String,
    /// A client without a token.
    pub(crate) client: reqwest::Client,
    _stop: oneshot::Sender<()>,
}

impl Server {
    /// A GET with this token.
    pub(crate) fn get(&self, path: &str, token: &str) -> reqwest::RequestBuilder {
        self.client.get(format!("{}{path}", self.url)).bearer_auth(token)
    }

    /// A POST with this token.
    pub(crate) fn post(&self, path: &str, token: &str) -> reqwest::RequestBuilder {
        self.client.post(format!("{}{path}", self.url)).bearer_auth(token)
    }

    /// The `data` of a GraphQL answer; panics on errors.
    pub(crate) async fn graphql(&self, query: &str, token: &str) -> serde_json::Value {
        let body = serde_json::json!({ "query": query });
        let answer = self.post("/graphql", token).json(&body).send().await.unwrap();
        let mut answer: serde_json::Value = answer.json().await.unwrap();
        assert!(answer.get("errors").is_none(), "{query}: {answer}");
        answer["data"].take()
    }
}

/// Runs a case on both databases, each time with a fresh app.
pub(crate) async fn on_both(case: impl AsyncFn(&TestApp)) {
    for kind in [Kind::Sqlite, Kind::Postgres] {
        super::database::say(kind);
        if let Some(app) = TestApp::new(kind).await {
            case(&app).await;
            app.end().await;
        }
    }
}
