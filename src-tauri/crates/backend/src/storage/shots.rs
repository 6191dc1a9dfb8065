//! Tables `shots` and `shot_matches`: what photos are known by, and which were named as the same shot.

use super::{Connection, StorageError, count, from_json, id, ms, submissions, time, to_json};
use chrono::{DateTime, Utc};
use domain::{BatchCode, ReviewerId, ShotMatch, SubmissionId, mask_name};
use protocol::Shot;
use sqlx::{Row, query, query_as, query_scalar};

/// Keeps it; a submission's photo never changes, so the first of a version stays.
pub async fn add(conn: &mut Connection, submission: SubmissionId, shot: &Shot) -> Result<(), StorageError> {
    query(
        "insert into shots (submission, version, bits, eyes) values ($1, $2, $3, $4) \
         on conflict (submission, version) do nothing",
    )
    .bind(submission.to_string())
    .bind(i64::from(shot.version))
    .bind(shot.bits.as_str())
    .bind(to_json(&shot.eyes)?)
    .execute(conn)
    .await?;
    Ok(())
}

/// The next few of a version after a number, in order: number and bits.
pub async fn after(
    conn: &mut Connection,
    version: u32,
    number: i64,
    most: u32,
) -> Result<Vec<(i64, String)>, StorageError> {
    let rows = query_as("select number, bits from shots where version = $1 and number > $2 order by number limit $3")
        .bind(i64::from(version))
        .bind(number)
        .bind(i64::from(most))
        .fetch_all(conn)
        .await?;
    Ok(rows)
}

/// The shot of that number as a match of the submission; `None` where it belongs to the submission's own student.
pub async fn matched(
    conn: &mut Connection,
    submission: SubmissionId,
    number: i64,
    distance_bits: u32,
) -> Result<Option<ShotMatch>, StorageError> {
    let row = query(
        "select s.id, s.batch, s.attempt, s.state, s.submitted_ms, s.photo_sha256, s.photo_bytes, b.school, t.name, \
           h.eyes, case when t.id_number <> '' and t.id_number = own.id_number then 1 else 0 end as same_person, \
           (select d.verdict from decisions d where d.submission = s.id order by d.received_ms desc, d.id desc limit 1) \
             as verdict \
         from shots h join submissions s on s.id = h.submission join batches b on b.code = s.batch \
           join students t on t.id = s.student \
           join students own on own.id = (select student from submissions where id = $1) \
         where h.number = $2 and t.id <> own.id",
    )
    .bind(submission.to_string())
    .bind(number)
    .fetch_optional(conn)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let text = |column: &str| row.try_get::<String, _>(column);
    let verdict: Option<String> = row.try_get("verdict")?;
    Ok(Some(ShotMatch {
        submission: id(&text("id")?)?,
        distance_bits,
        masked_name: mask_name(&text("name")?),
        same_person: row.try_get::<i32, _>("same_person")? == 1,
        batch: BatchCode(text("batch")?),
        school: text("school")?,
        attempt: count(row.try_get("attempt")?)?,
        state: submissions::state(&text("state")?)?,
        submitted_at: time(row.try_get("submitted_ms")?)?,
        verdict: verdict.map(|text| from_json(&format!("\"{text}\""))).transpose()?,
        photo_sha256: text("photo_sha256")?,
        photo_bytes: count(row.try_get("photo_bytes")?)?,
        eyes: from_json(&text("eyes")?)?,
        moved_percent: None,
    }))
}

/// Keeps that the other was named: the photo of each may be seen beside the other's from now on. Of this one the other's
/// desk is still to be told.
pub async fn name(
    conn: &mut Connection,
    submission: SubmissionId,
    other: SubmissionId,
    now: DateTime<Utc>,
) -> Result<(), StorageError> {
    for (one, another, told) in [(submission, other, 1_i32), (other, submission, 0)] {
        query(
            "insert into shot_matches (submission, other, named_ms, told) values ($1, $2, $3, $4) \
             on conflict (submission, other) do nothing",
        )
        .bind(one.to_string())
        .bind(another.to_string())
        .bind(ms(now))
        .bind(told)
        .execute(&mut *conn)
        .await?;
    }
    Ok(())
}

/// Whoever compares the submission's shot is about to be told of every other.
pub async fn told(conn: &mut Connection, submission: SubmissionId) -> Result<(), StorageError> {
    query("update shot_matches set told = 1 where submission = $1 and told = 0")
        .bind(submission.to_string())
        .execute(conn)
        .await?;
    Ok(())
}

/// Of what is leased to the reviewer: those with a same shot that nobody was told of.
pub async fn untold(
    conn: &mut Connection,
    reviewer: ReviewerId,
    now: DateTime<Utc>,
) -> Result<Vec<SubmissionId>, StorageError> {
    let untold: Vec<String> = query_scalar(
        "select s.id from submissions s \
         where s.lease_reviewer = $1 and s.lease_expires_ms > $2 and s.state = 'pending_review' \
           and exists (select 1 from shot_matches m where m.submission = s.id and m.told = 0) order by s.id",
    )
    .bind(reviewer.to_string())
    .bind(ms(now))
    .fetch_all(conn)
    .await?;
    untold.iter().map(|text| id(text)).collect()
}

/// The submissions that this one was named for.
pub async fn named_for(conn: &mut Connection, other: SubmissionId) -> Result<Vec<SubmissionId>, StorageError> {
    let named: Vec<String> = query_scalar("select submission from shot_matches where other = $1")
        .bind(other.to_string())
        .fetch_all(conn)
        .await?;
    named.iter().map(|text| id(text)).collect()
}
