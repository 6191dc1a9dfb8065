//! The store on a real encrypted file: what has to hold together, what can't be edited, what can't be read.

use crate::*;
use analyzer::report::{ImageFacts, ProfileRef, Report, Status, Timings};
use audit::{Body, Decided, Hash};
use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    Account, BatchCode, Calendar, Decision, DecisionId, Lease, LeaseId, Pinned, ReasonCatalogue, ReviewerId, Role,
    Student, StudentId, Submission, SubmissionId, Verdict,
};
use std::path::PathBuf;

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
            },
            masked_name: "欧**娜".into(),
            school: held.submission.school.clone(),
            attempt: 1,
            submitted_at: now(),
            report_sha256: Some(sha256),
            unreadable: None,
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
        timings: Timings::default(),
    }
}

#[tokio::test]
async fn a_decision_its_entry_and_its_outbox_row_are_written_together() {
    let bench = Bench::new().await;
    let held = bench.in_hand().await;
    let decided = bench.decided(&held);
    bench.store.decide(&decided, later(10)).await.unwrap();
    assert_eq!(bench.counts().await, [1, 1, 1, 0]);
    let entry = bench.store.entry(1).await.unwrap();
    assert_eq!(entry.body, Body::Decision(Box::new(decided.clone())));
    assert_eq!(entry.own_hash().unwrap(), entry.hash);
    let outgoing = bench.store.outgoing(bench.reviewer).await.unwrap();
    assert_eq!(outgoing[0].decision, decided.decision);
    assert_eq!(outgoing[0].not_before, later(10));
}

#[tokio::test]
async fn a_decision_that_fails_half_way_leaves_nothing() {
    for table in ["entries", "decisions", "outbox"] {
        let bench = Bench::new().await;
        let held = bench.in_hand().await;
        let trigger = format!("create trigger stop before insert on {table} begin select raise(abort, 'stop'); end");
        sqlx::raw_sql(sqlx::AssertSqlSafe(trigger))
            .execute(&bench.store.pool)
            .await
            .unwrap();
        assert!(
            bench.store.decide(&bench.decided(&held), later(10)).await.is_err(),
            "{table}"
        );
        assert_eq!(bench.counts().await, [0, 0, 0, 1], "{table}");
        bench.run("drop trigger stop").await.unwrap();
        bench.store.decide(&bench.decided(&held), later(10)).await.unwrap();
    }
}

#[tokio::test]
async fn a_submission_is_decided_once_and_only_under_its_lease() {
    let bench = Bench::new().await;
    let held = bench.in_hand().await;
    let mut other_lease = bench.decided(&held);
    other_lease.decision.lease = LeaseId::new();
    assert!(matches!(
        bench.store.decide(&other_lease, now()).await,
        Err(StoreError::NotInHand)
    ));
    bench.store.decide(&bench.decided(&held), now()).await.unwrap();
    assert!(matches!(
        bench.store.decide(&bench.decided(&held), now()).await,
        Err(StoreError::NotInHand)
    ));
    assert_eq!(bench.counts().await, [1, 1, 1, 0]);
}

#[tokio::test]
async fn an_undo_is_a_new_entry_within_the_hold_and_nothing_after_it() {
    let bench = Bench::new().await;
    let held = bench.in_hand().await;
    let decided = bench.decided(&held);
    let id = decided.decision.id;
    bench.store.decide(&decided, later(10)).await.unwrap();

    let stranger = bench.store.undo(id, ReviewerId::new(), later(5)).await;
    assert!(matches!(stranger, Err(StoreError::HoldOver)));
    let too_late = bench.store.undo(id, bench.reviewer, later(10)).await;
    assert!(matches!(too_late, Err(StoreError::HoldOver)));
    assert_eq!(
        bench.store.undo(id, bench.reviewer, later(9)).await.unwrap(),
        held.submission.id
    );
    assert_eq!(bench.counts().await, [1, 2, 0, 1]);
    assert_eq!(bench.store.entry(2).await.unwrap().body, Body::Undo { decision: id });
    assert_eq!(
        bench
            .store
            .count_decisions(bench.reviewer, now(), later(60))
            .await
            .unwrap(),
        0
    );
    let twice = bench.store.undo(id, bench.reviewer, later(9)).await;
    assert!(matches!(twice, Err(StoreError::HoldOver)));

    let again = bench.decided(&held);
    bench.store.decide(&again, later(20)).await.unwrap();
    assert_eq!(
        bench
            .store
            .count_decisions(bench.reviewer, now(), later(60))
            .await
            .unwrap(),
        1
    );
}

