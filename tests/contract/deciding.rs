//! A decision: applied once, under a live lease, or an explicit conflict.

use crate::call::{Desk, refused};
use chrono::TimeDelta;
use domain::{Decision, DecisionId, ReasonCode, Role, Verdict};
use protocol::{ErrorCode, LeasedSubmission, MessageState};
use sqlx::{AnyConnection, Connection, Executor};
use std::fs;
use tests::backend::{Dialect, TestBackend};

/// Makes a good decision bad.
type Spoil = fn(&mut Decision);

async fn leased(dialect: Dialect) -> (TestBackend, Desk, LeasedSubmission) {
    let backend = TestBackend::with(dialect, |_| {}).await;
    backend.queue("B1", &["鲍奕辰", "刘碧"]).await;
    let desk = Desk::of(&backend, "li", Role::Reviewer).await;
    let leased = desk.take_one().await;
    (backend, desk, leased)
}

pub async fn a_decision_is_applied_once(dialect: Dialect) {
    let (backend, desk, leased) = leased(dialect).await;
    let mut decision = desk
        .decision(&leased, &["eyes_closed", "not_sharp"], backend.clock.now())
        .await;
    decision.note = "左眼闭合".into();
    let receipt = desk.decide(&decision).await.unwrap();
    assert_eq!((receipt.decision, receipt.applied_now), (decision.id, true));
    assert_eq!(receipt.received_at, backend.clock.now());

    // sent again an hour later, when the lease would be over: the same receipt, nothing new
    backend.clock.advance(TimeDelta::hours(1));
    let again = desk.decide(&decision).await.unwrap();
    assert_eq!((again.applied_now, again.received_at), (false, receipt.received_at));
    let messages = desk.messages(leased.submission.id).await.unwrap().messages;
    assert_eq!(messages.len(), 1);
    let (message, card) = (&messages[0], &messages[0].card);
    assert_eq!(
        (message.decision, message.submission, message.state),
        (decision.id, decision.submission, MessageState::Queued)
    );
    assert_eq!(message.sent_at, None);
    assert_eq!((card.name.as_str(), card.status.as_str()), ("鲍奕辰", "审核不通过"));
    assert_eq!(
        (card.time.as_str(), card.remark.as_str()),
        ("2026-11-24 10:00:00", "闭眼或未平视、照片不清晰或对焦不准")
    );
    assert_eq!((card.reasons.len(), card.note.as_str()), (2, "左眼闭合"));
    let queue = desk.queue().await.unwrap();
    assert_eq!((queue.waiting, queue.leased_by_me, queue.batches[0].pending), (1, 0, 1));
}

pub async fn the_same_decision_from_everywhere_at_once_is_one(dialect: Dialect) {
    let (backend, desk, leased) = leased(dialect).await;
    let decision = desk.decision(&leased, &[], backend.clock.now()).await;
    let rival = Decision {
        id: DecisionId::new(),
        ..decision.clone()
    };
    let tasks: Vec<_> = (0..8)
        .map(|at| {
            let (desk, decision) = (desk.clone(), if at % 2 == 0 { decision.clone() } else { rival.clone() });
            tokio::spawn(async move { desk.decide(&decision).await })
        })
        .collect();
    let mut applied = Vec::new();
    for task in tasks {
        match task.await.unwrap() {
            Ok(receipt) if receipt.applied_now => applied.push(receipt.decision),
            Ok(_) => {}
            Err(error) => assert_eq!(error, refused(409, ErrorCode::AlreadyDecided)),
        }
    }
    assert_eq!(applied.len(), 1);
    let messages = desk.messages(leased.submission.id).await.unwrap().messages;
    assert_eq!(
        messages.iter().map(|message| message.decision).collect::<Vec<_>>(),
        applied
    );
}

pub async fn an_id_means_one_decision(dialect: Dialect) {
    let (backend, desk, leased) = leased(dialect).await;
    let decision = desk.decision(&leased, &[], backend.clock.now()).await;
    desk.decide(&decision).await.unwrap();
    let reused = refused(409, ErrorCode::IdReused);
    let noted = Decision {
        note: "改".into(),
        ..decision.clone()
    };
    assert_eq!(desk.decide(&noted).await.unwrap_err(), reused);
    let next = desk.take_one().await;
    let elsewhere = Decision {
        id: decision.id,
        ..desk.decision(&next, &[], backend.clock.now()).await
    };
    assert_eq!(desk.decide(&elsewhere).await.unwrap_err(), reused);
    assert!(desk.messages(next.submission.id).await.unwrap().messages.is_empty());
}

