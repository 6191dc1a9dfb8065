//! The reference collection backend: keeps students' submissions and photos, leases them to reviewers, applies their
//! decisions once and tells the students. Reviewers' desks reach it over the HTTP contract in `protocol`.
//!
//! A call comes in through [`web`], which knows HTTP and the contract; the rules live in [`decide`], [`accounts`],
//! [`import`] and [`delivery`]; [`storage`] and [`photos`] keep things. Nothing here reads the system clock.

pub mod accounts;
pub mod channel;
pub mod decide;
pub mod delivery;
pub mod demo;
pub mod import;
pub mod photos;
pub mod rules;
mod serve;
mod shots;
pub mod storage;
mod web;

use chrono::{DateTime, Utc};
use std::path::Path;
use std::sync::Arc;

pub use serve::{Config, Running, ServeError, serve};
pub use web::openapi;

/// Tells the time. Only the program's `main` hands in one that reads the system clock.
pub type Clock = Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>;

/// Everything that outlives the process: the database and the photos.
#[derive(Clone, Debug)]
pub struct Kept {
    pub database: storage::Database,
    pub photos: photos::Photos,
}

#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    #[error(transparent)]
    Database(#[from] storage::StorageError),
    #[error(transparent)]
    Photos(#[from] photos::PhotoError),
}

impl Kept {
    /// Opens both, making what is missing.
    ///
    /// # Errors
    /// Which of the two can't be opened, and why.
    pub async fn open(database: &str, photos: &Path) -> Result<Kept, OpenError> {
        let photos = photos::Photos::open(photos)?;
        Ok(Kept {
            database: storage::Database::open(database).await?,
            photos,
        })
    }
}