#[tokio::test]
async fn what_is_being_sent_cannot_be_taken_back() {
    let bench = Bench::new().await;
    let held = bench.in_hand().await;
    let decided = bench.decided(&held);
    let id = decided.decision.id;
    bench.store.decide(&decided, later(10)).await.unwrap();
    assert!(bench.store.due(bench.reviewer, later(9)).await.unwrap().is_empty());
    assert!(!bench.store.begin_sending(id, later(9)).await.unwrap());
    assert!(bench.store.begin_sending(id, later(10)).await.unwrap());
    // a clock that was set back
    assert!(matches!(
        bench.store.undo(id, bench.reviewer, now()).await,
        Err(StoreError::HoldOver)
    ));
    bench.store.try_again(id, later(100)).await.unwrap();
    assert!(matches!(
        bench.store.undo(id, bench.reviewer, now()).await,
        Err(StoreError::HoldOver)
    ));
    assert!(bench.store.due(bench.reviewer, later(99)).await.unwrap().is_empty());
    assert_eq!(
        bench.store.due(bench.reviewer, later(100)).await.unwrap()[0].attempts,
        1
    );
    bench.store.delivered(id).await.unwrap();
    assert_eq!(bench.counts().await, [1, 1, 0, 0]);
}

#[tokio::test]
async fn a_refusal_stays_until_it_is_acknowledged() {
    let bench = Bench::new().await;
    let held = bench.in_hand().await;
    let decided = bench.decided(&held);
    let id = decided.decision.id;
    bench.store.decide(&decided, now()).await.unwrap();
    bench
        .run("create trigger stop before insert on entries begin select raise(abort, 'stop'); end")
        .await
        .unwrap();
    assert!(
        bench
            .store
            .refuse(&decided.decision, "lease_ended", now())
            .await
            .is_err()
    );
    assert_eq!(bench.counts().await, [1, 1, 1, 0]);
    bench.run("drop trigger stop").await.unwrap();

    // what is refused twice is refused once
    bench
        .store
        .refuse(&decided.decision, "lease_ended", now())
        .await
        .unwrap();
    bench
        .store
        .refuse(&decided.decision, "lease_ended", now())
        .await
        .unwrap();
    assert_eq!(bench.counts().await, [1, 2, 0, 0]);
    let body = Body::Refused {
        decision: id,
        code: "lease_ended".into(),
    };
    assert_eq!(bench.store.entry(2).await.unwrap().body, body);
    assert_eq!(
        bench.store.refusals(bench.reviewer).await.unwrap()[0].code,
        "lease_ended"
    );
    assert!(bench.store.acknowledge(id, now()).await.unwrap());
    assert!(bench.store.refusals(bench.reviewer).await.unwrap().is_empty());
}

#[tokio::test]
async fn the_database_itself_refuses_to_edit() {
    let bench = Bench::new().await;
    let held = bench.in_hand().await;
    let decided = bench.decided(&held);
    bench.store.decide(&decided, now()).await.unwrap();
    let mark = StoredMark {
        decision: decided.decision.id,
        supervisor: bench.reviewer,
        right: true,
        note: String::new(),
        marked_at: now(),
    };
    bench.store.add_mark(&mark, Hash::NONE).await.unwrap();
    for sql in [
        "update entries set body = '{}'",
        "delete from entries",
        "update decisions set verdict = 'reject'",
        "delete from decisions",
        "update marks set is_right = 0",
        "delete from marks",
        "update reports set body = x'00'",
        "update photos set bytes = x'00'",
        "insert into entries values (4, 'x', 'y', 0, '', 'undo', '', '')",
        "insert into entries values (3, 'x', 'y', 0, '', 'undo', '', '')",
    ] {
        let refused = bench.run(sql).await.unwrap_err().to_string();
        assert!(
            refused.contains("never") || refused.contains("follow"),
            "{sql}: {refused}"
        );
    }
}

