//! Who may sit at the desk, with the backend in reach and without.

use chrono::TimeDelta;
use desk::ErrorCode;
use desk::view::Connection;
use domain::Role;
use tests::backend::{PASSWORD, TestBackend};
use tests::desk::{TestDesk, code, told};
use tests::line::{Line, Weather};
use tests::runtime::run;

#[test]
fn a_wrong_password_is_refused_and_too_many_are_slowed_down() {
    run(async {
        let backend = TestBackend::start().await;
        backend.account("li", Role::Reviewer).await;
        let desk = TestDesk::at(&backend).await;
        for name in ["li", "nobody"] {
            assert_eq!(code(desk.desk.sign_in(name, "wrong").await), ErrorCode::WrongPassword);
        }
        for _ in 0..5 {
            _ = desk.desk.sign_in("li", "wrong").await;
        }
        assert_eq!(
            code(desk.desk.sign_in("li", PASSWORD).await),
            ErrorCode::TooManyAttempts
        );
        assert_eq!(desk.desk.session().account, None);
        assert_eq!(code(desk.desk.queue().await), ErrorCode::NotSignedIn);
    });
}

#[test]
fn without_the_backend_those_sign_in_who_did_so_before() {
    run(async {
        let backend = TestBackend::start().await;
        backend.account("li", Role::Reviewer).await;
        backend.account("wang", Role::Supervisor).await;
        backend.queue("B1", &["鲍奕辰"]).await;
        let line = Line::to(backend.running.address);
        let desk = TestDesk::open(&line.url(), &backend.clock).await;
        desk.sign_in("li").await;
        desk.sync().await;
        let desk = desk.crash().await;

        line.set(Weather::Cut);
        assert_eq!(
            code(desk.desk.sign_in("wang", PASSWORD).await),
            ErrorCode::OfflineUnknownAccount
        );
        assert_eq!(code(desk.desk.sign_in("li", "wrong").await), ErrorCode::WrongPassword);
        let session = desk.sign_in("li").await;
        assert_eq!(
            (session.account.unwrap().username.as_str(), session.connection),
            ("li", Connection::Offline)
        );
        // what was leased can be decided
        let id = desk.in_hand().await[0];
        desk.desk.pass_photo(id, None).await.unwrap();
        desk.sync_after_hold().await;
        assert_eq!(desk.queue().await.outbox.len(), 1);

        // the backend is back, and wants the password itself
        line.set(Weather::Fair);
        desk.sync().await;
        assert_eq!(desk.desk.session().connection, Connection::SignInAgain);
        assert_eq!(desk.sign_in("li").await.connection, Connection::Online);
        desk.sync().await;
        assert_eq!(told(&backend, "li", id).await.len(), 1);
    });
}

#[test]
fn without_the_backend_guessing_is_slowed_down_too_and_a_restart_does_not_help() {
    run(async {
        let backend = TestBackend::start().await;
        backend.account("li", Role::Reviewer).await;
        let line = Line::to(backend.running.address);
        let desk = TestDesk::open(&line.url(), &backend.clock).await;
        desk.sign_in("li").await;
        desk.desk.sign_out().await.unwrap();
        line.set(Weather::Cut);
        for _ in 0..5 {
            assert_eq!(code(desk.desk.sign_in("li", "wrong").await), ErrorCode::WrongPassword);
        }
        let desk = desk.crash().await;
        assert_eq!(
            code(desk.desk.sign_in("li", PASSWORD).await),
            ErrorCode::TooManyAttempts
        );
        backend.clock.advance(TimeDelta::minutes(5));
        desk.sign_in("li").await;
    });
}

#[test]
fn signing_out_sends_what_is_held_and_gives_the_rest_back() {
    run(async {
        let backend = TestBackend::start().await;
        backend.account("li", Role::Reviewer).await;
        backend.account("wang", Role::Reviewer).await;
        backend.queue("B1", &["鲍奕辰", "刘碧"]).await;
        let (desk, other) = (TestDesk::at(&backend).await, TestDesk::at(&backend).await);
        desk.sign_in("li").await;
        desk.sync().await;
        let [decided, left] = desk.in_hand().await.try_into().unwrap();
        desk.desk.pass_photo(decided, None).await.unwrap();
        assert_eq!(desk.desk.sign_out().await.unwrap().unsent, 0);
        assert_eq!(told(&backend, "li", decided).await.len(), 1);
        assert_eq!(code(desk.desk.photo_bytes(left).await), ErrorCode::NotSignedIn);
        other.sign_in("wang").await;
        other.sync().await;
        assert_eq!(other.in_hand().await, [left]);
    });
}

#[test]
fn one_person_does_not_see_what_another_holds_at_the_same_desk() {
    run(async {
        let backend = TestBackend::start().await;
        backend.account("li", Role::Reviewer).await;
        backend.account("wang", Role::Reviewer).await;
        backend.queue("B1", &["鲍奕辰", "刘碧"]).await;
        let line = Line::to(backend.running.address);
        let desk = TestDesk::open(&line.url(), &backend.clock).await;
        for name in ["wang", "li"] {
            desk.sign_in(name).await;
        }
        desk.sync().await;
        let ids = desk.in_hand().await;
        assert_eq!(ids.len(), 2);
        line.set(Weather::Cut);
        desk.desk.pass_photo(ids[0], None).await.unwrap();
        desk.sign_in("wang").await;
        let queue = desk.queue().await;
        assert!(queue.photos.is_empty() && queue.outbox.is_empty());
        for id in ids.clone() {
            assert_eq!(code(desk.desk.photo(id).await), ErrorCode::NotInHand);
            assert_eq!(code(desk.desk.pass_photo(id, None).await), ErrorCode::NotInHand);
        }
        // and the first one's decision goes out when that person is back
        line.set(Weather::Fair);
        desk.sign_in("li").await;
        desk.sync().await;
        assert_eq!(told(&backend, "li", ids[0]).await.len(), 1);
        assert_eq!(desk.in_hand().await, ids[1..]);
    });
}
