//! The store on a real encrypted file; what its tests share.

mod deciding;
mod keeping;

use crate::*;
use analyzer::report::{ImageFacts, ProfileRef, Report, Status, Timings};
use audit::{Decided, Hash};
use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    BatchCode, Decision, DecisionId, Lease, LeaseId, Pinned, ReviewerId, Student, StudentId, Submission, SubmissionId,
    Verdict,
};
use std::path::PathBuf;
use std::sync::LazyLock;
use tokio::runtime::Runtime;

const NAME: &str = "欧阳娜娜";
const ID_NUMBER: &str = "990101200301012345";
const PHOTO: &[u8] = b"JFIF and so on, a face of somebody";

struct Bench {
    store: Store,
    dir: tempfile::TempDir,
    reviewer: ReviewerId,
}

fn key() -> Key {
    Key::new([7; 32])
}

fn now() -> DateTime<Utc> {
    "2026-11-24T02:00:00Z".parse().unwrap()
}

fn later(seconds: i64) -> DateTime<Utc> {
    now() + TimeDelta::seconds(seconds)
}

/// Runs a test on a runtime that is never taken down: with one that ends with its test, a connection may be closing on
/// its own thread while the process leaves, and SQLCipher crashes in its cleanup.
fn run<F: Future>(test: F) -> F::Output {
    static SHARED: LazyLock<Runtime> = LazyLock::new(|| Runtime::new().unwrap());
    SHARED.block_on(test)
}

impl Bench {
    async fn new() -> Bench {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(&dir.path().join("desk.db"), &key()).await.unwrap();
        Bench {
            store,
            dir,
            reviewer: ReviewerId::new(),
        }
    }

    fn path(&self) -> PathBuf {
        self.dir.path().join("desk.db")
    }

    /// A submission in hand, with photo and report, leased for ten minutes.
    async fn in_hand(&self) -> Held {
        let id = SubmissionId::new();
        let submission = Submission {
            id,
            student: Student {
                id: StudentId::new(),
                name: NAME.into(),
                id_number: ID_NUMBER.into(),
                student_no: "202311110001".into(),
            },
            batch: BatchCode("B1".into()),
            school: "示例大学".into(),
            attempt: 1,
            submitted_at: now(),
            profile: "chsi-2017".into(),
            photo_sha256: Hash::of(PHOTO).to_string(),
            photo_bytes: PHOTO.len() as u32,
        };
        let lease = Lease {
            id: LeaseId::new(),
            submission: id,
            expires_at: later(600),
        };
        self.store
            .take(self.reviewer, &[(lease, submission)], now())
            .await
            .unwrap();
        self.store
            .keep_photo(&Hash::of(PHOTO).to_string(), PHOTO)
            .await
            .unwrap();
        let sha256 = self.store.keep_report(&report()).await.unwrap();
        self.store
            .judged(
                id,
                &Judged::Report {
                    sha256,
                    machine: Status::Pass,
                },
            )
            .await
            .unwrap();
        self.store.submission(id).await.unwrap().unwrap()
    }

    fn decided(&self, held: &Held) -> Decided {
        let Some(Judged::Report { sha256, .. }) = held.judged else {
            panic!("no report")
        };
        Decided {
            decision: Decision {
                id: DecisionId::new(),
                submission: held.submission.id,
                batch: held.submission.batch.clone(),
                lease: held.lease.id,
                reviewer: self.reviewer,
                verdict: Verdict::Pass,
                reasons: vec![],
                note: String::new(),
                decided_at: now(),
                photo_sha256: held.submission.photo_sha256.clone(),
                pinned: Pinned {
                    profile: "chsi-2017".into(),
                    profile_version: "1".into(),
                    analyzer_version: "0.1.0".into(),
                    reasons_version: "1".into(),
                    calendar_version: "1".into(),
                },
                look: None,
                corrects: None,
            },
            masked_name: "欧**娜".into(),
            school: held.submission.school.clone(),
            attempt: 1,
            submitted_at: now(),
            report_sha256: Some(sha256),
            unreadable: None,
            same_shots: vec![],
        }
    }

    async fn place(&self, held: &Held) -> Place {
        self.store.submission(held.submission.id).await.unwrap().unwrap().place
    }

    async fn count(&self, sql: &'static str) -> i64 {
        sqlx::query_scalar(sql).fetch_one(&self.store.pool).await.unwrap()
    }

    async fn run(&self, sql: &'static str) -> Result<(), sqlx::Error> {
        sqlx::raw_sql(sql).execute(&self.store.pool).await.map(|_| ())
    }

    /// Decisions, entries, outbox rows, submissions in hand.
    async fn counts(&self) -> [i64; 4] {
        [
            self.count("select count(*) from decisions").await,
            self.count("select count(*) from entries").await,
            self.count("select count(*) from outbox").await,
            self.count("select count(*) from submissions where state = 'in_hand'")
                .await,
        ]
    }
}

fn report() -> Report {
    Report {
        analyzer_version: "0.1.0".into(),
        profile: ProfileRef {
            code: "chsi-2017".into(),
            version: "1".into(),
        },
        photo_sha256: Hash::of(PHOTO).to_string(),
        image: ImageFacts {
            format: "JPEG".into(),
            width_px: 480,
            height_px: 640,
            bytes: PHOTO.len() as u32,
        },
        checks: vec![],
        geometry: None,
        crop: None,
        shot: None,
        timings: Timings::default(),
    }
}
