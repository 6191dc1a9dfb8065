//! The day so far, over several tables. A correction is no photo more: it is not counted.

use super::{Connection, StorageError, count, id, ms, time};
use chrono::{DateTime, Utc};
use domain::{BatchCode, ReviewerId};
use protocol::{FloorBatch, FloorReviewer};
use sqlx::query_as;
use std::collections::BTreeMap;

const HOUR_MS: i64 = 3_600_000;

/// Who decided something since `from` or holds a live lease, by name. `from` is a midnight.
pub async fn reviewers(
    conn: &mut Connection,
    from: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<Vec<FloorReviewer>, StorageError> {
    let decided: Vec<(String, String, i64, i64, i64)> = query_as(
        "select reviewer, verdict, (received_ms - $1) / $2 as hour, count(*), max(received_ms) from decisions \
         where received_ms >= $1 and corrects is null group by reviewer, verdict, (received_ms - $1) / $2",
    )
    .bind(ms(from))
    .bind(HOUR_MS)
    .fetch_all(&mut *conn)
    .await?;
    let leased: Vec<(String, i64)> = query_as(
        "select lease_reviewer, count(*) from submissions \
         where state = 'pending_review' and lease_expires_ms > $1 group by lease_reviewer",
    )
    .bind(ms(now))
    .fetch_all(&mut *conn)
    .await?;
    let names: BTreeMap<String, String> = query_as::<_, (String, String)>("select id, display_name from accounts")
        .fetch_all(conn)
        .await?
        .into_iter()
        .collect();

    let mut floor: BTreeMap<String, FloorReviewer> = BTreeMap::new();
    let mut of = |reviewer: &str| -> Result<(), StorageError> {
        if !floor.contains_key(reviewer) {
            let empty = FloorReviewer {
                reviewer: id::<ReviewerId>(reviewer)?,
                display_name: names.get(reviewer).cloned().unwrap_or_default(),
                passed: 0,
                rejected: 0,
                leased: 0,
                last_decision_at: None,
                by_hour: vec![0; 24],
            };
            floor.insert(reviewer.to_owned(), empty);
        }
        Ok(())
    };
    for reviewer in decided.iter().map(|row| &row.0).chain(leased.iter().map(|row| &row.0)) {
        of(reviewer)?;
    }
    for (reviewer, verdict, hour, decisions, last_ms) in &decided {
        let Some(row) = floor.get_mut(reviewer) else { continue };
        let decisions = count(*decisions)?;
        match verdict.as_str() {
            "pass" => row.passed += decisions,
            _ => row.rejected += decisions,
        }
        if let Some(hour) = usize::try_from(*hour).ok().and_then(|hour| row.by_hour.get_mut(hour)) {
            *hour += decisions;
        }
        row.last_decision_at = row.last_decision_at.max(Some(time(*last_ms)?));
    }
    for (reviewer, leases) in &leased {
        if let Some(row) = floor.get_mut(reviewer) {
            row.leased = count(*leases)?;
        }
    }
    let mut rows: Vec<FloorReviewer> = floor.into_values().collect();
    rows.sort_by(|a, b| a.display_name.cmp(&b.display_name));
    Ok(rows)
}

type BatchRow = (String, String, String, i64, Option<i64>, i64, i64, i64);

pub async fn batches(conn: &mut Connection, from: DateTime<Utc>) -> Result<Vec<FloorBatch>, StorageError> {
    let rows: Vec<BatchRow> = query_as(
        "select b.code, b.school, b.title, \
           (select count(*) from submissions s where s.batch = b.code and s.state = 'pending_review'), \
           (select min(s.submitted_ms) from submissions s where s.batch = b.code and s.state = 'pending_review'), \
           (select count(*) from decisions d join submissions s on s.id = d.submission \
             where s.batch = b.code and d.received_ms >= $1 and d.corrects is null and d.verdict = 'pass'), \
           (select count(*) from decisions d join submissions s on s.id = d.submission \
             where s.batch = b.code and d.received_ms >= $1 and d.corrects is null and d.verdict = 'reject'), \
           (select count(distinct a.submission) from asides a join submissions s on s.id = a.submission \
             where s.batch = b.code and s.state = 'pending_review' and a.kind = 'ask') \
         from batches b order by b.code",
    )
    .bind(ms(from))
    .fetch_all(conn)
    .await?;
    rows.into_iter()
        .map(
            |(code, school, title, pending, oldest_ms, passed, rejected, questions)| {
                Ok(FloorBatch {
                    code: BatchCode(code),
                    school,
                    title,
                    pending: count(pending)?,
                    oldest_submitted_at: oldest_ms.map(time).transpose()?,
                    passed: count(passed)?,
                    rejected: count(rejected)?,
                    questions: count(questions)?,
                })
            },
        )
        .collect()
}
