//! Table `submissions`: what was leased to this desk, and what became of it.

use crate::row::{at, from_json, ms, parse, to_json};
use crate::{Store, StoreError, Transaction};
use analyzer::report::Status;
use audit::Hash;
use chrono::{DateTime, Utc};
use domain::{Lease, LeaseId, Question, ReviewerId, ShotMatch, Submission, SubmissionId};
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

/// A submission that this desk has, or had.
#[derive(Clone, Debug)]
pub struct Held {
    pub submission: Submission,
    pub lease: Lease,
    pub reviewer: ReviewerId,
    pub place: Place,
    /// What the analyzer made of the photo; absent: not yet analysed.
    pub judged: Option<Judged>,
    /// What a reviewer asks about it.
    pub question: Option<Question>,
    /// Who else handed in the same shot; absent: not compared yet.
    pub same_shots: Option<Vec<ShotMatch>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Leased and not decided.
    InHand,
    /// Decided here; the decision may have been refused since.
    Decided,
    /// The lease is over, and nothing was decided here.
    Gone,
}

impl Place {
    fn parse(text: &str) -> Result<Place, StoreError> {
        match text {
            "in_hand" => Ok(Place::InHand),
            "decided" => Ok(Place::Decided),
            "gone" => Ok(Place::Gone),
            _ => Err(StoreError::Damaged("the state of a submission")),
        }
    }
}

#[derive(Clone, Debug, PartialEq)]
pub enum Judged {
    /// The report with this hash, and what its checks add up to.
    Report { sha256: Hash, machine: Status },
    /// The code of the decode error.
    Unreadable(String),
}

const COLUMNS: &str =
    "id, reviewer, lease, lease_expires_at_ms, state, report_sha256, machine, unreadable, question, same_shots, body";

impl Store {
    /// Takes leased submissions into the reviewer's hand. One whose decision waits in the outbox stays decided. Under another
    /// lease it is compared anew: who else handed in the same shot may have changed meanwhile.
    pub async fn take(
        &self,
        reviewer: ReviewerId,
        leased: &[(Lease, Submission)],
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        for (lease, submission) in leased {
            sqlx::query(
                "insert into submissions (id, reviewer, lease, lease_granted_at_ms, lease_expires_at_ms, state,
                                          submitted_at_ms, photo_sha256, body)
                 values (?1, ?2, ?3, ?4, ?5, 'in_hand', ?6, ?7, ?8)
                 on conflict (id) do update
                 set reviewer = ?2, lease = ?3, lease_granted_at_ms = ?4, lease_expires_at_ms = ?5, state = 'in_hand',
                     submitted_at_ms = ?6, body = ?8,
                     report_sha256 = iif(photo_sha256 = ?7, report_sha256, null),
                     machine = iif(photo_sha256 = ?7, machine, null),
                     unreadable = iif(photo_sha256 = ?7, unreadable, null),
                     same_shots = iif(photo_sha256 = ?7 and lease = ?3, same_shots, null),
                     photo_sha256 = ?7
                 where not exists (select 1 from outbox join decisions on decisions.id = outbox.decision
                                   where decisions.submission = submissions.id)",
            )
            .bind(submission.id.to_string())
            .bind(reviewer.to_string())
            .bind(lease.id.to_string())
            .bind(ms(now))
            .bind(ms(lease.expires_at))
            .bind(ms(submission.submitted_at))
            .bind(&submission.photo_sha256)
            .bind(to_json(submission)?)
            .execute(&mut *tx)
            .await?;
        }
        Ok(tx.commit().await?)
    }

    /// What the reviewer has in hand, due first first; also what the lease has run out for.
    pub async fn in_hand(&self, reviewer: ReviewerId) -> Result<Vec<Held>, StoreError> {
        let sql = format!(
            "select {COLUMNS} from submissions where reviewer = ? and state = 'in_hand' order by submitted_at_ms, id"
        );
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(reviewer.to_string())
            .fetch_all(&self.pool)
            .await?;
        rows.iter().map(held).collect()
    }

    pub async fn submission(&self, id: SubmissionId) -> Result<Option<Held>, StoreError> {
        let sql = format!("select {COLUMNS} from submissions where id = ?");
        let row = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(id.to_string())
            .fetch_optional(&self.pool)
            .await?;
        row.as_ref().map(held).transpose()
    }

    /// Keeps what a reviewer asks about the submission; `None` where nobody asks.
    pub async fn keep_question(&self, id: SubmissionId, question: Option<&Question>) -> Result<(), StoreError> {
        sqlx::query("update submissions set question = ? where id = ?")
            .bind(question.map(to_json).transpose()?)
            .bind(id.to_string())
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    /// Keeps who else handed in the same shot.
    pub async fn keep_same_shots(&self, id: SubmissionId, matches: &[ShotMatch]) -> Result<(), StoreError> {
        sqlx::query("update submissions set same_shots = ? where id = ?")
            .bind(to_json(&matches)?)
            .bind(id.to_string())
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    /// Forgets of what is in hand who else handed in the same shot, so that it is compared again. Whether there was anything
    /// to forget.
    pub async fn compare_again(&self, ids: &[SubmissionId]) -> Result<bool, StoreError> {
        let mut any = false;
        for id in ids {
            let sql = "update submissions set same_shots = null
                       where id = ? and state = 'in_hand' and same_shots is not null";
            let done = sqlx::query(sql).bind(id.to_string()).execute(&self.pool).await?;
            any |= done.rows_affected() > 0;
        }
        Ok(any)
    }

    /// Keeps what the analyzer made of the submission's photo.
    pub async fn judged(&self, id: SubmissionId, judged: &Judged) -> Result<(), StoreError> {
        let (report, machine, unreadable) = columns(judged)?;
        sqlx::query("update submissions set report_sha256 = ?, machine = ?, unreadable = ? where id = ?")
            .bind(report)
            .bind(machine)
            .bind(unreadable)
            .bind(id.to_string())
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    /// The leases whose half is over, of what is in hand and of what is decided and not yet delivered.
    pub async fn leases_to_renew(&self, reviewer: ReviewerId, now: DateTime<Utc>) -> Result<Vec<LeaseId>, StoreError> {
        let leases: Vec<String> = sqlx::query_scalar(
            "select lease from submissions
             where reviewer = ? and (lease_granted_at_ms + lease_expires_at_ms) / 2 <= ?
               and (state = 'in_hand'
                    or exists (select 1 from outbox join decisions on decisions.id = outbox.decision
                               where decisions.submission = submissions.id))
             order by lease_expires_at_ms",
        )
        .bind(reviewer.to_string())
        .bind(ms(now))
        .fetch_all(&self.pool)
        .await?;
        leases.iter().map(|lease| parse(lease)).collect()
    }

    /// When the next lease wants to be renewed.
    pub async fn next_renewal(&self, reviewer: ReviewerId) -> Result<Option<DateTime<Utc>>, StoreError> {
        let next: Option<i64> = sqlx::query_scalar(
            "select min((lease_granted_at_ms + lease_expires_at_ms) / 2) from submissions
             where reviewer = ? and state = 'in_hand'",
        )
        .bind(reviewer.to_string())
        .fetch_one(&self.pool)
        .await?;
        next.map(at).transpose()
    }

    pub async fn renewed(&self, leases: &[Lease], now: DateTime<Utc>) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        for lease in leases {
            sqlx::query("update submissions set lease_granted_at_ms = ?, lease_expires_at_ms = ? where lease = ?")
                .bind(ms(now))
                .bind(ms(lease.expires_at))
                .bind(lease.id.to_string())
                .execute(&mut *tx)
                .await?;
        }
        Ok(tx.commit().await?)
    }

    /// Leases that are no longer this desk's. What is decided stays as it is.
    pub async fn lost(&self, leases: &[LeaseId]) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        for lease in leases {
            sqlx::query("update submissions set state = 'gone' where lease = ? and state = 'in_hand'")
                .bind(lease.to_string())
                .execute(&mut *tx)
                .await?;
        }
        Ok(tx.commit().await?)
    }
}

