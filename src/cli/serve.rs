//! `serve`: the HTTP server.

use anyhow::Context;
use clap::Args;
use tokio::net::TcpListener;

use super::exit::Exit;
use super::place::{Place, prepared};
use super::print;
use crate::app::App;
use crate::http;
use crate::telemetry;

/// Chạy máy chủ HTTP và GraphQL
#[derive(Debug, Args)]
pub(crate) struct Serve {
    /// Địa chỉ và cổng (nếu không nêu: 127.0.0.1:8080)
    #[arg(long, value_name = "ĐỊA_CHỈ")]
    listen: Option<String>,
    #[command(flatten)]
    place: Place,
}

impl Serve {
    /// Serves until Ctrl-C.
    ///
    /// # Errors
    /// When the address is taken or the database out of reach.
    pub(crate) async fn run(&self) -> anyhow::Result<Exit> {
        let mut config = self.place.settings()?;
        if let Some(listen) = &self.listen {
            config.server.listen.clone_from(listen);
        }
        telemetry::start(&config.log)?;
        let listener = listen(&config.server.listen).await?;
        let app = prepared(App::open(config).await?).await?;
        print::aside(&format!("Giao Ban phục vụ tại http://{} (Ctrl-C để dừng)", listener.local_addr()?));
        until_stopped(app, listener).await?;
        Ok(Exit::Done)
    }
}

/// Binds the address.
///
/// # Errors
/// When it is taken or not ours.
pub(crate) async fn listen(address: &str) -> anyhow::Result<TcpListener> {
    TcpListener::bind(address).await.with_context(|| format!("không mở được cổng {address}"))
}

/// Serves until the process is told to stop, then closes the database in order.
///
/// # Errors
/// When the server fails.
pub(crate) async fn until_stopped(app: App, listener: TcpListener) -> anyhow::Result<()> {
    let router = http::router(app.clone());
    http::server::serve(listener, router, &app.config.server, http::server::told_to_stop()).await?;
    tracing::info!("stopped");
    app.database.close().await?;
    Ok(())
}
