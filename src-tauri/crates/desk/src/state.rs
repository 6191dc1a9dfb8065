//! What a desk knows only while it runs.

use crate::bundle::OpenBundle;
use crate::encoded::Encoded;
use crate::life::{Past, PastPhoto};
use crate::long::Long;
use crate::view::Connection;
use crate::{Desk, Error};
use chrono::{DateTime, Utc};
use client::ClientError;
use domain::{Account, Role, SubmissionId};
use std::collections::HashMap;
use std::sync::Arc;

pub(crate) struct State {
    pub(crate) signed_in: Option<SignedIn>,
    pub(crate) connection: Connection,
    /// Failed calls in a row that nobody answered.
    pub(crate) unanswered: u32,
    /// Pending review and leased by nobody, as last heard, and when that was.
    pub(crate) waiting: Option<(u32, DateTime<Utc>)>,
    /// When the rules were last asked for.
    pub(crate) rules_at: Option<DateTime<Utc>>,
    /// Photos that could not be got or judged, and when to try again.
    pub(crate) troubles: HashMap<SubmissionId, Trouble>,
    pub(crate) bundle: Option<Arc<OpenBundle>>,
    pub(crate) encoded: Encoded,
    pub(crate) long: Option<Arc<Long>>,
    /// What a submission's life told of each attempt.
    pub(crate) past: HashMap<SubmissionId, Past>,
    /// Photos that may be asked for beside those in hand: earlier attempts, and the same shot handed in by others.
    pub(crate) past_photos: HashMap<SubmissionId, PastPhoto>,
}

#[derive(Clone)]
pub(crate) struct SignedIn {
    pub(crate) account: Account,
    /// Absent: signed in without the backend, or the backend has ended the session.
    pub(crate) remote: Option<client::Session>,
    /// Whether leases and rules were compared with the backend's since it was last away.
    pub(crate) compared: bool,
}

#[derive(Clone, Copy)]
pub(crate) struct Trouble {
    pub(crate) attempts: u32,
    pub(crate) next: DateTime<Utc>,
}

impl Default for State {
    fn default() -> State {
        State {
            signed_in: None,
            connection: Connection::Offline,
            unanswered: 0,
            waiting: None,
            rules_at: None,
            troubles: HashMap::new(),
            bundle: None,
            encoded: Encoded::default(),
            long: None,
            past: HashMap::new(),
            past_photos: HashMap::new(),
        }
    }
}

impl Desk {
    /// Who is signed in.
    pub(crate) fn account(&self) -> Result<Account, Error> {
        self.state()
            .signed_in
            .as_ref()
            .map(|signed_in| signed_in.account.clone())
            .ok_or(Error::NotSignedIn)
    }

    /// The backend, for what can't be done without it.
    pub(crate) fn remote(&self) -> Result<client::Session, Error> {
        let state = self.state();
        let signed_in = state.signed_in.as_ref().ok_or(Error::NotSignedIn)?;
        match (&signed_in.remote, state.connection) {
            (Some(remote), _) => Ok(remote.clone()),
            (None, Connection::SignInAgain) => Err(Error::SignInAgain),
            (None, _) => Err(Error::Offline),
        }
    }

    pub(crate) fn supervisor(&self) -> Result<Account, Error> {
        let account = self.account()?;
        if account.role == Role::Supervisor {
            Ok(account)
        } else {
            Err(Error::NotAllowed)
        }
    }

    /// The backend answered, in whatever way; or it did not.
    pub(crate) fn heard<T>(&self, answer: Result<T, ClientError>) -> Result<T, ClientError> {
        let mut state = self.state();
        let before = state.connection;
        match &answer {
            Err(ClientError::Offline) => {
                state.connection = Connection::Offline;
                state.unanswered = state.unanswered.saturating_add(1);
                if let Some(signed_in) = &mut state.signed_in {
                    signed_in.compared = false;
                }
            }
            Err(ClientError::SignInAgain) => {
                state.connection = Connection::SignInAgain;
                state.unanswered = 0;
                if let Some(signed_in) = &mut state.signed_in {
                    signed_in.remote = None;
                }
            }
            _ => {
                let without = state
                    .signed_in
                    .as_ref()
                    .is_some_and(|signed_in| signed_in.remote.is_none());
                state.connection = if without {
                    Connection::SignInAgain
                } else {
                    Connection::Online
                };
                state.unanswered = 0;
            }
        }
        let after = state.connection;
        drop(state);
        if before != after {
            self.changed();
        }
        answer
    }
}
