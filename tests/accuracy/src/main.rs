//! `make accuracy`: photographs the sitters, prints the tables, and with `--write` puts them into the analyzer's README.

use accuracy::{analyzer, errors, same_shot, table, take};
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
    /// Of all these only the sitters with these seeds, as `--list` names them
    #[arg(long, value_delimiter = ',')]
    seeds: Vec<u64>,
    /// How many sitters are photographed again, to tell the same shot from another
    #[arg(long, default_value_t = 80)]
    shots: usize,
    /// List each photo that was missed or failed without need
    #[arg(long)]
    list: bool,
    /// Put the tables into the analyzer's README
    #[arg(long)]
    write: bool,
}

const BEGIN: &str = "<!-- accuracy: from here -->\n";
const END: &str = "<!-- accuracy: to here -->\n";

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let mut plan = take::plan(arguments.sitters, &arguments.defects);
    if !arguments.seeds.is_empty() {
        plan.retain(|pose| arguments.seeds.contains(&pose.seed));
    }
    let progress = |done: usize| {
        if done.is_multiple_of(50) {
            eprintln!("{done} of {}", plan.len());
        }
    };
    let (analyzer, profile) = (analyzer()?, Profile::chsi_2017()?);
    let seen = take::look(&plan, &analyzer, &profile, progress)?;
    let mut tables = table::of(&seen);
    let mut listed = if arguments.list { errors::lines(&seen) } else { vec![] };
    if arguments.shots > 0 {
        let limit = profile.integrity.same_shot_moved_percent;
        let limit = limit.context("the profile knows no rule on same shots")?;
        let shots = same_shot::look(arguments.shots, &analyzer, &profile)?;
        tables = format!("{tables}\n{}", shots.table(limit.fail, limit.pass));
        if arguments.list {
            listed.extend(shots.missed(limit.fail));
        }
    }
    println!("{tables}");
    listed.iter().for_each(|line| println!("{line}"));
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
