//! The line breaks, answers get lost, the power goes: nothing is lost, nothing is said twice.

use chrono::TimeDelta;
use desk::ErrorCode;
use desk::view::{Connection, DraftView, PlaceView};
use domain::Role;
use tests::backend::TestBackend;
use tests::desk::{TestDesk, code, reasons, told};
use tests::line::{Line, Weather};
use tests::runtime::run;

/// As long as the desk may let pass before it tries again.
const LONGEST_PAUSE: TimeDelta = TimeDelta::seconds(60);

struct Bench {
    backend: TestBackend,
    line: Line,
    desk: TestDesk,
}

async fn four_photos() -> Bench {
    let backend = TestBackend::start().await;
    backend.account("li", Role::Reviewer).await;
    backend.queue("B1", &["甲一", "乙二", "丙三", "丁四"]).await;
    let line = Line::to(backend.running.address);
    let desk = TestDesk::open(&line.url(), &backend.clock).await;
    desk.sign_in("li").await;
    desk.sync().await;
    Bench { backend, line, desk }
}

#[test]
fn a_crash_leads_back_to_the_same_photo_and_what_was_half_made_of_it() {
    run(async {
        let backend = TestBackend::start().await;
        backend.account("li", Role::Reviewer).await;
        backend.account("wang", Role::Reviewer).await;
        backend.queue("B1", &["鲍奕辰", "刘碧", "欧阳娜娜"]).await;
        let desk = TestDesk::at(&backend).await;
        desk.sign_in("li").await;
        desk.sync().await;
        assert_eq!(desk.desk.place().await.unwrap(), PlaceView::default());
        let second = desk.in_hand().await[1];
        let place = PlaceView {
            submission: Some(second),
            drafts: vec![DraftView {
                submission: second,
                reasons: reasons(&["eyes_closed"]),
                note: "请睁".into(),
            }],
        };
        desk.desk.keep_place(place.clone()).await.unwrap();

        let desk = desk.crash().await;
        assert_eq!(code(desk.desk.place().await), ErrorCode::NotSignedIn);
        desk.sign_in("li").await;
        assert_eq!(desk.desk.place().await.unwrap(), place);
        assert!(
            desk.in_hand().await.contains(&second),
            "in hand before the backend is asked"
        );
        // it is nobody else's
        desk.sign_in("wang").await;
        assert_eq!(desk.desk.place().await.unwrap(), PlaceView::default());
        // and who signs out gives the photos back, and the words with them
        desk.sign_in("li").await;
        desk.desk.keep_place(place).await.unwrap();
        desk.desk.sign_out().await.unwrap();
        desk.sign_in("li").await;
        assert_eq!(desk.desk.place().await.unwrap(), PlaceView::default());
    });
}

#[test]
fn without_the_line_work_goes_on_and_is_delivered_later_in_order() {
    run(async {
        let Bench { backend, line, desk } = four_photos().await;
        let ids = desk.in_hand().await;
        line.set(Weather::Cut);
        desk.desk.pass_photo(ids[0], None).await.unwrap();
        desk.desk
            .reject_photo(ids[1], &reasons(&["not_sharp"]), "", None)
            .await
            .unwrap();
        desk.sync_after_hold().await;
        let queue = desk.queue().await;
        assert_eq!(
            (queue.connection, queue.outbox.len(), queue.photos.len()),
            (Connection::Offline, 2, 2)
        );
        // newest first; the older one was tried, the other waits behind it
        assert_eq!(
            queue.outbox.iter().map(|item| item.attempts).collect::<Vec<_>>(),
            [0, 1]
        );
        assert_eq!(
            code(desk.desk.undo_decision(queue.outbox[0].decision).await),
            ErrorCode::HoldOver
        );
        assert!(told(&backend, "li", ids[0]).await.is_empty());

        line.set(Weather::Fair);
        desk.sync().await;
        let queue = desk.queue().await;
        assert_eq!(
            (queue.connection, queue.outbox.len(), queue.refused.len()),
            (Connection::Online, 0, 0)
        );
        for id in &ids[..2] {
            assert_eq!(told(&backend, "li", *id).await.len(), 1);
        }
    });
}

#[test]
fn a_backend_that_stays_away_is_asked_less_and_less_often() {
    run(async {
        let Bench {
            backend: _backend,
            line,
            desk,
        } = four_photos().await;
        let id = desk.in_hand().await[0];
        line.set(Weather::Cut);
        desk.desk.pass_photo(id, None).await.unwrap();
        desk.sync_after_hold().await;
        let attempts = async || desk.queue().await.outbox[0].attempts;
        // the desk looks for the backend before it sends, and does not send while it is away
        desk.clock.advance(LONGEST_PAUSE);
        desk.sync().await;
        assert_eq!(attempts().await, 1);
        assert_eq!(desk.desk.session().connection, Connection::Offline);
    });
}

