//! The collection backend as a program: serves, imports photos, adds accounts. Reads the system clock and the command
//! line; everything else is the library's.

use anyhow::{Context, bail};
use backend::import::{self, Outcome, Step, USUAL_PROFILE};
use backend::storage::batches::Batch;
use backend::{Clock, Config, Kept, accounts, serve};
use chrono::{DateTime, TimeDelta, Utc};
use clap::{Args, Parser, Subcommand, ValueEnum};
use domain::{BatchCode, Role};
use indicatif::{ProgressBar, ProgressStyle};
use std::io::{BufRead, IsTerminal, Write, stdin, stdout};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio::signal::unix::{SignalKind, signal};
use tracing_subscriber::EnvFilter;

/// The reference collection backend: keeps photos, leases them to reviewers, applies decisions, tells the students.
#[derive(Parser)]
#[command(version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Answer desks; the first line printed says where. Ends at Ctrl-C or SIGTERM.
    Serve {
        #[arg(long, default_value = "127.0.0.1:0")]
        listen: SocketAddr,
        #[command(flatten)]
        place: Place,
        /// Deliver the students' messages to an inbox page, whose address is printed.
        #[arg(long)]
        inbox: bool,
        #[arg(long, default_value_t = 15, value_parser = clap::value_parser!(u16).range(1..=1440))]
        lease_minutes: u16,
        /// Your own reason catalogue (JSON) instead of the one that comes along.
        #[arg(long)]
        reasons: Option<PathBuf>,
        /// Your own working calendar (JSON) instead of the one that comes along.
        #[arg(long)]
        calendar: Option<PathBuf>,
    },
    /// Queue the JPEG and PNG files of a folder, or of every folder that a list of batches names.
    #[command(group(clap::ArgGroup::new("what").required(true).args(["batch", "batches"])))]
    Import {
        #[command(flatten)]
        place: Place,
        /// The batch code (特征码) that the photos belong to; made where it is new.
        #[arg(long, requires = "dir")]
        batch: Option<String>,
        #[arg(long, default_value = "")]
        school: String,
        #[arg(long, default_value = "")]
        title: String,
        #[arg(long, default_value = USUAL_PROFILE)]
        profile: String,
        /// A list of batches: [{"code", "school", "title", "folder"}], folders relative to it.
        #[arg(long, conflicts_with = "dir")]
        batches: Option<PathBuf>,
        dir: Option<PathBuf>,
    },
    /// Keep the JPEG and PNG files of a folder as known photos, such as those of the entrance: nobody reviews them, and the
    /// same shot handed in later is found to be theirs.
    ImportKnown {
        #[command(flatten)]
        place: Place,
        /// A code for them, as batches have; made where it is new.
        #[arg(long)]
        batch: String,
        #[arg(long, default_value = "")]
        school: String,
        #[arg(long, default_value = "")]
        title: String,
        /// What `analyzer check --json` printed of the folder.
        #[arg(long, value_name = "FILE")]
        prints: PathBuf,
        dir: PathBuf,
    },
    /// Who may sign in.
    Account {
        #[command(subcommand)]
        command: AccountCommand,
    },
}

#[derive(Args)]
struct Place {
    /// sqlite:PATH or postgres://USER@HOST/NAME
    #[arg(long)]
    database: String,
    /// The folder that holds the photos.
    #[arg(long)]
    photos: PathBuf,
}

#[derive(Subcommand)]
enum AccountCommand {
    /// Add an account; its password is read from a file, or else from the first line of the input.
    Add {
        #[arg(long)]
        database: String,
        username: String,
        #[arg(long)]
        role: RoleName,
        /// What colleagues call the person; the user name where it is absent.
        #[arg(long)]
        display_name: Option<String>,
        #[arg(long)]
        password_file: Option<PathBuf>,
    },
    /// List the accounts.
    List {
        #[arg(long)]
        database: String,
    },
}

#[derive(Clone, Copy, ValueEnum)]
enum RoleName {
    Reviewer,
    Supervisor,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .init();
    match Cli::parse().command {
        Command::Serve {
            listen,
            place,
            inbox,
            lease_minutes,
            reasons,
            calendar,
        } => {
            let lease = TimeDelta::minutes(i64::from(lease_minutes));
            let Place { database, photos } = place;
            run(Config {
                listen,
                database,
                photos,
                inbox,
                lease,
                reasons,
                calendar,
            })
            .await
        }
        Command::Import {
            place,
            batch,
            school,
            title,
            profile,
            batches,
            dir,
        } => {
            let kept = Kept::open(&place.database, &place.photos).await?;
            let named = batch.map(|code| Batch {
                code: BatchCode(code),
                school,
                title,
                profile,
            });
            import_photos(&kept, named, dir.as_deref(), batches.as_deref()).await?;
            kept.database.close().await;
            Ok(())
        }
        Command::ImportKnown {
            place,
            batch,
            school,
            title,
            prints,
            dir,
        } => {
            let kept = Kept::open(&place.database, &place.photos).await?;
            let batch = Batch {
                code: BatchCode(batch),
                school,
                title,
                profile: USUAL_PROFILE.to_owned(),
            };
            import_known(&kept, &batch, &dir, &prints).await?;
            kept.database.close().await;
            Ok(())
        }
        Command::Account { command } => account(command).await,
    }
}

