//! A day at the desk, with nothing in the way.

use chrono::TimeDelta;
use desk::ErrorCode;
use desk::view::{Connection, Settings, Urgency};
use domain::{Role, Verdict};
use protocol::MessageState;
use std::time::Duration;
use tests::backend::TestBackend;
use tests::desk::{TestDesk, code, reasons, told};
use tests::runtime::run;

/// A backend with three photos, and a desk at which `li` has signed in and gone one round.
async fn three_photos() -> (TestBackend, TestDesk) {
    let backend = TestBackend::start().await;
    backend.account("li", Role::Reviewer).await;
    backend.queue("B1", &["鲍奕辰", "刘碧", "欧阳娜娜"]).await;
    let desk = TestDesk::at(&backend).await;
    desk.sign_in("li").await;
    desk.sync().await;
    (backend, desk)
}

#[test]
fn photos_are_passed_rejected_and_taken_back_and_each_student_hears_once() {
    run(async {
        let (backend, desk) = three_photos().await;
        let queue = desk.queue().await;
        let names: Vec<&str> = queue.photos.iter().map(|photo| photo.masked_name.as_str()).collect();
        assert_eq!(names, ["鲍*辰", "刘*", "欧**娜"]);
        assert!(
            queue
                .photos
                .iter()
                .all(|photo| photo.ready && photo.urgency == Urgency::Later)
        );
        assert_eq!(
            (queue.connection, queue.waiting_at_backend),
            (Connection::Online, Some(0))
        );
        assert_eq!(queue.hours.open, Some(true));

        let [first, second, third] = desk.in_hand().await.try_into().unwrap();
        let passed = desk.desk.pass_photo(first, None).await.unwrap();
        assert_eq!(
            (passed.message.name.as_str(), passed.message.status.as_str()),
            ("鲍*辰", "审核通过")
        );
        let two = reasons(&["eyes_closed", "not_sharp"]);
        let preview = desk
            .desk
            .preview_message(second, Verdict::Reject, &two, " 请睁眼 ")
            .await
            .unwrap();
        let rejected = desk.desk.reject_photo(second, &two, " 请睁眼 ", None).await.unwrap();
        assert_eq!(rejected.message, preview);
        let mistaken = desk.desk.pass_photo(third, None).await.unwrap();
        assert!(desk.in_hand().await.is_empty());
        assert_eq!(desk.queue().await.outbox.len(), 3);
        assert_eq!(desk.desk.undo_decision(mistaken.decision).await.unwrap(), third);
        assert_eq!(desk.in_hand().await, [third]);

        // within the hold nothing is sent
        desk.sync().await;
        assert!(told(&backend, "li", first).await.is_empty());
        desk.sync_after_hold().await;
        let queue = desk.queue().await;
        assert!(queue.outbox.is_empty() && queue.refused.is_empty());
        assert_eq!(queue.decided_today, 2);
        assert_eq!(
            code(desk.desk.undo_decision(passed.decision).await),
            ErrorCode::HoldOver
        );

        backend.running.deliver_due(backend.clock.now()).await.unwrap();
        let to_first = told(&backend, "li", first).await;
        assert_eq!((to_first.len(), to_first[0].decision), (1, passed.decision));
        assert_eq!(
            (to_first[0].card.name.as_str(), to_first[0].state),
            ("鲍奕辰", MessageState::Sent)
        );
        let to_second = told(&backend, "li", second).await;
        // the very words that were on the screen, but for the name
        assert_eq!(
            domain::MessageCard {
                name: "刘*".into(),
                ..to_second[0].card.clone()
            },
            preview
        );
        assert_eq!(to_second[0].card.note, "请睁眼");

        desk.desk.pass_photo(third, None).await.unwrap();
        desk.sync_after_hold().await;
        assert_eq!(told(&backend, "li", third).await.len(), 1);
    });
}

#[test]
fn a_decision_that_may_not_be_is_refused_in_a_word() {
    run(async {
        let (_backend, desk) = three_photos().await;
        let submission = desk.in_hand().await[0];
        let reject =
            async |codes: &[&str], note: &str| desk.desk.reject_photo(submission, &reasons(codes), note, None).await;
        assert_eq!(code(reject(&[], "").await), ErrorCode::NoReason);
        assert_eq!(
            code(reject(&["not_sharp", "not_sharp"], "").await),
            ErrorCode::RepeatedReason
        );
        let unknown = reject(&["too_handsome"], "").await.unwrap_err().view();
        assert_eq!(
            (unknown.code, unknown.reason),
            (ErrorCode::UnknownReason, reasons(&["too_handsome"]).pop())
        );
        let long = reject(&["not_sharp"], &"字".repeat(201)).await.unwrap_err().view();
        assert_eq!(
            (long.code, long.got, long.max),
            (ErrorCode::LongNote, Some(201), Some(200))
        );
        assert_eq!(desk.queue().await.outbox.len(), 0);

        desk.desk.pass_photo(submission, None).await.unwrap();
        assert_eq!(code(desk.desk.pass_photo(submission, None).await), ErrorCode::NotInHand);
        assert_eq!(
            code(desk.desk.pass_photo(Default::default(), None).await),
            ErrorCode::NotInHand
        );
    });
}

#[test]
fn a_photo_comes_with_its_checks_and_its_very_bytes() {
    run(async {
        let (backend, desk) = three_photos().await;
        let submission = desk.in_hand().await[0];
        let photo = desk.desk.photo(submission).await.unwrap();
        assert_eq!(
            (photo.masked_name.as_str(), &photo.masked_id_number[..4]),
            ("鲍*辰", "99**")
        );
        assert_eq!(photo.report.unwrap().image.width_px, 48);
        assert_eq!(photo.suggested, reasons(&["image_size"]));
        let bytes = desk.desk.photo_bytes(submission).await.unwrap();
        let stored = image::load_from_memory(&bytes).unwrap();
        assert_eq!((stored.width(), stored.height()), (48, 64));
        drop(backend);
    });
}

