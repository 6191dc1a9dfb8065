//! Accounts, sessions, wrong passwords.

use crate::call::{Desk, refused, sign_in};
use backend::accounts::{self, AccountError, SESSION, SIGN_IN_PAUSE};
use chrono::TimeDelta;
use domain::Role;
use protocol::ErrorCode;
use tests::backend::{Dialect, PASSWORD, TestBackend};

pub async fn a_right_password_opens_a_session_that_ends(dialect: Dialect) {
    let backend = TestBackend::with(dialect, |_| {}).await;
    let account = backend.account("li", Role::Supervisor).await;
    let signed_in = sign_in(&backend, "li", PASSWORD).await.unwrap();
    assert_eq!(signed_in.account, account);
    assert_eq!(signed_in.expires_at, backend.clock.now() + SESSION);
    let desk = Desk::again(&backend, "li").await;
    assert!(desk.queue().await.is_ok());
    assert_eq!(
        desk.with_token("").queue().await.unwrap_err(),
        refused(401, ErrorCode::NotSignedIn)
    );
    assert_eq!(
        desk.with_token(&"0".repeat(64)).queue().await.unwrap_err(),
        refused(401, ErrorCode::NotSignedIn)
    );

    backend.clock.advance(SESSION - TimeDelta::milliseconds(1));
    assert!(desk.queue().await.is_ok());
    backend.clock.advance(TimeDelta::milliseconds(1));
    assert_eq!(desk.queue().await.unwrap_err(), refused(401, ErrorCode::NotSignedIn));
    assert!(Desk::again(&backend, "li").await.queue().await.is_ok());
    assert_eq!(accounts::all(&backend.running.kept.database).await.unwrap(), [account]);
}

pub async fn a_wrong_password_is_refused_without_saying_why(dialect: Dialect) {
    let backend = TestBackend::with(dialect, |_| {}).await;
    backend.account("li", Role::Reviewer).await;
    for (name, password) in [
        ("li", "wrong password"),
        ("nobody", PASSWORD),
        ("LI", PASSWORD),
        ("li", ""),
    ] {
        let answer = sign_in(&backend, name, password).await.map(|_| ());
        assert_eq!(answer, Err(refused(401, ErrorCode::WrongPassword)), "{name}");
    }
}

pub async fn five_wrong_passwords_earn_a_pause(dialect: Dialect) {
    let backend = TestBackend::with(dialect, |_| {}).await;
    backend.account("li", Role::Reviewer).await;
    backend.account("wang", Role::Reviewer).await;
    let attempt = async |name: &str, password: &str| sign_in(&backend, name, password).await.map(|_| ());
    // a name without an account behaves like one with
    for name in ["li", "nobody"] {
        for _ in 0..5 {
            assert_eq!(
                attempt(name, "wrong password").await,
                Err(refused(401, ErrorCode::WrongPassword))
            );
        }
        assert_eq!(
            attempt(name, PASSWORD).await,
            Err(refused(429, ErrorCode::TooManyAttempts))
        );
    }
    assert_eq!(attempt("wang", PASSWORD).await, Ok(()), "others are not held up");
    // trying on does not make the pause longer
    backend.clock.advance(SIGN_IN_PAUSE - TimeDelta::milliseconds(1));
    assert_eq!(
        attempt("li", PASSWORD).await,
        Err(refused(429, ErrorCode::TooManyAttempts))
    );
    backend.clock.advance(TimeDelta::milliseconds(1));
    for _ in 0..4 {
        assert_eq!(
            attempt("li", "wrong password").await,
            Err(refused(401, ErrorCode::WrongPassword))
        );
    }
    // a success starts the count anew
    assert_eq!(attempt("li", PASSWORD).await, Ok(()));
    for _ in 0..5 {
        assert_eq!(
            attempt("li", "wrong password").await,
            Err(refused(401, ErrorCode::WrongPassword))
        );
    }
    assert_eq!(
        attempt("li", "wrong password").await,
        Err(refused(429, ErrorCode::TooManyAttempts))
    );
}

pub async fn a_new_password_ends_old_sessions(dialect: Dialect) {
    let backend = TestBackend::with(dialect, |_| {}).await;
    let desk = Desk::of(&backend, "li", Role::Reviewer).await;
    let ensure = async |password: &str| {
        let database = &backend.running.kept.database;
        accounts::ensure(
            database,
            "li",
            "审核员 li",
            Role::Reviewer,
            password,
            backend.clock.now(),
        )
        .await
        .unwrap()
    };
    assert_eq!(
        ensure(PASSWORD).await,
        desk.account,
        "the same password changes nothing"
    );
    assert!(desk.queue().await.is_ok());
    assert_eq!(ensure("another password").await, desk.account);
    assert_eq!(desk.queue().await.unwrap_err(), refused(401, ErrorCode::NotSignedIn));
    assert!(sign_in(&backend, "li", PASSWORD).await.is_err());
    assert!(sign_in(&backend, "li", "another password").await.is_ok());
}

pub async fn accounts_have_rules(dialect: Dialect) {
    let backend = TestBackend::with(dialect, |_| {}).await;
    backend.account("li", Role::Reviewer).await;
    let add = async |name: &str, password: &str| {
        let database = &backend.running.kept.database;
        accounts::add(database, name, "", Role::Reviewer, password, backend.clock.now())
            .await
            .unwrap_err()
    };
    assert!(matches!(add("li", PASSWORD).await, AccountError::NameTaken));
    assert!(matches!(add("", PASSWORD).await, AccountError::BadName));
    assert!(matches!(add(" wang", PASSWORD).await, AccountError::BadName));
    assert!(matches!(add("wang", "1234567").await, AccountError::ShortPassword));
}
