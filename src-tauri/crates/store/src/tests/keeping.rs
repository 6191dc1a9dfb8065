//! What is kept, for how long, and who can't read it.

use super::{Bench, ID_NUMBER, NAME, PHOTO, key, later, now, run};
use crate::*;
use audit::Hash;
use domain::{
    Account, Calendar, DecisionId, Eyes, Lease, LeaseId, ReasonCatalogue, ReviewerId, Role, ShotMatch, Spot,
    Submission, SubmissionId, SubmissionState, Verdict,
};

#[test]
fn the_wrong_key_is_said_and_nothing_is_readable_without_the_right_one() {
    run(async {
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
    });
}

#[test]
fn leases_are_renewed_at_half_time_also_for_what_waits_to_be_sent() {
    run(async {
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
    });
}

#[test]
fn accounts_rules_settings_and_marks_are_kept() {
    run(async {
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
        let marks = bench.store.marks().await.unwrap();
        assert_eq!(marks.into_values().collect::<Vec<_>>(), [mark(false)]);
        assert_eq!(bench.counts().await[1], 2);
    });
}

#[test]
fn who_else_handed_in_the_same_shot_is_kept_until_it_may_have_changed() {
    run(async {
        let bench = Bench::new().await;
        let held = bench.in_hand().await;
        let id = held.submission.id;
        assert_eq!(held.same_shots, None, "not compared yet");
        let spot = Spot { x_px: 1.5, y_px: 2.0 };
        let other = ShotMatch {
            submission: SubmissionId::new(),
            distance_bits: 7,
            masked_name: "鲍*辰".into(),
            same_person: true,
            batch: held.submission.batch.clone(),
            school: held.submission.school.clone(),
            attempt: 2,
            state: SubmissionState::Rejected,
            submitted_at: now(),
            verdict: Some(Verdict::Reject),
            photo_sha256: Hash::of(b"another").to_string(),
            photo_bytes: 7,
            eyes: Eyes {
                left_eye_px: spot,
                right_eye_px: spot,
            },
            moved_percent: Some(0.05),
        };
        bench
            .store
            .keep_same_shots(id, std::slice::from_ref(&other))
            .await
            .unwrap();
        let again = async |photo_sha256: &str, lease: LeaseId| {
            let submission = Submission {
                photo_sha256: photo_sha256.to_owned(),
                ..held.submission.clone()
            };
            let lease = Lease {
                id: lease,
                ..held.lease.clone()
            };
            let taken = [(lease, submission)];
            bench.store.take(bench.reviewer, &taken, now()).await.unwrap();
            bench.store.submission(id).await.unwrap().unwrap().same_shots
        };
        let (photo, lease) = (&held.submission.photo_sha256, held.lease.id);
        let known = Some(vec![other]);
        assert_eq!(again(photo, lease).await, known);
        assert_eq!(again(&Hash::of(b"a new one").to_string(), lease).await, None);
        let keep = async || {
            let kept = bench.store.keep_same_shots(id, known.as_deref().unwrap()).await;
            kept.unwrap();
        };
        keep().await;
        assert_eq!(again(photo, LeaseId::new()).await, None, "under another lease");
        keep().await;
        assert!(bench.store.compare_again(&[SubmissionId::new(), id]).await.unwrap());
        assert!(!bench.store.compare_again(&[id]).await.unwrap());
        assert_eq!(bench.store.submission(id).await.unwrap().unwrap().same_shots, None);
    });
}
