//! Beyond the photo at hand: giving it back, what went before, the day's figures, closed hours, the blind sample.

use chrono::TimeDelta;
use desk::view::{Connection, Settings};
use desk::{Desk, ErrorCode, Key, Setup, UpdateSource};
use domain::{AsideKind, Look, Role, Verdict};
use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use tests::backend::TestBackend;
use tests::desk::{TestDesk, code, reasons};
use tests::runtime::run;
use tokio::net::TcpListener;

async fn at_work(names: &[&str]) -> (TestBackend, TestDesk) {
    let backend = TestBackend::start().await;
    backend.account("li", Role::Reviewer).await;
    backend.account("qian", Role::Supervisor).await;
    backend.queue("B1", names).await;
    let desk = TestDesk::at(&backend).await;
    desk.sign_in("li").await;
    desk.sync().await;
    (backend, desk)
}

#[test]
fn a_question_reaches_the_supervisor_and_leaves_the_reviewer() {
    run(async {
        let (backend, desk) = at_work(&["鲍奕辰", "刘碧"]).await;
        let ids = desk.in_hand().await;
        let aside = async |kind, note: &str| desk.desk.set_aside(ids[0], kind, note).await;
        assert_eq!(code(aside(AsideKind::Ask, " ").await), ErrorCode::NoQuestion);
        assert_eq!(
            code(aside(AsideKind::Skip, &"字".repeat(201)).await),
            ErrorCode::LongNote
        );
        aside(AsideKind::Ask, "这是制服吗？").await.unwrap();
        assert_eq!(code(aside(AsideKind::Skip, "").await), ErrorCode::NotInHand);
        desk.sync().await;
        assert_eq!(desk.in_hand().await, [ids[1]]);

        let other = TestDesk::at(&backend).await;
        other.sign_in("qian").await;
        other.sync().await;
        assert_eq!(other.in_hand().await, [ids[0]]);
        let question = other.desk.photo(ids[0]).await.unwrap().question.unwrap();
        assert_eq!(
            (question.asked_by.as_str(), question.note.as_str()),
            ("审核员 li", "这是制服吗？")
        );
    });
}

#[test]
fn the_life_of_a_submission_is_told_with_masked_names() {
    run(async {
        let (_backend, desk) = at_work(&["鲍奕辰"]).await;
        let id = desk.in_hand().await[0];
        desk.desk
            .reject_photo(id, &reasons(&["not_sharp"]), "", None)
            .await
            .unwrap();
        desk.sync_after_hold().await;
        let life = desk.desk.life(id).await.unwrap();
        let attempt = &life.attempts[0];
        assert_eq!((attempt.submission, attempt.attempt), (id, 1));
        assert_eq!(attempt.decisions[0].reasons, reasons(&["not_sharp"]));
        assert_eq!(attempt.messages[0].card.name, "鲍*辰");
        let found = desk.desk.search("鲍*").await.unwrap();
        assert_eq!(
            (found.found[0].submission, found.found[0].masked_name.as_str()),
            (id, "鲍*辰")
        );
        assert_eq!(code(desk.desk.floor().await), ErrorCode::NotAllowed);
    });
}

#[test]
fn my_day_counts_what_was_decided_and_not_taken_back() {
    run(async {
        let (_backend, desk) = at_work(&["甲", "乙", "丙"]).await;
        let ids = desk.in_hand().await;
        let look = |shown_ms, blind_first| Some(Look { shown_ms, blind_first });
        desk.desk
            .pass_photo(ids[0], look(2_000, Some(Verdict::Reject)))
            .await
            .unwrap();
        desk.desk
            .reject_photo(ids[1], &reasons(&["not_sharp", "red_eye"]), "", look(3_000, None))
            .await
            .unwrap();
        let mistaken = desk.desk.pass_photo(ids[2], look(90_000, None)).await.unwrap();
        desk.desk.undo_decision(mistaken.decision).await.unwrap();
        let day = desk.desk.my_day().await.unwrap();
        assert_eq!((day.passed, day.rejected, day.waiting_to_send), (1, 1, 2));
        assert_eq!((day.hours[10].passed, day.hours[10].rejected), (1, 1));
        assert_eq!((day.median_look_ms, day.long_look_ms), (Some(3_000), Some(3_000)));
        let counted: Vec<(&str, u32)> = day.reasons.iter().map(|row| (row.code.0.as_str(), row.count)).collect();
        assert_eq!(counted, [("not_sharp", 1), ("red_eye", 1)]);
        assert_eq!((day.blind.shown, day.blind.changed), (1, 1));
        assert_eq!(day.due.iter().map(|row| row.count).sum::<u32>(), 1);
    });
}