#[test]
fn a_crash_between_decision_and_delivery_loses_nothing() {
    run(async {
        let Bench {
            backend,
            line: _line,
            desk,
        } = four_photos().await;
        let ids = desk.in_hand().await;
        let decided = desk.desk.pass_photo(ids[0], None).await.unwrap();
        let desk = desk.crash().await;
        assert_eq!(code(desk.desk.queue().await), ErrorCode::NotSignedIn);
        desk.sign_in("li").await;
        let queue = desk.queue().await;
        assert_eq!(queue.outbox[0].decision, decided.decision);
        assert_eq!(queue.outbox[0].held_until, decided.held_until);
        // what was leased and not decided is there again, photos and all
        assert_eq!(desk.in_hand().await, ids[1..]);
        assert!(queue.photos.iter().all(|photo| photo.ready));
        desk.desk.photo_bytes(ids[1]).await.unwrap();
        desk.sync_after_hold().await;
        let messages = told(&backend, "li", ids[0]).await;
        assert_eq!((messages.len(), messages[0].decision), (1, decided.decision));
    });
}

#[test]
fn a_decision_whose_answer_got_lost_is_applied_once() {
    run(async {
        let Bench { backend, line, desk } = four_photos().await;
        let id = desk.in_hand().await[0];
        let decided = desk.desk.pass_photo(id, None).await.unwrap();
        line.set(Weather::AnswersLost);
        desk.sync_after_hold().await;
        assert_eq!(desk.queue().await.outbox.len(), 1);
        // it did arrive
        assert_eq!(told(&backend, "li", id).await.len(), 1);
        let desk = desk.crash().await;
        line.set(Weather::Fair);
        desk.sign_in("li").await;
        desk.sync().await;
        let queue = desk.queue().await;
        assert!(queue.outbox.is_empty() && queue.refused.is_empty());
        let messages = told(&backend, "li", id).await;
        assert_eq!((messages.len(), messages[0].decision), (1, decided.decision));
    });
}

#[test]
fn leases_whose_answer_got_lost_are_found_again() {
    run(async {
        let backend = TestBackend::start().await;
        backend.account("li", Role::Reviewer).await;
        let line = Line::to(backend.running.address);
        let desk = TestDesk::open(&line.url(), &backend.clock).await;
        desk.sign_in("li").await;
        desk.sync().await;
        backend.queue("B1", &["甲一", "乙二"]).await;
        line.set(Weather::AnswersLost);
        desk.sync().await;
        assert!(desk.in_hand().await.is_empty());
        line.set(Weather::Fair);
        desk.sync().await;
        assert_eq!(desk.in_hand().await.len(), 2);
    });
}

#[test]
fn leases_that_ended_while_the_line_was_cut_are_given_up() {
    run(async {
        let Bench {
            backend: _backend,
            line,
            desk,
        } = four_photos().await;
        let id = desk.in_hand().await[0];
        line.set(Weather::Cut);
        desk.clock.advance(TimeDelta::minutes(16));
        desk.sync().await;
        assert_eq!(code(desk.desk.pass_photo(id, None).await), ErrorCode::LeaseEnded);
        assert!(desk.in_hand().await.is_empty());
        // nobody else took them meanwhile: they come back under new leases
        line.set(Weather::Fair);
        desk.sync().await;
        assert_eq!(desk.in_hand().await.len(), 4);
        desk.desk.pass_photo(id, None).await.unwrap();
    });
}

#[test]
fn a_session_that_ended_asks_for_a_new_sign_in_and_keeps_what_was_decided() {
    run(async {
        let Bench {
            backend: _backend,
            line: _line,
            desk,
        } = four_photos().await;
        let id = desk.in_hand().await[0];
        desk.desk.pass_photo(id, None).await.unwrap();
        desk.clock.advance(TimeDelta::hours(13));
        desk.sync().await;
        assert_eq!(desk.desk.session().connection, Connection::SignInAgain);
        assert_eq!(desk.queue().await.outbox.len(), 1);
        desk.sign_in("li").await;
        desk.sync().await;
        assert_eq!(desk.queue().await.connection, Connection::Online);
        assert!(desk.queue().await.outbox.is_empty());
    });
}
