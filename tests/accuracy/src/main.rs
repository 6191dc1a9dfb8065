//! `make accuracy`: photographs the sitters, prints the tables, and with `--write` puts them into the analyzer's README.

use accuracy::{analyzer, same_shot, table, take};
use analyzer::Profile;
use anyhow::{Context, Result};
use clap::Parser;
use portraits::Defect;
use std::path::PathBuf;

#[derive(Parser)]
#[command(about = "Measures the analyzer on rendered sitters")]
struct Arguments {
    /// How many sitters; a third of them conforms
    #[arg(long, default_value_t = 3000)]
    sitters: usize,
    /// Only these defects
    #[arg(long, value_delimiter = ',')]
    defects: Vec<Defect>,
    /// How many sitters are photographed again, to tell the same shot from another
    #[arg(long, default_value_t = 80)]
    shots: usize,
    /// Put the tables into the analyzer's README
    #[arg(long)]
    write: bool,
}

const BEGIN: &str = "<!-- accuracy: from here -->\n";
const END: &str = "<!-- accuracy: to here -->\n";

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let plan = take::plan(arguments.sitters, &arguments.defects);
    let progress = |done: usize| {
        if done.is_multiple_of(50) {
            eprintln!("{done} of {}", plan.len());
        }
    };
    let (analyzer, profile) = (analyzer()?, Profile::chsi_2017()?);
    let seen = take::look(&plan, &analyzer, &profile, progress)?;
    let mut tables = table::of(&seen);
    if arguments.shots > 0 {
        let limit = profile.integrity.same_shot_moved_percent;
        let limit = limit.context("the profile knows no rule on same shots")?;
        let shots = same_shot::look(arguments.shots, &analyzer, &profile)?;
        tables = format!("{tables}\n{}", shots.table(limit.fail, limit.pass));
    }
    println!("{tables}");
    if arguments.write {
        let path = PathBuf::from(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../../src-tauri/crates/analyzer/README.md"
        ));
        let text = std::fs::read_to_string(&path).context("the analyzer's README")?;
        let (before, rest) = text
            .split_once(BEGIN)
            .context("the README marks no place for the tables")?;
        let (_, after) = rest.split_once(END).context("the README marks no end of the tables")?;
        std::fs::write(&path, format!("{before}{BEGIN}{tables}{END}{after}"))?;
    }
    Ok(())
}