#[test]
fn outside_working_hours_only_overtime_decides() {
    run(async {
        let (backend, desk) = at_work(&["甲"]).await;
        let id = desk.in_hand().await[0];
        // half past five
        backend.clock.advance(TimeDelta::minutes(450));
        desk.sync().await;
        let hours = desk.queue().await.hours;
        assert_eq!((hours.open, hours.overtime), (Some(false), false));
        let again = desk.in_hand().await;
        assert_eq!(again, [id]);
        assert_eq!(code(desk.desk.pass_photo(id, None).await), ErrorCode::Closed);

        let supervisor = TestDesk::at(&backend).await;
        supervisor.sign_in("qian").await;
        supervisor.desk.allow_overtime(true).await.unwrap();
        assert!(supervisor.queue().await.hours.overtime);
        assert_eq!(code(desk.desk.allow_overtime(true).await), ErrorCode::NotAllowed);
        desk.clock.advance(TimeDelta::seconds(20));
        desk.sync().await;
        assert!(desk.queue().await.hours.overtime);
        desk.desk.pass_photo(id, None).await.unwrap();
    });
}

#[test]
fn nobody_is_asked_for_a_newer_program_until_somebody_wants_to_know() {
    run(async {
        let (backend, desk) = at_work(&["鲍奕辰"]).await;
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/latest.json", listener.local_addr().unwrap());
        let asked = Arc::new(AtomicU32::new(0));
        tokio::spawn({
            let asked = Arc::clone(&asked);
            async move {
                // hangs up on everybody
                while listener.accept().await.is_ok() {
                    asked.fetch_add(1, Ordering::SeqCst);
                }
            }
        });
        let setup = Setup {
            store_path: desk.path("other.db"),
            store_key: Key::open_or_create(&desk.path("other.key")).unwrap(),
            backend_url: backend.running.url(),
            judge: None,
            clock: desk.clock.clock(),
            updates: Some(UpdateSource {
                url,
                public_key: "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3".into(),
            }),
        };
        let curious = Desk::open(setup).await.unwrap();
        assert_eq!(curious.newer_version("0.1.0").await.unwrap(), None);
        assert_eq!(asked.load(Ordering::SeqCst), 0);
        let wanted = Settings {
            check_updates: true,
            ..curious.settings().await.unwrap()
        };
        curious.save_settings(wanted).await.unwrap();
        assert_eq!(code(curious.newer_version("0.1.0").await), ErrorCode::NoUpdates);
        assert!(asked.load(Ordering::SeqCst) > 0);
    });
}

#[test]
fn the_blind_sample_is_the_same_at_every_look_and_as_large_as_set() {
    run(async {
        let names: Vec<String> = (0..40).map(|at| format!("学生{at}")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let (backend, desk) = at_work(&names).await;
        let supervisor = TestDesk::at(&backend).await;
        supervisor.sign_in("qian").await;
        let hear = async || {
            desk.clock.advance(TimeDelta::seconds(20));
            desk.sync().await;
        };
        let sample = async |percent| -> BTreeSet<_> {
            supervisor.desk.set_blind_percent(percent).await.unwrap();
            assert_eq!(supervisor.queue().await.blind_percent, percent);
            hear().await;
            assert_eq!(desk.queue().await.blind_percent, percent);
            let mut blind = BTreeSet::new();
            for id in desk.in_hand().await {
                if desk.desk.photo(id).await.unwrap().blind {
                    blind.insert(id);
                }
            }
            blind
        };
        let all = desk.in_hand().await.len();
        assert_eq!((sample(0).await.len(), sample(100).await.len()), (0, all));
        let half = sample(50).await;
        assert_eq!(half, sample(50).await);
        assert!(half.len() < all && sample(90).await.is_superset(&half));

        // nobody chooses it for themselves, and it holds while the backend is away
        assert_eq!(code(desk.desk.set_blind_percent(0).await), ErrorCode::NotAllowed);
        backend.running.shutdown().await;
        hear().await;
        assert_eq!(code(supervisor.desk.set_blind_percent(0).await), ErrorCode::Offline);
        let away = desk.crash().await;
        away.sign_in("li").await;
        let queue = away.queue().await;
        assert_eq!((queue.connection, queue.blind_percent), (Connection::Offline, 90));
    });
}
