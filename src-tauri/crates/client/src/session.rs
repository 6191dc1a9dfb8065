//! The calls of somebody who is signed in.

use crate::{Client, ClientError, answer, retry};
use domain::{Account, AsideKind, BatchCode, Decision, LeaseId, ShotMatch, SubmissionId};
use protocol::{
    BlindPercent, DecisionReceipt, Floor, Found, History, LeaseIds, LeasedSubmission, MOST_LEASES, Overtime, Queue,
    RenewedLeases, Rules, Search, SentMessage, SentMessages, SetAside, Shot, ShotMatches, SignedIn, TakeLeases,
    TakenLeases, paths,
};
use reqwest::RequestBuilder;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::fmt;

/// Cheap to clone. Lives in memory only: the token is written nowhere.
#[derive(Clone)]
pub struct Session {
    client: Client,
    token: String,
    account: Account,
}

/// Shows no token.
impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session")
            .field("account", &self.account.id)
            .finish_non_exhaustive()
    }
}

impl Session {
    pub(crate) fn new(client: Client, signed_in: SignedIn) -> Session {
        Session {
            client,
            token: signed_in.token,
            account: signed_in.account,
        }
    }

    pub fn account(&self) -> &Account {
        &self.account
    }

    /// # Errors
    /// [`ClientError::Broken`] also where the catalogue contradicts itself.
    pub async fn rules(&self) -> Result<Rules, ClientError> {
        let rules: Rules = self.fetch(paths::RULES).await?;
        rules
            .reasons
            .check()
            .map_err(|_| ClientError::Broken("a reason catalogue with a flaw"))?;
        Ok(rules)
    }

    pub async fn queue(&self) -> Result<Queue, ClientError> {
        self.fetch(paths::QUEUE).await
    }

    /// Asks for submissions. Not tried again by itself: an answer that got lost shows up in [`Session::my_leases`].
    pub async fn take_leases(
        &self,
        count: u32,
        batch: Option<BatchCode>,
    ) -> Result<Vec<LeasedSubmission>, ClientError> {
        let body = TakeLeases {
            count: count.min(MOST_LEASES),
            batch,
        };
        let taken: TakenLeases = answer::read(self.post(paths::LEASES).json(&body)).await?;
        Ok(taken.leases)
    }

    /// What is leased to the caller now.
    pub async fn my_leases(&self) -> Result<Vec<LeasedSubmission>, ClientError> {
        Ok(self.fetch::<TakenLeases>(paths::LEASES).await?.leases)
    }

    /// The heartbeat.
    pub async fn renew(&self, leases: &[LeaseId]) -> Result<RenewedLeases, ClientError> {
        let mut all = RenewedLeases {
            renewed: Vec::new(),
            lost: Vec::new(),
        };
        for some in leases.chunks(MOST_LEASES as usize) {
            let answered: RenewedLeases = self
                .deliver(paths::RENEW_LEASES, &LeaseIds { leases: some.to_vec() })
                .await?;
            all.renewed.extend(answered.renewed);
            all.lost.extend(answered.lost);
        }
        Ok(all)
    }

    /// Gives leases back.
    pub async fn release(&self, leases: &[LeaseId]) -> Result<(), ClientError> {
        for some in leases.chunks(MOST_LEASES as usize) {
            let body = LeaseIds { leases: some.to_vec() };
            retry::repeatable(|| answer::send(self.post(paths::RELEASE_LEASES).json(&body))).await?;
        }
        Ok(())
    }

    /// The decision's id makes it safe to send any number of times.
    ///
    /// # Errors
    /// [`ClientError::Conflict`] and [`ClientError::Refused`] are final.
    pub async fn send_decision(&self, decision: &Decision) -> Result<DecisionReceipt, ClientError> {
        let receipt: DecisionReceipt = self.deliver(paths::DECISIONS, decision).await?;
        if receipt.decision != decision.id {
            return Err(ClientError::Broken("a receipt for another decision"));
        }
        Ok(receipt)
    }

    /// What the student of a submission was told, oldest first.
    pub async fn messages(&self, submission: SubmissionId) -> Result<Vec<SentMessage>, ClientError> {
        let path = paths::MESSAGES.replace("{submission}", &submission.to_string());
        Ok(self.fetch::<SentMessages>(&path).await?.messages)
    }

    /// The attempts of the submission's student, oldest first.
    pub async fn history(&self, submission: SubmissionId) -> Result<History, ClientError> {
        self.fetch(&paths::HISTORY.replace("{submission}", &submission.to_string()))
            .await
    }

    /// Hands over what the submission's photo is known by; who else handed in the same shot, the nearest first.
    pub async fn send_shot(&self, submission: SubmissionId, shot: &Shot) -> Result<Vec<ShotMatch>, ClientError> {
        let path = paths::SHOT.replace("{submission}", &submission.to_string());
        Ok(self.deliver::<ShotMatches>(&path, shot).await?.matches)
    }

    /// Finds submissions by what a person would type.
    pub async fn search(&self, text: &str) -> Result<Found, ClientError> {
        let body = Search { text: text.to_owned() };
        self.deliver(paths::SEARCH, &body).await
    }

    /// Lets the desks decide outside working hours, for supervisors.
    pub async fn allow_overtime(&self, allowed: bool) -> Result<(), ClientError> {
        let body = Overtime { allowed };
        retry::repeatable(|| answer::send(self.post(paths::OVERTIME).json(&body)))
            .await
            .map(|_| ())
    }

    /// On how many photos of a hundred the desks hide the machine's verdict at first, for supervisors.
    pub async fn set_blind_percent(&self, percent: u32) -> Result<(), ClientError> {
        let body = BlindPercent { percent };
        retry::repeatable(|| answer::send(self.post(paths::BLIND_PERCENT).json(&body)))
            .await
            .map(|_| ())
    }

    /// The day so far, for supervisors.
    pub async fn floor(&self) -> Result<Floor, ClientError> {
        self.fetch(paths::FLOOR).await
    }

    /// Gives one submission back for somebody else. Not tried again by itself: that the lease has ended may mean that the
    /// first call arrived.
    pub async fn set_aside(&self, lease: LeaseId, kind: AsideKind, note: &str) -> Result<(), ClientError> {
        let body = SetAside {
            lease,
            kind,
            note: note.to_owned(),
        };
        answer::send(self.post(paths::SET_ASIDE).json(&body)).await.map(|_| ())
    }

    pub(crate) fn get(&self, path: &str) -> RequestBuilder {
        self.client.http().get(self.client.url(path)).bearer_auth(&self.token)
    }

    fn post(&self, path: &str) -> RequestBuilder {
        self.client.http().post(self.client.url(path)).bearer_auth(&self.token)
    }

    async fn fetch<T: DeserializeOwned>(&self, path: &str) -> Result<T, ClientError> {
        retry::repeatable(|| answer::read(self.get(path))).await
    }

    /// For what may arrive twice.
    async fn deliver<T: DeserializeOwned>(&self, path: &str, body: &impl Serialize) -> Result<T, ClientError> {
        retry::repeatable(|| answer::read(self.post(path).json(body))).await
    }
}