#[tokio::test]
async fn the_wrong_key_is_said_and_nothing_is_readable_without_the_right_one() {
    let bench = Bench::new().await;
    let held = bench.in_hand().await;
    bench.store.decide(&bench.decided(&held), now()).await.unwrap();
    // also what is not yet moved from the write-ahead log
    for entry in std::fs::read_dir(bench.dir.path()).unwrap() {
        let path = entry.unwrap().path();
        let bytes = std::fs::read(&path).unwrap();
        for secret in [
            NAME.as_bytes(),
            ID_NUMBER.as_bytes(),
            PHOTO,
            b"create table",
            b"SQLite format",
        ] {
            let readable = bytes.windows(secret.len()).any(|window| window == secret);
            assert!(!readable, "{}: {}", path.display(), String::from_utf8_lossy(secret));
        }
    }
    bench.store.close().await;
    let wrong = Store::open(&bench.path(), &Key::new([8; 32])).await;
    assert!(matches!(wrong, Err(StoreError::WrongKey)), "{:?}", wrong.err());
    let reopened = Store::open(&bench.path(), &key()).await.unwrap();
    assert_eq!(
        reopened
            .submission(held.submission.id)
            .await
            .unwrap()
            .unwrap()
            .submission,
        held.submission
    );
    assert_eq!(
        reopened.photo(&Hash::of(PHOTO).to_string()).await.unwrap().unwrap(),
        PHOTO
    );
}

#[tokio::test]
async fn leases_are_renewed_at_half_time_also_for_what_waits_to_be_sent() {
    let bench = Bench::new().await;
    let (first, second) = (bench.in_hand().await, bench.in_hand().await);
    bench.store.decide(&bench.decided(&first), later(3600)).await.unwrap();
    assert!(
        bench
            .store
            .leases_to_renew(bench.reviewer, later(299))
            .await
            .unwrap()
            .is_empty()
    );
    assert_eq!(
        bench.store.next_renewal(bench.reviewer).await.unwrap(),
        Some(later(300))
    );
    let due = bench.store.leases_to_renew(bench.reviewer, later(300)).await.unwrap();
    assert_eq!(due.len(), 2);

    let renewed = Lease {
        expires_at: later(900),
        ..second.lease.clone()
    };
    bench
        .store
        .renewed(std::slice::from_ref(&renewed), later(300))
        .await
        .unwrap();
    assert_eq!(
        bench
            .store
            .submission(second.submission.id)
            .await
            .unwrap()
            .unwrap()
            .lease,
        renewed
    );
    bench.store.lost(&[first.lease.id, second.lease.id]).await.unwrap();
    assert_eq!(bench.place(&first).await, Place::Decided);
    assert_eq!(bench.place(&second).await, Place::Gone);
}

#[tokio::test]
async fn a_new_lease_brings_a_submission_back_but_never_while_its_decision_is_on_its_way() {
    let bench = Bench::new().await;
    let held = bench.in_hand().await;
    let decided = bench.decided(&held);
    bench.store.decide(&decided, now()).await.unwrap();
    let lease = Lease {
        id: LeaseId::new(),
        submission: held.submission.id,
        expires_at: later(999),
    };
    let again = [(lease, held.submission.clone())];
    bench.store.take(bench.reviewer, &again, now()).await.unwrap();
    assert_eq!(bench.place(&held).await, Place::Decided);

    bench
        .store
        .refuse(&decided.decision, "lease_ended", now())
        .await
        .unwrap();
    bench.store.take(bench.reviewer, &again, now()).await.unwrap();
    let back = bench.store.submission(held.submission.id).await.unwrap().unwrap();
    assert_eq!((back.place, &back.judged), (Place::InHand, &held.judged));

    // another photo has to be judged anew
    let mut other = held.submission.clone();
    other.photo_sha256 = Hash::of(b"other").to_string();
    bench
        .store
        .take(bench.reviewer, &[(held.lease.clone(), other)], now())
        .await
        .unwrap();
    assert_eq!(
        bench
            .store
            .submission(held.submission.id)
            .await
            .unwrap()
            .unwrap()
            .judged,
        None
    );
}

