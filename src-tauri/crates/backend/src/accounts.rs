//! Accounts, passwords and sessions: who may sign in, and how a guess is kept slow.

use crate::storage::{Database, StorageError, accounts, sessions, sign_in_attempts};
use argon2::Argon2;
use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use chrono::{DateTime, TimeDelta, Utc};
use domain::{Account, ReviewerId, Role};
use sha2::{Digest, Sha256};
use std::sync::OnceLock;
use tokio::sync::Semaphore;

pub const PASSWORD_MIN_CHARS: usize = 8;
pub const SESSION: TimeDelta = TimeDelta::hours(12);
/// Wrong passwords in a row that one name is let try before it has to wait.
pub const WRONG_PASSWORDS: i64 = 5;
pub const SIGN_IN_PAUSE: TimeDelta = TimeDelta::seconds(60);

/// Hashing takes 19 MiB and much of a core: more at once would only let strangers fill the memory.
static HASHING: Semaphore = Semaphore::const_new(2);

#[derive(Debug, thiserror::Error)]
pub enum AccountError {
    #[error("a password has at least {PASSWORD_MIN_CHARS} characters")]
    ShortPassword,
    #[error("a user name has 1 to 64 characters and no space at its ends")]
    BadName,
    #[error("that user name is taken")]
    NameTaken,
    #[error("the password could not be hashed")]
    Hashing,
    #[error(transparent)]
    Storage(#[from] StorageError),
}

#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    /// Of the two, it is not said which.
    #[error("no account of that name with that password")]
    WrongPassword,
    #[error("too many wrong passwords in a row")]
    TooManyAttempts,
    #[error(transparent)]
    Account(#[from] AccountError),
}

impl From<StorageError> for SignInError {
    fn from(error: StorageError) -> Self {
        SignInError::Account(error.into())
    }
}

/// A session just opened; the token itself is kept nowhere.
pub struct Session {
    pub token: String,
    pub expires_at: DateTime<Utc>,
    pub account: Account,
}

/// Adds an account.
///
/// # Errors
/// [`AccountError::NameTaken`], or a name or password that won't do.
pub async fn add(
    database: &Database,
    username: &str,
    display_name: &str,
    role: Role,
    password: &str,
    now: DateTime<Utc>,
) -> Result<Account, AccountError> {
    if username.is_empty() || username.chars().count() > 64 || username.trim() != username {
        return Err(AccountError::BadName);
    }
    let hash = hash(password).await?;
    let account = Account {
        id: ReviewerId::new(),
        username: username.to_owned(),
        display_name: display_name.to_owned(),
        role,
    };
    let mut conn = database.connection().await?;
    if accounts::add(&mut conn, &account, &hash, now).await? {
        Ok(account)
    } else {
        Err(AccountError::NameTaken)
    }
}

/// Adds the account, or gives the one of that name this password; another password ends its sessions.
///
/// # Errors
/// A name or password that won't do.
pub async fn ensure(
    database: &Database,
    username: &str,
    display_name: &str,
    role: Role,
    password: &str,
    now: DateTime<Utc>,
) -> Result<Account, AccountError> {
    let known = accounts::with_password_hash(&mut *database.connection().await?, username).await?;
    let Some((account, known_hash)) = known else {
        return add(database, username, display_name, role, password, now).await;
    };
    if !verify(password, known_hash).await? {
        let fresh = hash(password).await?;
        let mut tx = database.begin().await?;
        accounts::set_password_hash(&mut tx, account.id, &fresh).await?;
        sessions::end_all(&mut tx, account.id).await?;
        tx.commit().await.map_err(StorageError::from)?;
    }
    Ok(account)
}

/// # Errors
/// What the database says.
pub async fn all(database: &Database) -> Result<Vec<Account>, StorageError> {
    accounts::all(&mut *database.connection().await?).await
}

/// Opens a session. A name without an account costs as much time and as many tries as one with.
///
/// # Errors
/// [`SignInError::WrongPassword`] or [`SignInError::TooManyAttempts`].
pub async fn sign_in(
    database: &Database,
    username: &str,
    password: &str,
    now: DateTime<Utc>,
) -> Result<Session, SignInError> {
    let name_sha256 = sha256(username);
    let (known, attempt) = {
        let mut conn = database.connection().await?;
        let attempt = sign_in_attempts::count(&mut conn, &name_sha256, WRONG_PASSWORDS, SIGN_IN_PAUSE, now).await?;
        (accounts::with_password_hash(&mut conn, username).await?, attempt)
    };
    if attempt > WRONG_PASSWORDS {
        return Err(SignInError::TooManyAttempts);
    }
    let (account, hash) = match known {
        Some((account, hash)) => (Some(account), hash),
        None => (None, nobodys_hash().await?),
    };
    let right = verify(password, hash).await?;
    let Some(account) = account.filter(|_| right) else {
        return Err(SignInError::WrongPassword);
    };
    let token = random_token();
    let expires_at = now + SESSION;
    let mut tx = database.begin().await?;
    sign_in_attempts::forget(&mut tx, &name_sha256).await?;
    sign_in_attempts::purge(&mut tx, SIGN_IN_PAUSE, now).await?;
    sessions::purge(&mut tx, now).await?;
    sessions::add(&mut tx, &sha256(&token), account.id, expires_at).await?;
    tx.commit().await.map_err(StorageError::from)?;
    Ok(Session {
        token,
        expires_at,
        account,
    })
}

/// Whose token that is, where its session has not ended.
///
/// # Errors
/// What the database says.
pub async fn signed_in(database: &Database, token: &str, now: DateTime<Utc>) -> Result<Option<Account>, StorageError> {
    accounts::of_session(&mut *database.connection().await?, &sha256(token), now).await
}

/// 32 bytes that can't be guessed, in hexadecimal.
pub fn random_token() -> String {
    hex::encode(rand::random::<[u8; 32]>())
}

fn sha256(text: &str) -> String {
    hex::encode(Sha256::digest(text))
}

async fn hash(password: &str) -> Result<String, AccountError> {
    if password.chars().count() < PASSWORD_MIN_CHARS {
        return Err(AccountError::ShortPassword);
    }
    let password = password.to_owned();
    off_the_loop(move || {
        let salt = SaltString::encode_b64(&rand::random::<[u8; 16]>()).ok()?;
        Argon2::default()
            .hash_password(password.as_bytes(), &salt)
            .map(|hash| hash.to_string())
            .ok()
    })
    .await?
    .ok_or(AccountError::Hashing)
}

async fn verify(password: &str, hash: String) -> Result<bool, AccountError> {
    let password = password.to_owned();
    off_the_loop(move || {
        PasswordHash::new(&hash)
            .is_ok_and(|parsed| Argon2::default().verify_password(password.as_bytes(), &parsed).is_ok())
    })
    .await
}

/// A hash that no password is checked against but those for names without an account.
async fn nobodys_hash() -> Result<String, AccountError> {
    static HASH: OnceLock<String> = OnceLock::new();
    if let Some(known) = HASH.get() {
        return Ok(known.clone());
    }
    let fresh = hash(&random_token()).await?;
    Ok(HASH.get_or_init(|| fresh).clone())
}

async fn off_the_loop<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, AccountError> {
    let _permit = HASHING.acquire().await.map_err(|_| AccountError::Hashing)?;
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|_| AccountError::Hashing)
}
