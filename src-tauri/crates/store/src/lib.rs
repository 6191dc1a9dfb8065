//! The desk's memory: one encrypted SQLite file with what is leased, what was decided, what waits to be sent, and the
//! audit chain. One file per table. No network, and no policy but what has to hold within one transaction:
//!
//! * a decision, its audit entry and its outbox row are written together or not at all, and so is an undo;
//! * decisions, entries and marks are only ever added, which the database itself enforces.

mod accounts;
mod decisions;
mod entries;
mod error;
mod key;
mod marks;
mod outbox;
mod photos;
mod refusals;
mod reports;
mod row;
mod rules;
mod settings;
mod submissions;

pub use accounts::KnownAccount;
pub use entries::{EntrySpan, Stretch};
pub use error::StoreError;
pub use key::{Key, KeyError};
pub use marks::StoredMark;
pub use outbox::{Due, Outgoing};
pub use refusals::Refusal;
pub use rules::StoredRules;
pub use submissions::{Held, Judged, Place};

use sqlx::SqlitePool;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use std::path::Path;
use std::time::Duration;

const BUSY_TIMEOUT: Duration = Duration::from_secs(5);
const CONNECTIONS: u32 = 4;

/// An open store. Cheap to clone.
///
/// Only [`Store::close`] closes its connections. One that is merely dropped keeps them until the process ends: closing
/// them on a thread of their own while the process leaves would race with SQLCipher's own cleanup and crash in it.
#[derive(Clone)]
pub struct Store {
    pool: SqlitePool,
}

type Transaction = sqlx::Transaction<'static, sqlx::Sqlite>;

impl Store {
    /// Opens the store, or makes a new one where there is none.
    ///
    /// # Errors
    /// [`StoreError::WrongKey`] where the file exists and the key doesn't open it.
    pub async fn open(path: &Path, key: &Key) -> Result<Store, StoreError> {
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .pragma("key", key.pragma())
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            // Nothing of a person in a temporary file, nor in pages that were given up.
            .pragma("temp_store", "memory")
            .pragma("secure_delete", "on")
            .busy_timeout(BUSY_TIMEOUT);
        // A logged statement would show the key.
        let options = sqlx::ConnectOptions::disable_statement_logging(options);
        let pool = SqlitePoolOptions::new()
            .max_connections(CONNECTIONS)
            .connect_with(options)
            .await?;
        sqlx::migrate!().run(&pool).await?;
        // Only `close` closes: see the type.
        std::mem::forget(pool.clone());
        Ok(Store { pool })
    }

    /// Waits for what is under way and closes the file.
    pub async fn close(&self) {
        self.pool.close().await;
    }

    /// A transaction that may write from its first statement on, so that it never has to give up half way.
    async fn begin(&self) -> Result<Transaction, StoreError> {
        Ok(self.pool.begin_with("begin immediate").await?)
    }
}

#[cfg(test)]
mod tests;
