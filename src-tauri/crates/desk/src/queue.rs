//! What is waiting, what is on its way, and what came back.

use crate::days::{begin_of, day_of};
use crate::photo::is_blind;
use crate::view::{HoursView, OutboxItem, QueueView, QueuedPhoto, RefusedDecision, SentDecision, Urgency};
use crate::{Desk, Error};
use chrono::{DateTime, TimeDelta, Utc};
use domain::{Calendar, CalendarError, Deadline, Decision, mask_name};
use store::{Held, Judged, Outgoing, Refusal};

/// Of what was sent so many are shown; the rest is found by searching.
const MOST_SENT: u32 = 5;

impl Desk {
    /// # Errors
    /// [`Error::NotSignedIn`], or what the disk says.
    pub async fn queue(&self) -> Result<QueueView, Error> {
        let account = self.account()?;
        let now = self.now();
        let calendar = self.store().rules().await?.map(|rules| rules.calendar);
        let held = self.store().in_hand(account.id).await?;
        let today = begin_of(day_of(now));
        let decided_today = self
            .store()
            .count_decisions(account.id, today, today + TimeDelta::days(1))
            .await?;
        let outbox = self.store().outgoing(account.id).await?;
        let refused = self.store().refusals(account.id).await?;
        let sent = self.store().sent(account.id, today, MOST_SENT).await?;
        let blind_percent = self.blind_percent().await?;
        let (connection, waiting) = {
            let state = self.state();
            (state.connection, state.waiting)
        };
        Ok(QueueView {
            photos: held
                .into_iter()
                .filter(|held| held.lease.expires_at > now)
                .map(|held| queued(held, calendar.as_ref(), blind_percent, now))
                .collect(),
            waiting_at_backend: waiting.map(|(count, _)| count),
            outbox: outbox.into_iter().map(outgoing).collect(),
            sent: sent.into_iter().map(sent_view).collect(),
            refused: refused.into_iter().map(refusal).collect(),
            connection,
            decided_today,
            hours: hours(calendar.as_ref(), now, self.overtime().await?),
            blind_percent,
        })
    }
}

pub(crate) fn deadline(calendar: Option<&Calendar>, submitted_at: DateTime<Utc>) -> Option<Deadline> {
    calendar?.review_deadline(submitted_at).ok()
}

fn queued(held: Held, calendar: Option<&Calendar>, blind_percent: u32, now: DateTime<Utc>) -> QueuedPhoto {
    let deadline = deadline(calendar, held.submission.submitted_at);
    QueuedPhoto {
        submission: held.submission.id,
        masked_name: mask_name(&held.submission.student.name),
        school: held.submission.school,
        batch: held.submission.batch,
        attempt: held.submission.attempt,
        submitted_at: held.submission.submitted_at,
        deadline,
        urgency: urgency(deadline, now),
        ready: held.judged.is_some(),
        same_shots: held.same_shots.map(|all| all.len() as u32),
        blind: matches!(held.judged, Some(Judged::Report { .. })) && is_blind(held.submission.id, blind_percent),
        machine: match held.judged {
            Some(Judged::Report { machine, .. }) => Some(machine),
            _ => None,
        },
    }
}

fn urgency(deadline: Option<Deadline>, now: DateTime<Utc>) -> Urgency {
    match deadline {
        None => Urgency::Unknown,
        Some(deadline) if now > deadline.latest_at => Urgency::Overdue,
        Some(deadline) if day_of(deadline.promised_at) <= day_of(now) => Urgency::DueToday,
        Some(_) => Urgency::Later,
    }
}

fn outgoing(outgoing: Outgoing) -> OutboxItem {
    let Outgoing {
        decision,
        masked_name,
        not_before,
        attempts,
    } = outgoing;
    OutboxItem {
        decision: decision.id,
        submission: decision.submission,
        masked_name,
        verdict: decision.verdict,
        reasons: decision.reasons,
        note: decision.note,
        decided_at: decision.decided_at,
        held_until: not_before,
        attempts,
    }
}

fn sent_view((decision, masked_name): (Decision, String)) -> SentDecision {
    SentDecision {
        decision: decision.id,
        submission: decision.submission,
        masked_name,
        verdict: decision.verdict,
        decided_at: decision.decided_at,
        correction: decision.corrects.is_some(),
    }
}

fn refusal(refusal: Refusal) -> RefusedDecision {
    let Refusal {
        decision,
        masked_name,
        code,
        ..
    } = refusal;
    RefusedDecision {
        decision: decision.id,
        submission: decision.submission,
        masked_name,
        verdict: decision.verdict,
        decided_at: decision.decided_at,
        code,
    }
}

fn hours(calendar: Option<&Calendar>, now: DateTime<Utc>, overtime: bool) -> HoursView {
    let Some(calendar) = calendar else {
        return HoursView {
            open: None,
            next_change_at: None,
            missing_year: None,
            overtime,
        };
    };
    let open = calendar.is_open(now);
    let next = calendar.next_change(now);
    let missing_year = [open.err(), next.err()]
        .into_iter()
        .flatten()
        .find_map(|error| match error {
            CalendarError::NoYear(year) => Some(year),
            CalendarError::OutOfRange => None,
        });
    HoursView {
        open: open.ok(),
        next_change_at: next.ok(),
        missing_year,
        overtime,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_photo_is_urgent_by_its_deadline() {
        let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        // Promised for Wednesday, due on Thursday, both at 17:00 in Shanghai.
        let deadline = Deadline {
            promised_at: at("2026-11-25T09:00:00Z"),
            latest_at: at("2026-11-26T09:00:00Z"),
        };
        for (now, urgency) in [
            ("2026-11-24T15:59:59Z", Urgency::Later),
            ("2026-11-24T16:00:00Z", Urgency::DueToday),
            ("2026-11-26T09:00:00Z", Urgency::DueToday),
            ("2026-11-26T09:00:01Z", Urgency::Overdue),
        ] {
            assert_eq!(super::urgency(Some(deadline), at(now)), urgency, "{now}");
        }
        assert_eq!(super::urgency(None, at("2026-11-24T00:00:00Z")), Urgency::Unknown);
    }
}
