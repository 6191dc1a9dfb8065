//! The audit file without a window: `audit verify FILE` and `audit export --data DIR --from DAY --to DAY --out FILE`.
//!
//! Exit codes of `verify`: 0 intact; 1 broken, naming the first bad entry; 2 not readable as an audit file.

use anyhow::Context;
use audit::VerifyError;
use chrono::{NaiveDate, Utc};
use clap::{Parser, Subcommand};
use desk::export::{self, Span};
use indicatif::{ProgressBar, ProgressStyle};
use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use store::{Key, Store};

#[derive(Parser)]
#[command(version, about = "Writes and verifies the audit file of a review desk")]
struct Arguments {
    #[command(subcommand)]
    action: Action,
}

#[derive(Subcommand)]
enum Action {
    /// Check that a file is what was exported: exit code 0 intact, 1 broken, 2 unreadable
    Verify { file: PathBuf },
    /// Write what happened at a desk from one day to another, both included (Asia/Shanghai)
    Export {
        /// Folder that holds desk.db and desk.key
        #[arg(long)]
        data: PathBuf,
        /// YYYY-MM-DD
        #[arg(long)]
        from: NaiveDate,
        /// YYYY-MM-DD
        #[arg(long)]
        to: NaiveDate,
        #[arg(long)]
        out: PathBuf,
    },
}

#[tokio::main]
async fn main() -> ExitCode {
    match Arguments::parse().action {
        Action::Verify { file } => verify(&file),
        Action::Export { data, from, to, out } => match write(&data, from, to, &out).await {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                eprintln!("audit: {error:#}");
                ExitCode::from(2)
            }
        },
    }
}

fn verify(path: &Path) -> ExitCode {
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) => {
            eprintln!("audit: {}: {error}", path.display());
            return ExitCode::from(2);
        }
    };
    let bar = bar(
        file.metadata().map_or(0, |meta| meta.len()),
        "{bar:40} {bytes}/{total_bytes}",
    );
    let outcome = audit::verify(BufReader::new(bar.wrap_read(file)));
    bar.finish_and_clear();
    match outcome {
        Ok(verified) => {
            let about = verified.about;
            println!(
                "intact: {} to {}, {} entries, {} decisions, head {}",
                about.from, about.to, about.entries, about.decisions, verified.head
            );
            ExitCode::SUCCESS
        }
        Err(VerifyError::Broken(broken)) => {
            println!("broken: {broken}");
            ExitCode::from(1)
        }
        Err(error) => {
            eprintln!("audit: {}: {error}", path.display());
            ExitCode::from(2)
        }
    }
}

async fn write(data: &Path, from: NaiveDate, to: NaiveDate, out: &Path) -> anyhow::Result<()> {
    let database = data.join("desk.db");
    anyhow::ensure!(database.exists(), "{} holds no desk.db", data.display());
    let key = Key::open(&data.join("desk.key")).context("the desk's key")?;
    let store = Store::open(&database, &key).await.context("the desk's store")?;
    let bar = bar(0, "{bar:40} {pos}/{len} entries");
    let shown = bar.clone();
    let span = Span {
        from,
        to,
        exported_at: Utc::now(),
    };
    let progress = move |done, all| {
        shown.set_length(all);
        shown.set_position(done);
        true
    };
    let written = export::write(&store, span, out, progress)
        .await
        .context("the audit file")?;
    bar.finish_and_clear();
    store.close().await;
    println!(
        "{}: {} decisions, {} bytes, head {}",
        written.path, written.decisions, written.bytes, written.head
    );
    Ok(())
}

/// Shows itself on a terminal only.
fn bar(length: u64, template: &str) -> ProgressBar {
    let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::new(length).with_style(style)
}
