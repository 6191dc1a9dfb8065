//! What was sent is corrected: a new decision takes the place of the old one, or an explicit conflict.

use crate::call::{Desk, refused};
use crate::looking::upload;
use chrono::TimeDelta;
use domain::{Decision, DecisionId, ReasonCode, Role, SubmissionState, Verdict};
use protocol::{ErrorCode, MessageState};
use sqlx::{AnyConnection, Connection, Executor};
use tests::backend::{Dialect, TestBackend};

/// A student's first photo, rejected.
async fn rejected(dialect: Dialect) -> (TestBackend, Desk, Decision) {
    let backend = TestBackend::with(dialect, |config| config.inbox = true).await;
    let desk = Desk::of(&backend, "li", Role::Reviewer).await;
    upload(&backend, 1).await;
    let leased = desk.take_one().await;
    let decision = desk.decision(&leased, &["eyes_closed"], backend.clock.now()).await;
    desk.decide(&decision).await.unwrap();
    backend.clock.advance(TimeDelta::hours(1));
    (backend, desk, decision)
}

/// That it may pass after all.
fn passing(desk: &Desk, old: &Decision) -> Decision {
    Decision {
        id: DecisionId::new(),
        reviewer: desk.account.id,
        verdict: Verdict::Pass,
        reasons: vec![],
        note: "看错了，眼睛是睁开的".into(),
        decided_at: old.decided_at + TimeDelta::hours(1),
        corrects: Some(old.id),
        ..old.clone()
    }
}