#[tokio::test]
async fn a_stretch_of_the_chain_holds_the_days_and_what_undid_their_decisions() {
    let bench = Bench::new().await;
    let span = |from, until| EntrySpan {
        from: later(from),
        until: later(until),
    };
    let nothing = bench.store.stretch(span(0, 60)).await.unwrap();
    assert_eq!((nothing.first, nothing.last, nothing.head), (1, 0, Hash::NONE));

    let held = bench.in_hand().await;
    let decided = bench.decided(&held);
    bench.store.decide(&decided, later(100)).await.unwrap();
    bench
        .store
        .undo(decided.decision.id, bench.reviewer, later(70))
        .await
        .unwrap();
    let mark = StoredMark {
        decision: decided.decision.id,
        supervisor: ReviewerId::new(),
        right: true,
        note: String::new(),
        marked_at: later(80),
    };
    bench.store.add_mark(&mark, Hash::NONE).await.unwrap();

    let day = bench.store.stretch(span(0, 60)).await.unwrap();
    assert_eq!((day.first, day.last, day.anchor, day.decisions), (1, 2, Hash::NONE, 1));
    assert_eq!(day.head, bench.store.entry(2).await.unwrap().hash);
    assert_eq!(day.actors, [bench.reviewer]);
    assert_eq!(day.reasons_versions, ["1"]);
    let next = bench.store.stretch(span(75, 99)).await.unwrap();
    assert_eq!(
        (next.first, next.last, next.anchor, next.decisions),
        (3, 3, day.head, 0)
    );
    let after = bench.store.stretch(span(200, 300)).await.unwrap();
    assert_eq!((after.first, after.last), (4, 3));
    assert_eq!(
        (after.anchor, after.head),
        (bench.store.entry(3).await.unwrap().hash, after.anchor)
    );
}

#[tokio::test]
async fn accounts_rules_settings_and_marks_are_kept() {
    let bench = Bench::new().await;
    let account = |id, display: &str| Account {
        id,
        username: "wang".into(),
        display_name: display.into(),
        role: Role::Supervisor,
    };
    bench
        .store
        .keep_account(&account(bench.reviewer, "审核主管 02"), "hash", now())
        .await
        .unwrap();
    bench.store.wrong_password(bench.reviewer, later(3)).await.unwrap();
    let known = bench.store.known_account("wang").await.unwrap().unwrap();
    assert_eq!((known.wrong_in_a_row, known.last_wrong_at), (1, later(3)));
    assert_eq!(known.account, account(bench.reviewer, "审核主管 02"));
    // the name passes on to somebody else
    let other = ReviewerId::new();
    bench
        .store
        .keep_account(&account(other, "审核主管 03"), "hash", now())
        .await
        .unwrap();
    assert_eq!(
        bench.store.known_account("wang").await.unwrap().unwrap().account.id,
        other
    );

    let rules = |reasons: &str, calendar: &str| StoredRules {
        reasons: ReasonCatalogue {
            version: reasons.into(),
            source: "test".into(),
            groups: vec![],
            reasons: vec![],
        },
        calendar: Calendar {
            version: calendar.into(),
            source: "test".into(),
            makeup_days_count: false,
            opens: "09:00:00".parse().unwrap(),
            closes: "17:00:00".parse().unwrap(),
            years: Default::default(),
        },
    };
    assert_eq!(bench.store.rules().await.unwrap(), None);
    for (second, served) in (0..).zip([rules("1", "1"), rules("2", "1"), rules("1", "1")]) {
        bench.store.keep_rules(&served, later(second)).await.unwrap();
        assert_eq!(bench.store.rules().await.unwrap().unwrap(), served);
    }
    assert_eq!(bench.store.reasons_of("2").await.unwrap().unwrap().version, "2");
    assert_eq!(bench.store.reasons_of("3").await.unwrap(), None);

    assert_eq!(bench.store.setting::<u32>("answer").await.unwrap(), None);
    bench.store.keep_setting("answer", &42).await.unwrap();
    assert_eq!(bench.store.setting::<u32>("answer").await.unwrap(), Some(42));
    let name = bench.store.desk_name().await.unwrap();
    assert_eq!(bench.store.desk_name().await.unwrap(), name);

    let mark = |right| StoredMark {
        decision: DecisionId(uuid::Uuid::nil()),
        supervisor: other,
        right,
        note: "看眼睛".into(),
        marked_at: now(),
    };
    bench.store.add_mark(&mark(true), Hash::NONE).await.unwrap();
    bench.store.add_mark(&mark(false), Hash::NONE).await.unwrap();
    assert_eq!(bench.store.mark(mark(true).decision).await.unwrap(), Some(mark(false)));
    assert_eq!(bench.counts().await[1], 2);
}
