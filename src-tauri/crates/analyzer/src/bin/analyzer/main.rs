//! `analyzer check`: the analyzer at the command line. Reads the files; all judgement is the library's.

mod files;
mod known;
mod overlay;
mod words;

use std::collections::BTreeMap;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::{env, fs, thread};

use analyzer::profiles::ALL;
use analyzer::report::Status;
use analyzer::{Analyzer, Models, Profile};
use anyhow::{Context, Result};
use clap::{Parser, Subcommand};
use indicatif::{ProgressBar, ProgressStyle};
use known::Known;
use serde_json::json;

#[derive(Parser)]
#[command(about = "Checks credential photos against a profile", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Check photos.
    ///
    /// Exit code: 0 where every photo passes, with or without a warning; 1 where a check of any photo fails or is unsure,
    /// since a person has to look at it; 2 where a file can't be read, whatever the others say.
    Check(Check),
}

#[derive(clap::Args)]
struct Check {
    /// A profile: the code of a carried one, or a .toml file
    #[arg(long, value_name = "CODE|FILE.toml", default_value = "chsi-2017")]
    profile: String,
    /// Folder of the model files; else $PHOTO_DESK_MODELS, else src-tauri/models here or in a folder above
    #[arg(long, value_name = "DIR")]
    models: Option<PathBuf>,
    /// One line of JSON a file
    #[arg(long)]
    json: bool,
    /// Write a picture of each photo with what was measured and found drawn into it
    #[arg(long, value_name = "DIR")]
    overlay: Option<PathBuf>,
    /// Say which photos are the same shot as one of these, or of those in these folders
    #[arg(long, value_name = "FILE")]
    known: Vec<PathBuf>,
    /// Photos at a time; all cores where none is given
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    threads: Option<u16>,
    /// Photos, and folders: of these every .jpg, .jpeg and .png below
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
}

/// From so many files on, a bar shows how far it is.
const MANY: usize = 8;

fn main() -> ExitCode {
    let Command::Check(arguments) = Arguments::parse().command;
    match check(&arguments) {
        Ok(code) => ExitCode::from(code),
        Err(error) => {
            eprintln!("analyzer: {error:#}");
            ExitCode::from(2)
        }
    }
}

/// What is said of one file, and its exit code.
struct Said {
    text: String,
    code: u8,
}

fn check(arguments: &Check) -> Result<u8> {
    let profile = chosen(&arguments.profile)?;
    let folder = arguments
        .models
        .clone()
        .or_else(|| env::var_os("PHOTO_DESK_MODELS").map(PathBuf::from))
        .or_else(models_above);
    let folder = folder.unwrap_or_else(|| PathBuf::from("src-tauri/models"));
    let models = Models::from_files(|name| fs::read(folder.join(name)))?;
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let threads = arguments.threads.map_or(cores, usize::from);
    let analyzer = Analyzer::with_threads(models, threads)?;
    if let Some(overlay) = &arguments.overlay {
        fs::create_dir_all(overlay).with_context(|| overlay.display().to_string())?;
    }
    let task = Task {
        known: known(arguments, &analyzer, &profile, threads)?,
        analyzer,
        profile,
        is_json: arguments.json,
    };
    let found = files::found(&arguments.files);
    let drawn = files::names(&found);

    let one = |index: usize| {
        let overlay = arguments.overlay.as_ref().map(|folder| folder.join(&drawn[index]));
        task.said(&found[index], overlay.as_deref())
    };
    let bar = bar(found.len());
    let mut worst = 0;
    let mut outcome = Ok(());
    in_order(found.len(), threads, one, |said| {
        worst = worst.max(said.code);
        bar.inc(1);
        outcome = bar.suspend(|| io::stdout().lock().write_all(said.text.as_bytes()));
        outcome.is_ok()
    });
    bar.finish_and_clear();
    match outcome {
        // The reader has seen enough.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(worst),
        outcome => Ok(outcome.map(|()| worst)?),
    }
}