pub async fn only_the_holder_of_a_live_lease_decides(dialect: Dialect) {
    let (backend, desk, leased) = leased(dialect).await;
    let other = Desk::of(&backend, "wang", Role::Supervisor).await;
    let decision = desk.decision(&leased, &[], backend.clock.now()).await;
    let ended = refused(409, ErrorCode::LeaseEnded);
    assert_eq!(
        other.decide(&decision).await.unwrap_err(),
        refused(403, ErrorCode::NotAllowed),
        "made by another"
    );
    let stolen = Decision {
        reviewer: other.account.id,
        id: DecisionId::new(),
        ..decision.clone()
    };
    assert_eq!(other.decide(&stolen).await.unwrap_err(), ended);
    let unknown = Decision {
        submission: domain::SubmissionId::new(),
        ..decision.clone()
    };
    assert_eq!(
        desk.decide(&unknown).await.unwrap_err(),
        refused(404, ErrorCode::NotFound)
    );

    // made in time, delivered too late
    backend.clock.advance(TimeDelta::minutes(15));
    assert_eq!(desk.decide(&decision).await.unwrap_err(), ended);
    let taken_over = other.take_one().await;
    assert_eq!(taken_over.submission, leased.submission);
    assert_eq!(desk.decide(&decision).await.unwrap_err(), ended);
    let others = other.decision(&taken_over, &["not_sharp"], backend.clock.now()).await;
    assert!(other.decide(&others).await.unwrap().applied_now);
    assert_eq!(
        desk.decide(&decision).await.unwrap_err(),
        refused(409, ErrorCode::AlreadyDecided)
    );
    assert_eq!(other.messages(leased.submission.id).await.unwrap().messages.len(), 1);
}

/// A refused decision once kept its submission locked for a moment, and who took leases in that moment was not given it.
pub async fn a_refused_decision_lets_go_at_once(dialect: Dialect) {
    let (backend, desk, leased) = leased(dialect).await;
    let other = Desk::of(&backend, "wang", Role::Reviewer).await;
    let decision = desk.decision(&leased, &[], backend.clock.now()).await;
    desk.release(&[leased.lease.id]).await;
    for _ in 0..40 {
        assert_eq!(
            desk.decide(&decision).await.unwrap_err(),
            refused(409, ErrorCode::LeaseEnded)
        );
        let taken = other.take_one().await;
        assert_eq!(taken.submission, leased.submission);
        other.release(&[taken.lease.id]).await;
    }
}

pub async fn what_does_not_belong_together_is_refused(dialect: Dialect) {
    let (backend, desk, leased) = leased(dialect).await;
    let good = desk.decision(&leased, &["not_sharp"], backend.clock.now()).await;
    let spoils: [(&str, Spoil); 8] = [
        ("a rejection without reasons", |decision| decision.reasons.clear()),
        ("a pass with reasons", |decision| decision.verdict = Verdict::Pass),
        ("an unknown reason", |decision| {
            decision.reasons.push(ReasonCode("too_handsome".into()))
        }),
        ("a reason twice", |decision| {
            decision.reasons.push(decision.reasons[0].clone())
        }),
        ("a long note", |decision| decision.note = "字".repeat(201)),
        ("another photo", |decision| decision.photo_sha256 = "0".repeat(64)),
        ("another batch", |decision| decision.batch.0.push('x')),
        ("a catalogue never served", |decision| {
            decision.pinned.reasons_version = "1999".into()
        }),
    ];
    for (what, spoil) in spoils {
        let mut decision = Decision {
            id: DecisionId::new(),
            ..good.clone()
        };
        spoil(&mut decision);
        assert_eq!(
            desk.decide(&decision).await.unwrap_err(),
            refused(422, ErrorCode::InvalidDecision),
            "{what}"
        );
    }
    assert!(desk.messages(leased.submission.id).await.unwrap().messages.is_empty());
    assert_eq!(
        desk.held().await.unwrap(),
        [leased],
        "a refused decision leaves the lease as it was"
    );
    assert!(desk.decide(&good).await.unwrap().applied_now);
}

pub async fn a_decision_keeps_to_the_catalogue_it_was_made_under(dialect: Dialect) {
    let (backend, desk, leased) = leased(dialect).await;
    let decision = desk.decision(&leased, &["uniform"], backend.clock.now()).await;
    // meanwhile the deployment drops that reason
    let mut catalogue = desk.rules().await.unwrap().reasons;
    catalogue.reasons.retain(|reason| reason.code.0 != "uniform");
    catalogue.version = "2026-12".into();
    let file = backend.folder().join("reasons.json");
    fs::write(&file, serde_json::to_vec(&catalogue).unwrap()).unwrap();
    let backend = backend.restart(|config| config.reasons = Some(file)).await;
    let desk = Desk::again(&backend, "li").await;
    assert_eq!(desk.rules().await.unwrap().reasons, catalogue);
    let renewed = Decision {
        id: DecisionId::new(),
        ..desk.decision(&leased, &["uniform"], backend.clock.now()).await
    };
    assert_eq!(
        desk.decide(&renewed).await.unwrap_err(),
        refused(422, ErrorCode::InvalidDecision)
    );
    assert!(desk.decide(&decision).await.unwrap().applied_now);
    let messages = desk.messages(leased.submission.id).await.unwrap().messages;
    assert_eq!(messages[0].card.remark, "穿着制服");
}

pub async fn a_decision_is_never_edited(dialect: Dialect) {
    let (backend, desk, leased) = leased(dialect).await;
    let decision = desk.decision(&leased, &[], backend.clock.now()).await;
    desk.decide(&decision).await.unwrap();
    let mut connection = AnyConnection::connect(&backend.database()).await.unwrap();
    for statement in ["update decisions set verdict = 'reject'", "delete from decisions"] {
        let error = connection.execute(statement).await.unwrap_err().to_string();
        assert!(error.contains("append-only"), "{error}");
    }
}