/// A submission that was decided elsewhere, so that it can be corrected here; one that is here stays as it is.
pub(crate) async fn add_decided(tx: &mut Transaction, held: &Held) -> Result<(), StoreError> {
    let Held { submission, lease, .. } = held;
    let (report, machine, unreadable) = match &held.judged {
        Some(judged) => columns(judged)?,
        None => (None, None, None),
    };
    sqlx::query(
        "insert into submissions (id, reviewer, lease, lease_granted_at_ms, lease_expires_at_ms, state, submitted_at_ms,
                                  photo_sha256, report_sha256, machine, unreadable, body)
         values (?1, ?2, ?3, ?4, ?4, 'decided', ?5, ?6, ?7, ?8, ?9, ?10) on conflict (id) do nothing",
    )
    .bind(submission.id.to_string())
    .bind(held.reviewer.to_string())
    .bind(lease.id.to_string())
    .bind(ms(lease.expires_at))
    .bind(ms(submission.submitted_at))
    .bind(&submission.photo_sha256)
    .bind(report)
    .bind(machine)
    .bind(unreadable)
    .bind(to_json(submission)?)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

type JudgedColumns<'a> = (Option<String>, Option<String>, Option<&'a str>);

/// Hash of the report, what its checks add up to, code of the decode error.
fn columns(judged: &Judged) -> Result<JudgedColumns<'_>, StoreError> {
    Ok(match judged {
        Judged::Report { sha256, machine } => (Some(sha256.to_string()), Some(to_json(machine)?), None),
        Judged::Unreadable(code) => (None, None, Some(code)),
    })
}

fn held(row: &SqliteRow) -> Result<Held, StoreError> {
    let submission: Submission = from_json(row.try_get("body")?)?;
    let report: Option<&str> = row.try_get("report_sha256")?;
    let machine: Option<&str> = row.try_get("machine")?;
    let unreadable: Option<String> = row.try_get("unreadable")?;
    let judged = match (report, machine, unreadable) {
        (Some(sha256), Some(machine), _) => Some(Judged::Report {
            sha256: parse(sha256)?,
            machine: from_json(machine)?,
        }),
        (_, _, Some(code)) => Some(Judged::Unreadable(code)),
        _ => None,
    };
    Ok(Held {
        lease: Lease {
            id: parse(row.try_get("lease")?)?,
            submission: submission.id,
            expires_at: at(row.try_get("lease_expires_at_ms")?)?,
        },
        reviewer: parse(row.try_get("reviewer")?)?,
        place: Place::parse(row.try_get("state")?)?,
        judged,
        question: row.try_get::<Option<&str>, _>("question")?.map(from_json).transpose()?,
        same_shots: row
            .try_get::<Option<&str>, _>("same_shots")?
            .map(from_json)
            .transpose()?,
        submission,
    })
}