#[test]
fn the_hold_is_a_setting_and_none_sends_at_once() {
    run(async {
        let (backend, desk) = three_photos().await;
        let kept = desk
            .desk
            .save_settings(Settings {
                hold_s: 999,
                lease_ahead: 0,
                ..Settings::default()
            })
            .await
            .unwrap();
        assert_eq!((kept.hold_s, kept.lease_ahead), (60, 1));
        desk.desk.save_settings(Settings { hold_s: 0, ..kept }).await.unwrap();
        let desk = desk.crash().await;
        desk.sign_in("li").await;
        assert_eq!(desk.desk.settings().await.unwrap().hold_s, 0);
        let first = desk.in_hand().await[0];
        let decision = desk.desk.pass_photo(first, None).await.unwrap();
        assert_eq!(
            code(desk.desk.undo_decision(decision.decision).await),
            ErrorCode::HoldOver
        );
        desk.sync().await;
        assert_eq!(told(&backend, "li", first).await.len(), 1);
    });
}

#[test]
fn more_is_leased_once_half_is_used_up() {
    run(async {
        let backend = TestBackend::start().await;
        backend.account("li", Role::Reviewer).await;
        let names: Vec<String> = (0..10).map(|number| format!("学生{number}")).collect();
        backend
            .queue("B1", &names.iter().map(String::as_str).collect::<Vec<_>>())
            .await;
        let desk = TestDesk::at(&backend).await;
        desk.desk
            .save_settings(Settings {
                lease_ahead: 4,
                ..Settings::default()
            })
            .await
            .unwrap();
        desk.sign_in("li").await;
        desk.sync().await;
        let four = desk.in_hand().await;
        assert_eq!((four.len(), desk.queue().await.waiting_at_backend), (4, Some(6)));
        desk.desk.pass_photo(four[0], None).await.unwrap();
        desk.sync().await;
        assert_eq!(desk.in_hand().await, four[1..]);
        desk.desk.pass_photo(four[1], None).await.unwrap();
        desk.sync().await;
        assert_eq!(desk.in_hand().await.len(), 4);
        assert_eq!(desk.in_hand().await[..2], four[2..]);
    });
}

#[test]
fn a_photo_that_waits_too_long_is_overdue() {
    run(async {
        let (_backend, desk) = three_photos().await;
        // the promised day begins, the latest time passes
        for (hours, urgency) in [(0, Urgency::Later), (14, Urgency::DueToday), (42, Urgency::Overdue)] {
            desk.clock.advance(TimeDelta::hours(hours));
            // leases end within the quarter of an hour; the desk gets new ones
            desk.sync().await;
            desk.sync().await;
            if desk.queue().await.connection == Connection::SignInAgain {
                desk.sign_in("li").await;
                desk.sync().await;
            }
            let queue = desk.queue().await;
            assert_eq!(queue.photos.len(), 3, "{hours}");
            assert!(
                queue.photos.iter().all(|photo| photo.urgency == urgency),
                "{hours}: {:?}",
                queue.photos[0]
            );
        }
    });
}

#[test]
fn new_reasons_are_heard_of_while_the_desk_works() {
    run(async {
        let (backend, desk) = three_photos().await;
        let address = backend.running.address;
        let mut catalogue = desk.desk.reasons().await.unwrap();
        let before = catalogue.version.clone();
        catalogue.version = "next".into();
        let path = backend.folder().join("reasons.json");
        std::fs::write(&path, serde_json::to_string(&catalogue).unwrap()).unwrap();
        let _backend = backend
            .restart(|config| {
                config.listen = address;
                config.reasons = Some(path);
            })
            .await;
        for (minutes, version) in [(9, before.as_str()), (1, "next")] {
            desk.clock.advance(TimeDelta::minutes(minutes));
            desk.sync().await;
            assert_eq!(desk.desk.reasons().await.unwrap().version, version);
        }
    });
}

/// The loops themselves, on the machine's own runtime: they wake by what happens, not by the clock.
#[test]
fn the_engine_works_by_itself() {
    run(async {
        let backend = TestBackend::start().await;
        backend.account("li", Role::Reviewer).await;
        backend.queue("B1", &["鲍奕辰", "刘碧"]).await;
        let desk = TestDesk::at(&backend).await;
        desk.desk
            .save_settings(Settings {
                hold_s: 0,
                ..Settings::default()
            })
            .await
            .unwrap();
        let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
        let engine = desk.desk.clone();
        let running = tokio::spawn(async move { engine.run(async { _ = stopped.await }).await });
        desk.sign_in("li").await;

        let until = async |reached: &dyn Fn(&desk::view::QueueView) -> bool| {
            let mut changes = desk.desk.changes();
            let waited = async {
                while !reached(&desk.queue().await) {
                    changes.changed().await.unwrap();
                }
            };
            tokio::time::timeout(Duration::from_secs(30), waited)
                .await
                .expect("the engine stands still");
        };
        until(&|queue| queue.photos.len() == 2 && queue.photos.iter().all(|photo| photo.ready)).await;
        let first = desk.in_hand().await[0];
        desk.desk.pass_photo(first, None).await.unwrap();
        until(&|queue| queue.outbox.is_empty()).await;
        assert_eq!(told(&backend, "li", first).await.len(), 1);
        stop.send(()).unwrap();
        running.await.unwrap();
    });
}
