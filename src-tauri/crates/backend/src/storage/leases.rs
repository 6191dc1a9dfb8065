//! The leases on `submissions`: who may decide what, until when. A lease is live before its end, not at it.

use super::{Connection, Dialect, StorageError, asides, count, id, ms, time};
use chrono::{DateTime, TimeDelta, Utc};
use domain::{Account, BatchCode, Lease, LeaseId, ReviewerId, Role, Student, Submission, SubmissionId};
use protocol::LeasedSubmission;
use sqlx::any::AnyRow;
use sqlx::{AssertSqlSafe, Row, query, query_scalar};

/// Who skipped a submission is not given it again for so long; somebody else is.
const SKIPPED_FOR: TimeDelta = TimeDelta::hours(12);

/// Leases at most `most` free submissions, those handed in first first; a supervisor gets the open questions before
/// anything else, a reviewer none. Wants a writing transaction.
pub async fn take(
    conn: &mut Connection,
    dialect: Dialect,
    Account { id: reviewer, role, .. }: &Account,
    most: u32,
    batch: Option<&BatchCode>,
    now: DateTime<Utc>,
    expires_at: DateTime<Utc>,
) -> Result<Vec<LeaseId>, StorageError> {
    // Rows that another reviewer is taking at this moment are left out, and what was taken since this statement began
    // is looked at again before its row is given: two transactions never get the same row.
    let free: Vec<String> = query_scalar(AssertSqlSafe(format!(
        "select id from submissions where state = 'pending_review' \
         and (lease_expires_ms is null or lease_expires_ms <= $1) and ($2 = '' or batch = $2) \
         and not exists (select 1 from asides a where a.submission = submissions.id and a.kind = 'skip' \
                         and a.reviewer = $4 and a.at_ms > $5) \
         and ($6 = 1 or not exists (select 1 from asides a where a.submission = submissions.id and a.kind = 'ask')) \
         order by case when exists (select 1 from asides a where a.submission = submissions.id and a.kind = 'ask') \
                  then 0 else 1 end, submitted_ms, id limit $3 {}",
        dialect.skip_locked()
    )))
    .bind(ms(now))
    .bind(batch.map_or("", |batch| batch.0.as_str()))
    .bind(i64::from(most))
    .bind(reviewer.to_string())
    .bind(ms(now - SKIPPED_FOR))
    .bind(i64::from(*role == Role::Supervisor))
    .fetch_all(&mut *conn)
    .await?;
    let mut taken = Vec::with_capacity(free.len());
    for submission in free {
        let lease = LeaseId::new();
        query("update submissions set lease_id = $1, lease_reviewer = $2, lease_expires_ms = $3 where id = $4")
            .bind(lease.to_string())
            .bind(reviewer.to_string())
            .bind(ms(expires_at))
            .bind(submission)
            .execute(&mut *conn)
            .await?;
        taken.push(lease);
    }
    Ok(taken)
}

/// Every live lease of the reviewer, in the order of the queue.
pub async fn held(
    conn: &mut Connection,
    reviewer: ReviewerId,
    now: DateTime<Utc>,
) -> Result<Vec<LeasedSubmission>, StorageError> {
    let rows = query(
        "select s.lease_id, s.lease_expires_ms, s.id, s.batch, s.attempt, s.submitted_ms, s.photo_sha256, s.photo_bytes, \
           b.school, b.profile, t.id as student, t.name, t.id_number, t.student_no \
         from submissions s join batches b on b.code = s.batch join students t on t.id = s.student \
         where s.lease_reviewer = $1 and s.lease_expires_ms > $2 and s.state = 'pending_review' \
         order by s.submitted_ms, s.id",
    )
    .bind(reviewer.to_string())
    .bind(ms(now))
    .fetch_all(&mut *conn)
    .await?;
    let mut questions = asides::questions(conn, reviewer).await?;
    rows.iter()
        .map(|row| {
            let mut leased = leased(row)?;
            leased.question = questions.remove(&leased.submission.id);
            Ok(leased)
        })
        .collect()
}

fn leased(row: &AnyRow) -> Result<LeasedSubmission, StorageError> {
    let text = |column: &str| row.try_get::<String, _>(column);
    let number = |column: &str| row.try_get::<i64, _>(column);
    let submission: SubmissionId = id(&text("id")?)?;
    Ok(LeasedSubmission {
        lease: Lease {
            id: id(&text("lease_id")?)?,
            submission,
            expires_at: time(number("lease_expires_ms")?)?,
        },
        submission: Submission {
            id: submission,
            student: Student {
                id: id(&text("student")?)?,
                name: text("name")?,
                id_number: text("id_number")?,
                student_no: text("student_no")?,
            },
            batch: BatchCode(text("batch")?),
            school: text("school")?,
            attempt: count(number("attempt")?)?,
            submitted_at: time(number("submitted_ms")?)?,
            profile: text("profile")?,
            photo_sha256: text("photo_sha256")?,
            photo_bytes: count(number("photo_bytes")?)?,
        },
        question: None,
    })
}

/// Gives a live lease a new end. `None` where it is no longer the reviewer's.
pub async fn renew(
    conn: &mut Connection,
    reviewer: ReviewerId,
    lease: LeaseId,
    now: DateTime<Utc>,
    expires_at: DateTime<Utc>,
) -> Result<Option<Lease>, StorageError> {
    let submission: Option<String> = query_scalar(
        "update submissions set lease_expires_ms = $1 \
         where lease_id = $2 and lease_reviewer = $3 and lease_expires_ms > $4 and state = 'pending_review' returning id",
    )
    .bind(ms(expires_at))
    .bind(lease.to_string())
    .bind(reviewer.to_string())
    .bind(ms(now))
    .fetch_optional(conn)
    .await?;
    submission
        .map(|text| {
            Ok(Lease {
                id: lease,
                submission: id(&text)?,
                expires_at: time(ms(expires_at))?,
            })
        })
        .transpose()
}

/// Gives the submission back to the queue, where the lease is the reviewer's.
pub async fn release(conn: &mut Connection, reviewer: ReviewerId, lease: LeaseId) -> Result<(), StorageError> {
    query(
        "update submissions set lease_id = null, lease_reviewer = null, lease_expires_ms = null \
         where lease_id = $1 and lease_reviewer = $2",
    )
    .bind(lease.to_string())
    .bind(reviewer.to_string())
    .execute(conn)
    .await?;
    Ok(())
}

/// How many are waiting: free, leased by the reviewer, leased by others.
pub async fn counts(
    conn: &mut Connection,
    reviewer: ReviewerId,
    now: DateTime<Utc>,
) -> Result<(u32, u32, u32), StorageError> {
    let row = query(
        "select count(*) as pending, \
           count(case when lease_expires_ms > $1 and lease_reviewer = $2 then 1 end) as mine, \
           count(case when lease_expires_ms > $1 and lease_reviewer <> $2 then 1 end) as others \
         from submissions where state = 'pending_review'",
    )
    .bind(ms(now))
    .bind(reviewer.to_string())
    .fetch_one(conn)
    .await?;
    let (pending, mine, others): (i64, i64, i64) =
        (row.try_get("pending")?, row.try_get("mine")?, row.try_get("others")?);
    Ok((count(pending - mine - others)?, count(mine)?, count(others)?))
}
