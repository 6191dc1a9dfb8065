//! My day and the floor: figures that charts are drawn from.

use crate::days::{begin_of, day_of};
use crate::queue::deadline;
use crate::view::{
    BlindView, DayView, DueView, FloorBatchView, FloorReviewerView, FloorView, HourView, MachineView, ReasonCount,
};
use crate::{Desk, Error};
use analyzer::report::Status;
use chrono::{DateTime, NaiveDate, TimeDelta, Timelike, Utc};
use client::{Floor, FloorBatch, FloorReviewer};
use domain::calendar::shanghai;
use domain::{Calendar, Decision, ReasonCode, Verdict};
use std::collections::BTreeMap;

impl Desk {
    /// The day of whoever is signed in, as this desk knows it.
    ///
    /// # Errors
    /// [`Error::NotSignedIn`], or what the disk says.
    pub async fn my_day(&self) -> Result<DayView, Error> {
        let account = self.account()?;
        let day = day_of(self.now());
        let from = begin_of(day);
        let decisions = self
            .store()
            .decisions(account.id, from, from + TimeDelta::days(1))
            .await?;
        let calendar = self.store().rules().await?.map(|rules| rules.calendar);
        let waiting = self.store().in_hand(account.id).await?;
        let submitted = waiting.iter().map(|held| held.submission.submitted_at);
        Ok(DayView {
            due: due(submitted, calendar.as_ref()),
            waiting_to_send: self.store().count_outgoing(account.id).await?,
            ..summed(day, &decisions)
        })
    }

    /// Who is at work and what waits, for supervisors.
    ///
    /// # Errors
    /// [`Error::NotAllowed`], [`Error::Offline`].
    pub async fn floor(&self) -> Result<FloorView, Error> {
        self.supervisor()?;
        let remote = self.remote()?;
        let floor = self.heard(remote.floor().await)?;
        let calendar = self.store().rules().await?.map(|rules| rules.calendar);
        Ok(floor_view(floor, calendar.as_ref()))
    }

    /// Lets the desks decide outside working hours, or stops that.
    ///
    /// # Errors
    /// [`Error::NotAllowed`], [`Error::Offline`].
    pub async fn allow_overtime(&self, allowed: bool) -> Result<(), Error> {
        self.supervisor()?;
        let remote = self.remote()?;
        self.heard(remote.allow_overtime(allowed).await)?;
        self.keep_overtime(allowed).await
    }
}

fn summed(day: NaiveDate, decisions: &[(Decision, Option<Status>)]) -> DayView {
    let mut hours = vec![HourView { passed: 0, rejected: 0 }; 24];
    let mut reasons: BTreeMap<&ReasonCode, u32> = BTreeMap::new();
    let mut machine: BTreeMap<&'static str, MachineView> = BTreeMap::new();
    let mut looks: Vec<u32> = Vec::new();
    let mut blind = BlindView { shown: 0, changed: 0 };
    for (decision, status) in decisions {
        let passed = decision.verdict == Verdict::Pass;
        if let Some(hour) = hours.get_mut(shanghai(decision.decided_at).hour() as usize) {
            hour.passed += u32::from(passed);
            hour.rejected += u32::from(!passed);
        }
        for code in &decision.reasons {
            *reasons.entry(code).or_default() += 1;
        }
        if let Some(status) = status {
            let row = machine.entry(order(*status)).or_insert(MachineView {
                machine: *status,
                passed: 0,
                rejected: 0,
            });
            row.passed += u32::from(passed);
            row.rejected += u32::from(!passed);
        }
        if let Some(look) = decision.look {
            looks.push(look.shown_ms);
            if let Some(first) = look.blind_first {
                blind.shown += 1;
                blind.changed += u32::from(first != decision.verdict);
            }
        }
    }
    looks.sort_unstable();
    let at = |share: f64| {
        looks
            .get(((looks.len() as f64 - 1.0) * share).round().max(0.0) as usize)
            .copied()
    };
    let mut reasons: Vec<ReasonCount> = reasons
        .into_iter()
        .map(|(code, count)| ReasonCount {
            code: code.clone(),
            count,
        })
        .collect();
    reasons.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.code.0.cmp(&b.code.0)));
    DayView {
        day,
        passed: hours.iter().map(|hour| hour.passed).sum(),
        rejected: hours.iter().map(|hour| hour.rejected).sum(),
        hours,
        median_look_ms: at(0.5),
        long_look_ms: at(0.95),
        reasons,
        machine: machine.into_values().collect(),
        blind,
        due: Vec::new(),
        waiting_to_send: 0,
    }
}

/// Likely fine first, likely not last.
fn order(status: Status) -> &'static str {
    match status {
        Status::Pass => "0",
        Status::Warn => "1",
        Status::Unsure => "2",
        Status::Fail => "3",
        Status::NotApplicable => "4",
    }
}

fn due(submitted: impl Iterator<Item = DateTime<Utc>>, calendar: Option<&Calendar>) -> Vec<DueView> {
    let mut days: BTreeMap<NaiveDate, u32> = BTreeMap::new();
    for at in submitted {
        if let Some(deadline) = deadline(calendar, at) {
            *days.entry(day_of(deadline.promised_at)).or_default() += 1;
        }
    }
    days.into_iter().map(|(day, count)| DueView { day, count }).collect()
}

fn floor_view(floor: Floor, calendar: Option<&Calendar>) -> FloorView {
    let reviewer = |row: FloorReviewer| FloorReviewerView {
        display_name: row.display_name,
        passed: row.passed,
        rejected: row.rejected,
        leased: row.leased,
        last_decision_at: row.last_decision_at,
        by_hour: row.by_hour,
    };
    let batch = |row: FloorBatch| FloorBatchView {
        deadline: row.oldest_submitted_at.and_then(|at| deadline(calendar, at)),
        code: row.code,
        school: row.school,
        title: row.title,
        pending: row.pending,
        passed: row.passed,
        rejected: row.rejected,
        questions: row.questions,
    };
    FloorView {
        at: floor.at,
        reviewers: floor.reviewers.into_iter().map(reviewer).collect(),
        batches: floor.batches.into_iter().map(batch).collect(),
    }
}
