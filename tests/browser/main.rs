//! The desk behind a browser in place of its window: the page, the commands and the photos of the very program, on a
//! runtime of tauri's that draws nothing, over HTTP on the loopback. For the specs in `ui/tests`; no part of the product.
//!
//! It prints one line of JSON with the page's address once the demo's queue is filled, and ends when its standard input
//! does. The address holds a random token, without which nothing is answered. Time stands still until it is moved.

mod serve;

use anyhow::Context;
use clap::Parser;
use photo_review_desk::parts::{Arguments, Running, World, context, furnished, open};
use std::io::Read;
use std::net::SocketAddr;
use std::sync::{Arc, OnceLock};
use tauri::Manager;
use tests::backend::TestClock;
use tests::line::Line;

#[derive(Parser)]
struct Wanted {
    #[command(flatten)]
    desk: Arguments,
    /// What the time is.
    #[arg(long, default_value = "2026-11-25T10:00:00+08:00")]
    at: chrono::DateTime<chrono::FixedOffset>,
}

fn main() -> anyhow::Result<()> {
    let wanted = Wanted::parse();
    let clock = TestClock::at(wanted.at.to_utc());
    let line = Arc::new(OnceLock::new());
    let world = World {
        clock: clock.clock(),
        line: Box::new({
            let line = Arc::clone(&line);
            move |url| laid(&line, &url).unwrap_or(url)
        }),
    };
    let mut app = furnished(tauri::test::mock_builder()).build(context())?;
    let window = open(&mut app, &wanted.desk, world)?;
    let served = serve::Served {
        app: app.handle().clone(),
        window,
        clock,
        line,
        data: wanted.desk.data.context("--data is missing")?,
        token: uuid::Uuid::new_v4().simple().to_string(),
    };
    tauri::async_runtime::block_on(async {
        let running = app.state::<Running>();
        running.filled().await;
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
        let url = format!("http://{}/?token={}", listener.local_addr()?, served.token);
        println!("{}", serde_json::json!({ "url": url }));
        let router = serve::router(served);
        tauri::async_runtime::spawn(async move { axum::serve(listener, router).await });
        tokio::task::spawn_blocking(|| std::io::stdin().read_to_end(&mut Vec::new())).await??;
        running.stop().await;
        Ok(())
    })
}

/// The way from the desk to its backend, that a test may cut.
fn laid(line: &OnceLock<Line>, url: &str) -> anyhow::Result<String> {
    let backend: SocketAddr = url
        .strip_prefix("http://")
        .context("no address of this machine")?
        .parse()?;
    Ok(line.get_or_init(|| Line::to(backend)).url())
}
