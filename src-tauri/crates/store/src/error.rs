//! What can go wrong with the store, named by what the caller can do.

/// No variant carries anything of a person.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Find the right key: the file is not touched.
    #[error("the key does not open the desk's store")]
    WrongKey,
    /// Make room and try again: nothing was written.
    #[error("the disk is full")]
    Full,
    /// Somebody took the submission out of this desk's hand, or it never was in it.
    #[error("the submission is not in hand")]
    NotInHand,
    /// It is too late to take the decision back.
    #[error("the hold of the decision is over")]
    HoldOver,
    /// What was read is not what this program writes.
    #[error("the store is damaged: {0}")]
    Damaged(&'static str),
    /// Try again, or look at the disk.
    #[error("the store can't be used")]
    Unavailable(#[source] sqlx::Error),
}

/// SQLite's primary result codes (the low byte of an extended code).
const SQLITE_CORRUPT: u32 = 11;
const SQLITE_FULL: u32 = 13;
const SQLITE_NOTADB: u32 = 26;

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> StoreError {
        let code = error
            .as_database_error()
            .and_then(|database| database.code())
            .and_then(|code| code.parse::<u32>().ok());
        match code.map(|code| code & 0xff) {
            Some(SQLITE_NOTADB) => StoreError::WrongKey,
            Some(SQLITE_FULL) => StoreError::Full,
            Some(SQLITE_CORRUPT) => StoreError::Damaged("the file"),
            _ => StoreError::Unavailable(error),
        }
    }
}

impl From<sqlx::migrate::MigrateError> for StoreError {
    fn from(error: sqlx::migrate::MigrateError) -> StoreError {
        match error {
            sqlx::migrate::MigrateError::Execute(error) | sqlx::migrate::MigrateError::ExecuteMigration(error, _) => {
                error.into()
            }
            sqlx::migrate::MigrateError::VersionMissing(_) | sqlx::migrate::MigrateError::VersionMismatch(_) => {
                StoreError::Damaged("it was made by another version of this program")
            }
            other => StoreError::Unavailable(sqlx::Error::Migrate(Box::new(other))),
        }
    }
}
