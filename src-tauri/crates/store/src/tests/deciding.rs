//! What has to hold together, and what can't be edited.

use super::{Bench, later, now, run};
use crate::*;
use audit::{Body, Hash};
use domain::{Lease, LeaseId, ReviewerId};

#[test]
fn a_decision_its_entry_and_its_outbox_row_are_written_together() {
    run(async {
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
    });
}

#[test]
fn a_decision_that_fails_half_way_leaves_nothing() {
    run(async {
        for table in ["entries", "decisions", "outbox"] {
            let bench = Bench::new().await;
            let held = bench.in_hand().await;
            let trigger =
                format!("create trigger stop before insert on {table} begin select raise(abort, 'stop'); end");
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
    });
}

#[test]
fn a_submission_is_decided_once_and_only_under_its_lease() {
    run(async {
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
    });
}

#[test]
fn an_undo_is_a_new_entry_within_the_hold_and_nothing_after_it() {
    run(async {
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
    });
}

#[test]
fn what_is_being_sent_cannot_be_taken_back() {
    run(async {
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
    });
}

#[test]
fn a_refusal_stays_until_it_is_acknowledged() {
    run(async {
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
    });
}

#[test]
fn the_database_itself_refuses_to_edit() {
    run(async {
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
    });
}

#[test]
fn a_new_lease_brings_a_submission_back_but_never_while_its_decision_is_on_its_way() {
    run(async {
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
    });
}

#[test]
fn a_stretch_of_the_chain_holds_the_days_and_what_undid_their_decisions() {
    run(async {
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
    });
}
