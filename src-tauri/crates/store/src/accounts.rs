//! Table `accounts`: whoever signed in here while the backend agreed, so that the same person can sign in without it.

use crate::row::{at, ms, parse};
use crate::{Store, StoreError};
use chrono::{DateTime, Utc};
use domain::{Account, ReviewerId, Role};
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

#[derive(Clone)]
pub struct KnownAccount {
    pub account: Account,
    /// As argon2 writes it.
    pub password_hash: String,
    pub wrong_in_a_row: u32,
    pub last_wrong_at: DateTime<Utc>,
}

impl Store {
    /// The backend agreed to this password.
    pub async fn keep_account(
        &self,
        account: &Account,
        password_hash: &str,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        // The name may have passed on to somebody else.
        sqlx::query("delete from accounts where username = ? and reviewer <> ?")
            .bind(&account.username)
            .bind(account.id.to_string())
            .execute(&mut *tx)
            .await?;
        sqlx::query(
            "insert into accounts (reviewer, username, display_name, role, password_hash, signed_in_at_ms)
             values (?1, ?2, ?3, ?4, ?5, ?6)
             on conflict (reviewer) do update
             set username = ?2, display_name = ?3, role = ?4, password_hash = ?5, signed_in_at_ms = ?6,
                 wrong_in_a_row = 0",
        )
        .bind(account.id.to_string())
        .bind(&account.username)
        .bind(&account.display_name)
        .bind(account.role.as_str())
        .bind(password_hash)
        .bind(ms(now))
        .execute(&mut *tx)
        .await?;
        Ok(tx.commit().await?)
    }

    pub async fn known_account(&self, username: &str) -> Result<Option<KnownAccount>, StoreError> {
        let row = sqlx::query("select * from accounts where username = ?")
            .bind(username)
            .fetch_optional(&self.pool)
            .await?;
        row.as_ref().map(known).transpose()
    }

    /// What colleagues call the person, where this desk knows.
    pub async fn display_name(&self, reviewer: ReviewerId) -> Result<Option<String>, StoreError> {
        Ok(
            sqlx::query_scalar("select display_name from accounts where reviewer = ?")
                .bind(reviewer.to_string())
                .fetch_optional(&self.pool)
                .await?,
        )
    }

    pub async fn wrong_password(&self, reviewer: ReviewerId, now: DateTime<Utc>) -> Result<(), StoreError> {
        sqlx::query("update accounts set wrong_in_a_row = wrong_in_a_row + 1, last_wrong_at_ms = ? where reviewer = ?")
            .bind(ms(now))
            .bind(reviewer.to_string())
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    pub async fn right_password(&self, reviewer: ReviewerId) -> Result<(), StoreError> {
        sqlx::query("update accounts set wrong_in_a_row = 0 where reviewer = ?")
            .bind(reviewer.to_string())
            .execute(&self.pool)
            .await?;
        Ok(())
    }
}

fn known(row: &SqliteRow) -> Result<KnownAccount, StoreError> {
    Ok(KnownAccount {
        account: Account {
            id: parse(row.try_get("reviewer")?)?,
            username: row.try_get("username")?,
            display_name: row.try_get("display_name")?,
            role: Role::parse(row.try_get("role")?).ok_or(StoreError::Damaged("a role"))?,
        },
        password_hash: row.try_get("password_hash")?,
        wrong_in_a_row: row.try_get("wrong_in_a_row")?,
        last_wrong_at: at(row.try_get("last_wrong_at_ms")?)?,
    })
}
