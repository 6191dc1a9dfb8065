//! Two who want the same: a lease is the right to decide, and who comes too late is told so.

use chrono::TimeDelta;
use desk::view::Settings;
use domain::{Role, SubmissionId, Verdict};
use std::collections::HashSet;
use tests::backend::TestBackend;
use tests::desk::{TestDesk, reasons, told};
use tests::line::{Line, Weather};
use tests::runtime::run;

#[test]
fn two_desks_are_never_given_the_same_submission() {
    run(async {
        let backend = TestBackend::start().await;
        backend.account("li", Role::Reviewer).await;
        backend.account("wang", Role::Reviewer).await;
        let names: Vec<String> = (0..30).map(|number| format!("学生{number}")).collect();
        backend
            .queue("B1", &names.iter().map(String::as_str).collect::<Vec<_>>())
            .await;
        let (one, other) = (TestDesk::at(&backend).await, TestDesk::at(&backend).await);
        for desk in [&one, &other] {
            desk.desk
                .save_settings(Settings {
                    lease_ahead: 10,
                    ..Settings::default()
                })
                .await
                .unwrap();
        }
        one.sign_in("li").await;
        other.sign_in("wang").await;
        let mut seen: HashSet<SubmissionId> = HashSet::new();
        while seen.len() < 30 {
            tokio::join!(one.sync(), other.sync());
            let before = seen.len();
            for desk in [&one, &other] {
                for id in desk.in_hand().await {
                    assert!(seen.insert(id), "given twice");
                    desk.desk.pass_photo(id, None).await.unwrap();
                }
            }
            assert!(seen.len() > before, "nothing comes any more");
            one.sync_after_hold().await;
            other.sync().await;
        }
        assert!(one.queue().await.refused.is_empty() && other.queue().await.refused.is_empty());
    });
}

#[test]
fn an_offline_decision_under_an_ended_lease_is_a_conflict_and_no_second_message() {
    run(async {
        let backend = TestBackend::start().await;
        backend.account("li", Role::Reviewer).await;
        backend.account("wang", Role::Supervisor).await;
        backend.queue("B1", &["鲍奕辰", "刘碧"]).await;
        let line = Line::to(backend.running.address);
        let slow = TestDesk::open(&line.url(), &backend.clock).await;
        slow.sign_in("li").await;
        slow.sync().await;
        let [taken, ended] = slow.in_hand().await.try_into().unwrap();
        line.set(Weather::Cut);
        let late = slow.desk.pass_photo(taken, None).await.unwrap();
        slow.desk.pass_photo(ended, None).await.unwrap();

        backend.clock.advance(TimeDelta::minutes(16));
        let quick = TestDesk::at(&backend).await;
        quick.sign_in("wang").await;
        quick.sync().await;
        assert_eq!(quick.in_hand().await, [taken, ended]);
        let first = quick
            .desk
            .reject_photo(taken, &reasons(&["eyes_closed"]), "", None)
            .await
            .unwrap();
        quick.sync_after_hold().await;

        line.set(Weather::Fair);
        slow.sync().await;
        let queue = slow.queue().await;
        assert!(queue.outbox.is_empty());
        let refused: Vec<_> = queue
            .refused
            .iter()
            .map(|refused| (refused.submission, refused.code.as_str()))
            .collect();
        assert_eq!(refused, [(ended, "lease_ended"), (taken, "already_decided")]);
        let messages = told(&backend, "wang", taken).await;
        assert_eq!((messages.len(), messages[0].decision), (1, first.decision));

        // a refusal stays over a restart, until it is seen
        let slow = slow.crash().await;
        slow.sign_in("li").await;
        assert_eq!(slow.queue().await.refused.len(), 2);
        slow.desk.acknowledge_refusal(late.decision).await.unwrap();
        assert_eq!(slow.queue().await.refused.len(), 1);

        // and the chain tells the whole story
        let file = slow.path("day.audit");
        let day = "2026-11-24".parse().unwrap();
        slow.desk.export_audit(day, day, &file).await.unwrap();
        std::fs::copy(&file, quick.path("day.audit")).unwrap();
        let bundle = quick.desk.open_audit(&quick.path("day.audit")).await.unwrap();
        let told: Vec<_> = bundle
            .decisions
            .iter()
            .map(|decided| (decided.verdict, decided.refused.as_deref()))
            .collect();
        assert_eq!(
            told,
            [
                (Verdict::Pass, Some("already_decided")),
                (Verdict::Pass, Some("lease_ended"))
            ]
        );
    });
}

#[test]
fn a_heartbeat_keeps_a_lease_for_as_long_as_the_desk_lives() {
    run(async {
        let backend = TestBackend::start().await;
        backend.account("li", Role::Reviewer).await;
        backend.account("wang", Role::Reviewer).await;
        backend.queue("B1", &["鲍奕辰", "刘碧"]).await;
        let (desk, other) = (TestDesk::at(&backend).await, TestDesk::at(&backend).await);
        desk.sign_in("li").await;
        desk.sync().await;
        let ids = desk.in_hand().await;
        other.sign_in("wang").await;
        // far longer than a lease
        for _ in 0..5 {
            backend.clock.advance(TimeDelta::minutes(8));
            desk.sync().await;
            other.sync().await;
            assert!(other.in_hand().await.is_empty());
        }
        assert_eq!(desk.in_hand().await, ids);
        desk.desk.pass_photo(ids[0], None).await.unwrap();
        desk.sync_after_hold().await;
        assert_eq!(told(&backend, "li", ids[0]).await.len(), 1);

        // without it the other desk gets what is left
        backend.clock.advance(TimeDelta::minutes(16));
        other.sync().await;
        assert_eq!(other.in_hand().await, ids[1..]);
        desk.sync().await;
        assert!(desk.in_hand().await.is_empty());
    });
}
