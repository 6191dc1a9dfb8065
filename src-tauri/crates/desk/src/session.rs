//! Signing in, with the backend or without it, and signing out.

use crate::state::SignedIn;
use crate::view::{Connection, SessionView, SignedOutView};
use crate::{Desk, Error};
use argon2::Argon2;
use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use chrono::TimeDelta;
use client::ClientError;
use domain::Account;
use tokio::task::spawn_blocking;

/// Without the backend, this many wrong passwords in a row close the account at this desk for a while.
const MOST_WRONG: u32 = 5;
const CLOSED_FOR: TimeDelta = TimeDelta::minutes(5);

impl Desk {
    pub fn session(&self) -> SessionView {
        let state = self.state();
        SessionView {
            account: state.signed_in.as_ref().map(|signed_in| signed_in.account.clone()),
            connection: state.connection,
        }
    }

    /// Asks the backend; where it is not in reach, those who signed in here before can sign in with the password that
    /// the backend last agreed to. Whoever else is signed in is signed out.
    ///
    /// # Errors
    /// [`Error::WrongPassword`], [`Error::TooManyAttempts`], [`Error::OfflineUnknownAccount`].
    pub async fn sign_in(&self, username: &str, password: &str) -> Result<SessionView, Error> {
        let username = username.trim();
        let (account, remote) = match self.inner.client.sign_in(username, password).await {
            Ok(session) => {
                let account = session.account().clone();
                let hash = hash(password.to_owned()).await?;
                self.store().keep_account(&account, &hash, self.now()).await?;
                (account, Some(session))
            }
            Err(error @ (ClientError::Offline | ClientError::Broken(_))) => {
                tracing::info!(%error, "signing in without the backend");
                (self.known_account(username, password).await?, None)
            }
            Err(other) => return Err(other.into()),
        };
        let other = self
            .state()
            .signed_in
            .as_ref()
            .is_some_and(|signed_in| signed_in.account.id != account.id);
        if other {
            self.sign_out().await?;
        }
        let connection = if remote.is_some() {
            Connection::Online
        } else {
            Connection::Offline
        };
        {
            let mut state = self.state();
            state.signed_in = Some(SignedIn {
                account: account.clone(),
                remote,
                compared: false,
            });
            state.connection = connection;
            state.unanswered = 0;
        }
        if connection == Connection::Online {
            self.store().forget_delays(account.id, self.now()).await?;
        }
        self.inner.wake_exchange.notify_one();
        self.changed();
        Ok(self.session())
    }

    /// Ends every hold, sends what can be sent, gives undecided submissions back. What can't be sent stays, and is sent
    /// when the same person signs in again.
    ///
    /// # Errors
    /// [`Error::NotSignedIn`], or what the disk says; a backend out of reach is no error.
    pub async fn sign_out(&self) -> Result<SignedOutView, Error> {
        let account = self.account()?;
        let now = self.now();
        let exchange = self.inner.exchange.lock().await;
        self.store().end_holds(account.id, now).await?;
        let remote = self
            .state()
            .signed_in
            .as_ref()
            .and_then(|signed_in| signed_in.remote.clone());
        let leases: Vec<_> = self
            .store()
            .in_hand(account.id)
            .await?
            .into_iter()
            .map(|held| held.lease.id)
            .collect();
        if let Some(remote) = remote {
            self.deliver(&remote, now).await?;
            let away = self.state().connection == Connection::Offline;
            if !away && let Err(error) = self.heard(remote.release(&leases).await) {
                tracing::info!(%error, "leases were not given back; they end by themselves");
            }
        }
        self.store().lost(&leases).await?;
        self.leave_place(account.id).await?;
        let unsent = self.store().count_outgoing(account.id).await?;
        {
            let mut state = self.state();
            state.signed_in = None;
            state.bundle = None;
            state.waiting = None;
            state.troubles.clear();
            state.past.clear();
            state.past_photos.clear();
            state.encoded.clear();
            if state.connection == Connection::SignInAgain {
                state.connection = Connection::Online;
            }
        }
        drop(exchange);
        self.changed();
        Ok(SignedOutView { unsent })
    }

    async fn known_account(&self, username: &str, password: &str) -> Result<Account, Error> {
        let known = self
            .store()
            .known_account(username)
            .await?
            .ok_or(Error::OfflineUnknownAccount)?;
        let now = self.now();
        if known.wrong_in_a_row >= MOST_WRONG && now < known.last_wrong_at + CLOSED_FOR {
            return Err(Error::TooManyAttempts);
        }
        if !verify(password.to_owned(), known.password_hash).await? {
            self.store().wrong_password(known.account.id, now).await?;
            return Err(Error::WrongPassword);
        }
        self.store().right_password(known.account.id).await?;
        Ok(known.account)
    }
}

/// argon2 takes its time by design: not on a thread that others wait for.
async fn hash(password: String) -> Result<String, Error> {
    spawn_blocking(move || {
        let salt = SaltString::generate(&mut argon2::password_hash::rand_core::OsRng);
        Argon2::default()
            .hash_password(password.as_bytes(), &salt)
            .map(|hash| hash.to_string())
    })
    .await
    .map_err(|_| Error::Internal("hashing a password stopped"))?
    .map_err(|_| Error::Internal("a password can't be hashed"))
}

async fn verify(password: String, hash: String) -> Result<bool, Error> {
    spawn_blocking(move || {
        PasswordHash::new(&hash).map(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
    })
    .await
    .map_err(|_| Error::Internal("comparing a password stopped"))?
    .map_err(|_| Error::Internal("a password's hash is damaged"))
}
