//! Table `accounts`.

use super::{Connection, StorageError, id, ms};
use chrono::{DateTime, Utc};
use domain::{Account, ReviewerId, Role};
use sqlx::{query, query_as};

type Row = (String, String, String, String);

fn account((account, username, display_name, role): Row) -> Result<Account, StorageError> {
    Ok(Account {
        id: id(&account)?,
        username,
        display_name,
        role: Role::parse(&role).ok_or(StorageError::Corrupt("role"))?,
    })
}

/// Whether it was added; `false` where the name is taken.
pub async fn add(
    conn: &mut Connection,
    account: &Account,
    password_hash: &str,
    at: DateTime<Utc>,
) -> Result<bool, StorageError> {
    let added = query(
        "insert into accounts (id, username, display_name, role, password_hash, created_ms) \
         values ($1, $2, $3, $4, $5, $6) on conflict (username) do nothing",
    )
    .bind(account.id.to_string())
    .bind(account.username.as_str())
    .bind(account.display_name.as_str())
    .bind(account.role.as_str())
    .bind(password_hash)
    .bind(ms(at))
    .execute(conn)
    .await?;
    Ok(added.rows_affected() == 1)
}

/// The account of that name and the hash of its password.
pub async fn with_password_hash(
    conn: &mut Connection,
    username: &str,
) -> Result<Option<(Account, String)>, StorageError> {
    let row: Option<(String, String, String, String, String)> =
        query_as("select id, username, display_name, role, password_hash from accounts where username = $1")
            .bind(username)
            .fetch_optional(conn)
            .await?;
    row.map(|(id, username, display_name, role, hash)| Ok((account((id, username, display_name, role))?, hash)))
        .transpose()
}

pub async fn set_password_hash(
    conn: &mut Connection,
    reviewer: ReviewerId,
    password_hash: &str,
) -> Result<(), StorageError> {
    query("update accounts set password_hash = $1 where id = $2")
        .bind(password_hash)
        .bind(reviewer.to_string())
        .execute(conn)
        .await?;
    Ok(())
}

pub async fn all(conn: &mut Connection) -> Result<Vec<Account>, StorageError> {
    let rows: Vec<Row> = query_as("select id, username, display_name, role from accounts order by username")
        .fetch_all(conn)
        .await?;
    rows.into_iter().map(account).collect()
}

/// Whom a session that is still valid belongs to.
pub async fn of_session(
    conn: &mut Connection,
    token_sha256: &str,
    now: DateTime<Utc>,
) -> Result<Option<Account>, StorageError> {
    let row: Option<Row> = query_as(
        "select a.id, a.username, a.display_name, a.role from sessions s join accounts a on a.id = s.account \
         where s.token_sha256 = $1 and s.expires_ms > $2",
    )
    .bind(token_sha256)
    .bind(ms(now))
    .fetch_optional(conn)
    .await?;
    row.map(account).transpose()
}
