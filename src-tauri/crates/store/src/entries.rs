//! Table `entries`: the audit chain. Only ever added to, within the transaction of what it records.

use crate::row::{ms, parse};
use crate::{Store, StoreError, Transaction};
use audit::{Body, Entry, Hash, Link};
use chrono::{DateTime, Utc};
use domain::ReviewerId;
use sqlx::Row;

/// Adds the next entry of the chain.
pub(crate) async fn append(
    tx: &mut Transaction,
    now: DateTime<Utc>,
    actor: ReviewerId,
    body: Body,
) -> Result<Entry, StoreError> {
    let last = sqlx::query("select seq, hash from entries order by seq desc limit 1")
        .fetch_optional(&mut **tx)
        .await?;
    let last = match last {
        Some(row) => Link {
            seq: row.try_get::<i64, _>("seq")? as u64,
            hash: parse(row.try_get("hash")?)?,
        },
        None => Link::START,
    };
    let unwritable = |_| StoreError::Damaged("an entry that can't be written");
    let entry = Entry::after(last, now, actor, body).map_err(unwritable)?;
    let json = entry.to_json().map_err(unwritable)?;
    sqlx::query(
        "insert into entries (seq, prev, hash, at_ms, actor, kind, decision, body) values (?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(entry.seq as i64)
    .bind(entry.prev.to_string())
    .bind(entry.hash.to_string())
    .bind(ms(entry.at))
    .bind(actor.to_string())
    .bind(entry.body.kind())
    .bind(entry.decision().to_string())
    .bind(String::from_utf8_lossy(&json).into_owned())
    .execute(&mut **tx)
    .await?;
    Ok(entry)
}

/// From one moment until just before another.
#[derive(Clone, Copy, Debug)]
pub struct EntrySpan {
    pub from: DateTime<Utc>,
    pub until: DateTime<Utc>,
}

/// An unbroken piece of the chain.
#[derive(Clone, Debug)]
pub struct Stretch {
    /// Numbers of its first and last entry; the first is one past the last where the piece is empty.
    pub first: u64,
    pub last: u64,
    /// Hash of the entry before the first.
    pub anchor: Hash,
    /// Hash of the last.
    pub head: Hash,
    pub decisions: u32,
    /// Everybody who acted in it.
    pub actors: Vec<ReviewerId>,
    /// Every version of the reason catalogue that its decisions were made under.
    pub reasons_versions: Vec<String>,
}

impl Store {
    /// The piece of the chain that holds every entry of the span, and what was said afterwards of its decisions at this
    /// desk (an undo just past midnight belongs to its decision).
    pub async fn stretch(&self, span: EntrySpan) -> Result<Stretch, StoreError> {
        let ends = sqlx::query(
            "with inside as (select min(seq) as first, max(seq) as last from entries where at_ms >= ? and at_ms < ?)
             select first, max(last, coalesce((select max(later.seq) from entries later
                     join entries made on made.decision = later.decision and made.kind = 'decision'
                     where later.kind in ('undo', 'refused') and made.seq between first and last), 0)) as last
             from inside where first is not null",
        )
        .bind(ms(span.from))
        .bind(ms(span.until))
        .fetch_optional(&self.pool)
        .await?;
        let (first, last) = match ends {
            Some(row) => (row.try_get::<i64, _>("first")?, row.try_get::<i64, _>("last")?),
            None => {
                let before: i64 = sqlx::query_scalar("select coalesce(max(seq), 0) from entries where at_ms < ?")
                    .bind(ms(span.from))
                    .fetch_one(&self.pool)
                    .await?;
                (before + 1, before)
            }
        };
        let decisions = sqlx::query_scalar("select count(*) from decisions where entry between ? and ?")
            .bind(first)
            .bind(last)
            .fetch_one(&self.pool)
            .await?;
        let actors: Vec<String> = sqlx::query_scalar("select distinct actor from entries where seq between ? and ?")
            .bind(first)
            .bind(last)
            .fetch_all(&self.pool)
            .await?;
        let reasons_versions = sqlx::query_scalar(
            "select distinct body ->> '$.pinned.reasons_version' from decisions where entry between ? and ? order by 1",
        )
        .bind(first)
        .bind(last)
        .fetch_all(&self.pool)
        .await?;
        Ok(Stretch {
            first: first as u64,
            last: last as u64,
            anchor: self.hash_of(first - 1).await?,
            head: self.hash_of(last).await?,
            decisions,
            actors: actors.iter().map(|actor| parse(actor)).collect::<Result<_, _>>()?,
            reasons_versions,
        })
    }

    async fn hash_of(&self, seq: i64) -> Result<Hash, StoreError> {
        let hash: Option<String> = sqlx::query_scalar("select hash from entries where seq = ?")
            .bind(seq)
            .fetch_optional(&self.pool)
            .await?;
        hash.map_or(Ok(Hash::NONE), |hash| parse(&hash))
    }

    pub async fn entry(&self, seq: u64) -> Result<Entry, StoreError> {
        let body: String = sqlx::query_scalar("select body from entries where seq = ?")
            .bind(seq as i64)
            .fetch_one(&self.pool)
            .await?;
        Entry::from_json(body.as_bytes()).map_err(|_| StoreError::Damaged("an audit entry"))
    }
}