fn now() -> DateTime<Utc> {
    Utc::now()
}

async fn run(config: Config) -> anyhow::Result<()> {
    let clock: Clock = Arc::new(now);
    let running = serve(config, clock).await?;
    println!("listening on {}", running.url());
    if let Some(inbox) = &running.inbox_url {
        println!("inbox {inbox}");
    }
    stdout().flush()?;
    let mut terminate = signal(SignalKind::terminate())?;
    tokio::select! {
        interrupted = tokio::signal::ctrl_c() => interrupted?,
        _ = terminate.recv() => {}
    }
    running.shutdown().await;
    Ok(())
}

async fn import_photos(
    kept: &Kept,
    batch: Option<Batch>,
    dir: Option<&Path>,
    list: Option<&Path>,
) -> anyhow::Result<()> {
    let bar = bar()?;
    let mut progress = |step: Step<'_>| show(&bar, &step);
    let imported = match (batch, dir, list) {
        (Some(batch), Some(dir), _) => import::folder(kept, &batch, dir, now(), &mut progress).await?,
        (_, _, Some(list)) => import::batches(kept, list, now(), &mut progress).await?,
        _ => bail!("name a batch and a folder, or a list of batches"),
    };
    bar.finish_and_clear();
    println!(
        "{} queued, {} were here already, {} skipped",
        imported.queued, imported.already_here, imported.skipped
    );
    Ok(())
}

async fn import_known(kept: &Kept, batch: &Batch, dir: &Path, prints: &Path) -> anyhow::Result<()> {
    let bar = bar()?;
    let mut progress = |step: Step<'_>| show(&bar, &step);
    let imported = import::known(kept, batch, dir, prints, now(), &mut progress).await?;
    bar.finish_and_clear();
    println!(
        "{} known, {} were here already, {} skipped",
        imported.queued, imported.already_here, imported.skipped
    );
    Ok(())
}

fn bar() -> anyhow::Result<ProgressBar> {
    Ok(ProgressBar::no_length().with_style(ProgressStyle::with_template("{bar:32} {pos}/{len} {msg}")?))
}

fn show(bar: &ProgressBar, step: &Step<'_>) {
    bar.set_length(step.total as u64);
    bar.set_position(step.done as u64);
    bar.set_message(step.batch.to_string());
    if let Some(why) = skipped(step.outcome) {
        bar.suspend(|| println!("{}: {why}", step.file));
    }
}

fn skipped(outcome: &Outcome) -> Option<String> {
    match outcome {
        Outcome::Queued | Outcome::AlreadyHere => None,
        Outcome::StudentWaits => Some("skipped, the student has a photo waiting".to_owned()),
        Outcome::NotAPhoto => Some("skipped, neither JPEG nor PNG".to_owned()),
        Outcome::TooLarge => Some("skipped, too large".to_owned()),
        Outcome::Unreadable(kind) => Some(format!("skipped, {kind}")),
        Outcome::NoPrint => Some("skipped, the list holds no fingerprint of it".to_owned()),
        Outcome::Missing => Some("named in students.csv, but not in the folder".to_owned()),
    }
}

async fn account(command: AccountCommand) -> anyhow::Result<()> {
    match command {
        AccountCommand::Add {
            database,
            username,
            role,
            display_name,
            password_file,
        } => {
            let password = password(password_file.as_deref())?;
            let role = match role {
                RoleName::Reviewer => Role::Reviewer,
                RoleName::Supervisor => Role::Supervisor,
            };
            let database = backend::storage::Database::open(&database).await?;
            let display_name = display_name.as_deref().unwrap_or(&username);
            let account = accounts::add(&database, &username, display_name, role, &password, now()).await?;
            println!("added {} as {}", account.username, account.role.as_str());
            database.close().await;
        }
        AccountCommand::List { database } => {
            let database = backend::storage::Database::open(&database).await?;
            for account in accounts::all(&database).await? {
                println!(
                    "{}\t{}\t{}",
                    account.username,
                    account.role.as_str(),
                    account.display_name
                );
            }
            database.close().await;
        }
    }
    Ok(())
}

/// The first line; what is typed shows, so a file or a pipe is the better way.
fn password(file: Option<&Path>) -> anyhow::Result<String> {
    let text = match file {
        Some(file) => std::fs::read_to_string(file).with_context(|| format!("{} can't be read", file.display()))?,
        None => {
            if stdin().is_terminal() {
                eprint!("password (it will show): ");
            }
            let mut line = String::new();
            stdin().lock().read_line(&mut line)?;
            line
        }
    };
    Ok(text.lines().next().unwrap_or_default().to_owned())
}
