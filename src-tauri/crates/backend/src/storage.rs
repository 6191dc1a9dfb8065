//! The database: opening, migrating, and one file of queries per table. No rules of the trade and no HTTP.
//!
//! Every query is written once and runs on SQLite and PostgreSQL; the few words that differ are in [`Dialect`].
//! Functions take a connection, so that the caller says what is one transaction.

pub mod accounts;
pub mod asides;
pub mod batches;
pub mod decisions;
pub mod floor;
pub mod history;
pub mod inbox;
pub mod leases;
pub mod messages;
pub mod rules;
pub mod sessions;
pub mod settings;
pub mod shots;
pub mod sign_in_attempts;
pub mod students;
pub mod submissions;

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sqlx::any::AnyPoolOptions;
use sqlx::pool::PoolConnection;
use sqlx::{Any, AnyConnection, AnyPool, Executor, Transaction};
use std::fmt::Write;
use std::path::Path;
use std::str::FromStr;
use std::time::Duration;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    Sqlite,
    Postgres,
}

impl Dialect {
    /// Ends a `select` whose rows the transaction is going to change; rows that another one holds are left out.
    fn skip_locked(self) -> &'static str {
        match self {
            // a writing transaction is alone here
            Dialect::Sqlite => "",
            Dialect::Postgres => "for update skip locked",
        }
    }

    /// The same, but waits for the other transaction.
    fn for_update(self) -> &'static str {
        match self {
            Dialect::Sqlite => "",
            Dialect::Postgres => "for update",
        }
    }
}

#[derive(Debug, thiserror::Error)]
pub enum StorageError {
    /// Not the address of a database that this program can open.
    #[error("the database address must begin with sqlite: or postgres:")]
    BadAddress,
    /// Busy or out of reach: the same call may succeed later.
    #[error("the database is busy or out of reach")]
    Unavailable(#[source] sqlx::Error),
    #[error("the database refused a query")]
    Failed(#[source] sqlx::Error),
    #[error("the database could not be brought to this version")]
    Migration(#[source] sqlx::migrate::MigrateError),
    /// A row that this program did not write.
    #[error("the database holds a {0} that can't be read")]
    Corrupt(&'static str),
}

impl From<sqlx::Error> for StorageError {
    fn from(error: sqlx::Error) -> Self {
        let later = match &error {
            sqlx::Error::Io(_) | sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed => true,
            // SQLite: busy, locked. PostgreSQL: connection, resource and operator trouble, serialisation.
            sqlx::Error::Database(database) => database.code().is_some_and(|code| {
                ["5", "6", "40001", "40P01"].contains(&code.as_ref())
                    || (code.len() == 5 && ["08", "53", "57"].iter().any(|class| code.starts_with(class)))
            }),
            _ => false,
        };
        if later {
            StorageError::Unavailable(error)
        } else {
            StorageError::Failed(error)
        }
    }
}

#[derive(Clone, Debug)]
pub struct Database {
    pool: AnyPool,
    dialect: Dialect,
}

impl Database {
    /// Opens `sqlite:path` (made where it is missing) or `postgres://…` and brings it to this version.
    ///
    /// # Errors
    /// [`StorageError::BadAddress`], or what the database says.
    pub async fn open(address: &str) -> Result<Database, StorageError> {
        sqlx::any::install_default_drivers();
        let (pool, dialect) = match address.strip_prefix("sqlite:") {
            Some(path) => (open_sqlite(path).await?, Dialect::Sqlite),
            None if address.starts_with("postgres:") || address.starts_with("postgresql:") => (
                AnyPoolOptions::new().max_connections(8).connect(address).await?,
                Dialect::Postgres,
            ),
            None => return Err(StorageError::BadAddress),
        };
        let migrations = match dialect {
            Dialect::Sqlite => sqlx::migrate!("migrations/sqlite"),
            Dialect::Postgres => sqlx::migrate!("migrations/postgres"),
        };
        migrations.run(&pool).await.map_err(StorageError::Migration)?;
        Ok(Database { pool, dialect })
    }

    pub fn dialect(&self) -> Dialect {
        self.dialect
    }

    /// A connection to read with, or for one statement that stands alone.
    ///
    /// # Errors
    /// What the database says.
    pub async fn connection(&self) -> Result<PoolConnection<Any>, StorageError> {
        Ok(self.pool.acquire().await?)
    }

    /// A transaction that is going to write.
    ///
    /// # Errors
    /// What the database says.
    pub async fn begin(&self) -> Result<Transaction<'static, Any>, StorageError> {
        // SQLite gives the right to write at once, or a reader that turns writer could only fail.
        let statement = match self.dialect {
            Dialect::Sqlite => "begin immediate",
            Dialect::Postgres => "begin",
        };
        Ok(self.pool.begin_with(statement).await?)
    }

    /// Whether a query is answered.
    ///
    /// # Errors
    /// What the database says.
    pub async fn answers(&self) -> Result<(), StorageError> {
        sqlx::query("select 1").execute(&mut *self.connection().await?).await?;
        Ok(())
    }

    pub async fn close(&self) {
        self.pool.close().await;
    }
}

async fn open_sqlite(path: &str) -> Result<AnyPool, StorageError> {
    let path = path.strip_prefix("//").unwrap_or(path);
    let folder = Path::new(path).parent();
    if let Some(folder) = folder.filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder).map_err(sqlx::Error::Io)?;
    }
    let mut address = "sqlite:".to_owned();
    for byte in path.bytes() {
        match byte {
            b'/' | b'.' | b'-' | b'_' => address.push(char::from(byte)),
            _ if byte.is_ascii_alphanumeric() => address.push(char::from(byte)),
            // writing to a string can't fail
            _ => _ = write!(address, "%{byte:02X}"),
        }
    }
    address.push_str("?mode=rwc");
    let pool = AnyPoolOptions::new()
        .max_connections(4)
        .acquire_timeout(Duration::from_secs(10))
        .after_connect(|connection, _| {
            Box::pin(async move {
                connection
                    .execute(
                        "pragma busy_timeout = 5000; pragma journal_mode = wal; pragma synchronous = full; \
                         pragma foreign_keys = on;",
                    )
                    .await?;
                Ok(())
            })
        });
    Ok(pool.connect(&address).await?)
}

fn ms(at: DateTime<Utc>) -> i64 {
    at.timestamp_millis()
}

fn time(ms: i64) -> Result<DateTime<Utc>, StorageError> {
    DateTime::from_timestamp_millis(ms).ok_or(StorageError::Corrupt("time"))
}

fn id<T: FromStr>(text: &str) -> Result<T, StorageError> {
    text.parse().map_err(|_| StorageError::Corrupt("identity"))
}

fn count(number: i64) -> Result<u32, StorageError> {
    u32::try_from(number).map_err(|_| StorageError::Corrupt("count"))
}

fn to_json<T: Serialize>(body: &T) -> Result<String, StorageError> {
    serde_json::to_string(body).map_err(|_| StorageError::Corrupt("body"))
}

fn from_json<T: DeserializeOwned>(text: &str) -> Result<T, StorageError> {
    serde_json::from_str(text).map_err(|_| StorageError::Corrupt("body"))
}

/// What every query runs on.
pub type Connection = AnyConnection;
