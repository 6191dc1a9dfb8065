//! How right the analyzer is: rendered sitters with known faults, what it says of them, and the tables that follow.
//! Must not live here: limits and measures (the analyzer's), faults (the studio's).

pub mod errors;
pub mod expect;
pub mod same_shot;
pub mod score;
pub mod table;
pub mod take;

use analyzer::{Analyzer, Models};
use anyhow::{Context, Result};
use std::path::PathBuf;

/// `$PHOTO_DESK_MODELS`, else the folder that `make models` fills.
pub fn analyzer() -> Result<Analyzer> {
    let folder = std::env::var_os("PHOTO_DESK_MODELS").map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../src-tauri/models")),
        PathBuf::from,
    );
    let models = Models::from_files(|name| std::fs::read(folder.join(name))).context("run `make models` first")?;
    Ok(Analyzer::new(models)?)
}