pub async fn a_correction_takes_the_place_and_the_student_hears_again(dialect: Dialect) {
    let (backend, desk, old) = rejected(dialect).await;
    backend.running.deliver_due(backend.clock.now()).await.unwrap();
    let correction = passing(&desk, &old);
    assert!(desk.decide(&correction).await.unwrap().applied_now);
    assert!(
        !desk.decide(&correction).await.unwrap().applied_now,
        "sent twice, applied once"
    );
    backend.running.deliver_due(backend.clock.now()).await.unwrap();

    let life = desk.history(old.submission).await.unwrap();
    assert_eq!(
        (life.student.name.as_str(), life.school.as_str()),
        ("鲍奕辰", "云溪大学")
    );
    let [attempt] = life.attempts.try_into().unwrap();
    assert_eq!(attempt.state, SubmissionState::Standardising);
    let decisions: Vec<_> = attempt
        .decisions
        .into_iter()
        .map(|received| received.decision)
        .collect();
    assert_eq!(
        decisions,
        [old.clone(), correction.clone()],
        "the old one stays as it was"
    );
    let told: Vec<_> = attempt
        .messages
        .iter()
        .map(|message| {
            (
                message.card.status.as_str(),
                message.card.remark.as_str(),
                message.card.corrects,
                message.state,
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            ("审核不通过", "闭眼或未平视", false, MessageState::Sent),
            ("审核通过", "更正：审核通过", true, MessageState::Sent)
        ]
    );

    // and back again: the correction is corrected, by a supervisor
    let supervisor = Desk::of(&backend, "qian", Role::Supervisor).await;
    let back = Decision {
        verdict: Verdict::Reject,
        reasons: vec![ReasonCode("not_sharp".into())],
        note: "放大看并不清晰".into(),
        ..passing(&supervisor, &correction)
    };
    supervisor.decide(&back).await.unwrap();
    let attempts = desk.history(old.submission).await.unwrap().attempts;
    assert_eq!(
        (attempts[0].state, attempts[0].decisions.len()),
        (SubmissionState::Rejected, 3)
    );
    let floor = supervisor.floor().await.unwrap();
    assert_eq!(
        (floor.batches[0].passed, floor.batches[0].rejected),
        (0, 1),
        "a correction is no photo more"
    );
}

pub async fn a_correction_that_comes_too_late_is_refused(dialect: Dialect) {
    let (backend, desk, old) = rejected(dialect).await;
    let refusal = async |by: &Desk, correction: &Decision| by.decide(correction).await.unwrap_err();
    let other = Desk::of(&backend, "wang", Role::Reviewer).await;
    assert_eq!(
        refusal(&other, &passing(&other, &old)).await,
        refused(403, ErrorCode::NotAllowed)
    );
    let of_nothing = Decision {
        corrects: Some(DecisionId::new()),
        ..passing(&desk, &old)
    };
    assert_eq!(refusal(&desk, &of_nothing).await, refused(404, ErrorCode::NotFound));
    for spoil in [
        (|correction: &mut Decision| correction.note.clear()) as fn(&mut Decision),
        |correction: &mut Decision| correction.reasons.push(ReasonCode("not_sharp".into())),
    ] {
        let mut correction = passing(&desk, &old);
        spoil(&mut correction);
        assert_eq!(
            refusal(&desk, &correction).await,
            refused(422, ErrorCode::InvalidDecision)
        );
    }
    let mut unchanged = passing(&desk, &old);
    (unchanged.verdict, unchanged.reasons, unchanged.note) = (old.verdict, old.reasons.clone(), old.note.clone());
    assert_eq!(
        refusal(&desk, &unchanged).await,
        refused(422, ErrorCode::InvalidDecision)
    );

    // somebody else was first
    let first = passing(&desk, &old);
    desk.decide(&first).await.unwrap();
    assert_eq!(
        refusal(&desk, &passing(&desk, &old)).await,
        refused(409, ErrorCode::AlreadyCorrected)
    );

    // the standard photo is made
    let mut connection = AnyConnection::connect(&backend.database()).await.unwrap();
    for state in ["awaiting_confirmation", "completed", "withdrawn"] {
        let statement = format!("update submissions set state = '{state}'");
        connection.execute(sqlx::AssertSqlSafe(statement)).await.unwrap();
        assert_eq!(
            refusal(&desk, &passing(&desk, &first)).await,
            refused(409, ErrorCode::PastCorrection),
            "{state}"
        );
    }
    connection
        .execute("update submissions set state = 'standardising'")
        .await
        .unwrap();

    // the student has handed in another photo
    upload(&backend, 2).await;
    let again = Decision {
        verdict: Verdict::Reject,
        reasons: vec![ReasonCode("not_sharp".into())],
        ..passing(&desk, &first)
    };
    assert_eq!(refusal(&desk, &again).await, refused(409, ErrorCode::NewAttempt));
    let messages = desk.messages(old.submission).await.unwrap().messages;
    assert_eq!(messages.len(), 2, "what was refused tells nobody anything");
}

pub async fn of_many_corrections_at_once_one_holds(dialect: Dialect) {
    let (backend, desk, old) = rejected(dialect).await;
    let tasks: Vec<_> = (0..6)
        .map(|_| {
            let (desk, correction) = (desk.clone(), passing(&desk, &old));
            tokio::spawn(async move { desk.decide(&correction).await })
        })
        .collect();
    let mut applied = 0;
    for task in tasks {
        match task.await.unwrap() {
            Ok(_) => applied += 1,
            Err(error) => assert_eq!(error, refused(409, ErrorCode::AlreadyCorrected)),
        }
    }
    assert_eq!(applied, 1);
    // the first message was still waiting: the student hears the correction alone
    backend.running.deliver_due(backend.clock.now()).await.unwrap();
    let states: Vec<_> = desk.messages(old.submission).await.unwrap().messages;
    let states: Vec<_> = states
        .iter()
        .map(|message| (message.card.corrects, message.state))
        .collect();
    assert_eq!(
        states.iter().filter(|(_, state)| *state == MessageState::Sent).count(),
        if states[0].1 == MessageState::Sent { 2 } else { 1 },
        "{states:?}"
    );
    assert_eq!(states[1], (true, MessageState::Sent));
}