/// Does `one` for each of `count` on so many threads and gives the outcomes to `take` in order, until it has enough.
fn in_order<T: Send>(count: usize, threads: usize, one: impl Fn(usize) -> T + Sync, mut take: impl FnMut(T) -> bool) {
    let next = AtomicUsize::new(0);
    thread::scope(|scope| {
        let (sender, receiver) = mpsc::channel();
        for _ in 0..threads.min(count) {
            let sender = sender.clone();
            scope.spawn(|| {
                let sender = sender;
                while let index = next.fetch_add(1, Ordering::Relaxed)
                    && index < count
                    && sender.send((index, one(index))).is_ok()
                {}
            });
        }
        drop(sender);
        let mut early = BTreeMap::new();
        let mut wanted = 0;
        for (index, outcome) in receiver {
            early.insert(index, outcome);
            while let Some(outcome) = early.remove(&wanted) {
                wanted += 1;
                if !take(outcome) {
                    return;
                }
            }
        }
    });
}

/// Of all known photos; one that can't be read ends the program, since nothing would be compared with it.
fn known(arguments: &Check, analyzer: &Analyzer, profile: &Profile, threads: usize) -> Result<Option<Known>> {
    if arguments.known.is_empty() {
        return Ok(None);
    }
    let files = files::found(&arguments.known);
    let bar = bar(files.len());
    let mut prints = Vec::new();
    let one = |index: usize| known::print(analyzer, profile, &files[index]);
    in_order(files.len(), threads, one, |print| {
        bar.inc(1);
        prints.push(print);
        true
    });
    bar.finish_and_clear();
    let named = files.iter().zip(prints);
    let prints: Result<Vec<_>> = named
        .map(|(file, print)| print.with_context(|| file.display().to_string()))
        .collect();
    Ok(Some(Known::new(files, prints?)))
}

/// What is done to each file.
struct Task {
    analyzer: Analyzer,
    profile: Profile,
    known: Option<Known>,
    is_json: bool,
}

impl Task {
    fn said(&self, file: &Path, overlay: Option<&Path>) -> Said {
        let seen = fs::read(file)
            .map_err(|error| ("not_read", error.to_string()))
            .and_then(|bytes| {
                let report = self.analyzer.report(&bytes, &self.profile);
                let mut report = report.map_err(|error| (error.code(), error.to_string()))?;
                let known = self.known.as_ref();
                let same = known.map(|known| known.compare(file, &bytes, &mut report, &self.profile));
                let same = same
                    .transpose()
                    .map_err(|error| ("known", error.to_string()))?
                    .flatten();
                if let Some(to) = overlay {
                    overlay::write(&bytes, &report, &self.profile, to)
                        .map_err(|error| ("overlay", format!("{error:#}")))?;
                }
                Ok((report, same))
            });
        match seen {
            Ok((report, same)) => Said {
                text: if self.is_json {
                    format!("{}\n", words::line(file, &report, same))
                } else {
                    words::table(file, &report, same)
                },
                code: u8::from(matches!(report.verdict(), Status::Fail | Status::Unsure)),
            },
            Err((code, message)) => Said {
                text: if self.is_json {
                    let error = json!({ "code": code, "message": message });
                    format!(
                        "{}\n",
                        json!({ "file": file, "profile": self.profile.code, "error": error })
                    )
                } else {
                    format!("{}: {message}\n", file.display())
                },
                code: 2,
            },
        }
    }
}

/// On standard error, where that is a terminal and there is something to wait for.
fn bar(files: usize) -> ProgressBar {
    if files < MANY || !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(files as u64);
    let style = ProgressStyle::with_template("{bar:40} {pos}/{len} {per_sec} {eta}");
    if let Ok(style) = style {
        bar.set_style(style);
    }
    bar
}

/// A profile by its code, or out of a file.
fn chosen(profile: &str) -> Result<Profile> {
    if !profile.ends_with(".toml") {
        let codes = || ALL.map(|(code, _)| code).join(", ");
        return Profile::named(profile)?
            .with_context(|| format!("no profile {profile}: name a .toml file, or one of {}", codes()));
    }
    let text = fs::read_to_string(profile).with_context(|| profile.to_owned())?;
    Profile::parse(&text).with_context(|| profile.to_owned())
}

fn models_above() -> Option<PathBuf> {
    let here = env::current_dir().ok()?;
    here.ancestors()
        .map(|folder| folder.join("src-tauri/models"))
        .find(|folder| folder.is_dir())
}
