//! A sent decision turns out to be wrong: it is corrected, told again, and stays to be seen.

use chrono::{NaiveDate, TimeDelta};
use desk::ErrorCode;
use desk::view::Seal;
use domain::{DecisionId, Role, SubmissionId, Verdict};
use protocol::MessageState;
use tests::backend::TestBackend;
use tests::desk::{TestDesk, code, reasons, told};
use tests::line::{Line, Weather};
use tests::runtime::run;

/// `li` has rejected a photo, and the student knows.
async fn sent(line: Option<&Line>, backend: &TestBackend) -> (TestDesk, SubmissionId, DecisionId) {
    backend.account("li", Role::Reviewer).await;
    backend.account("qian", Role::Supervisor).await;
    backend.queue("B1", &["鲍奕辰"]).await;
    let url = line.map_or_else(|| backend.running.url(), Line::url);
    let desk = TestDesk::open(&url, &backend.clock).await;
    desk.sign_in("li").await;
    desk.sync().await;
    let submission = desk.in_hand().await[0];
    let rejected = desk
        .desk
        .reject_photo(submission, &reasons(&["eyes_closed"]), "", None)
        .await
        .unwrap();
    desk.sync_after_hold().await;
    backend.running.deliver_due(backend.clock.now()).await.unwrap();
    (desk, submission, rejected.decision)
}

#[test]
fn a_reviewer_corrects_what_was_sent_and_the_old_decision_stays_to_be_seen() {
    run(async {
        let backend = TestBackend::start().await;
        let (desk, submission, old) = sent(None, &backend).await;
        let queue = desk.queue().await;
        assert_eq!(queue.sent.len(), 1);
        assert_eq!((queue.sent[0].decision, queue.sent[0].correction), (old, false));
        // what nobody has looked at can't be corrected
        let blindly = desk.desk.correct_decision(old, Verdict::Pass, &[], "看错了").await;
        assert_eq!(code(blindly), ErrorCode::UnknownDecision);

        let life = desk.desk.life(submission).await.unwrap();
        assert!(life.attempts[0].decisions[0].correctable);
        let correct = async |reasons: &[_], note: &str| {
            let verdict = if reasons.is_empty() {
                Verdict::Pass
            } else {
                Verdict::Reject
            };
            desk.desk.correct_decision(old, verdict, reasons, note).await
        };
        assert_eq!(code(correct(&[], " ").await), ErrorCode::NoNote);
        assert_eq!(
            code(correct(&reasons(&["too_handsome"]), "x").await),
            ErrorCode::UnknownReason
        );
        backend.clock.advance(TimeDelta::minutes(20));
        let preview = desk
            .desk
            .preview_correction(old, Verdict::Pass, &[], " 看错了，抱歉 ")
            .await
            .unwrap();
        let corrected = correct(&[], " 看错了，抱歉 ").await.unwrap();
        assert_eq!(corrected.message, preview);
        assert_eq!(preview.remark, "更正：审核通过");

        // it is with the backend already
        backend.running.deliver_due(backend.clock.now()).await.unwrap();
        let told = told(&backend, "li", submission).await;
        assert_eq!(
            told.iter().map(|one| (one.decision, one.state)).collect::<Vec<_>>(),
            [(old, MessageState::Sent), (corrected.decision, MessageState::Sent)]
        );
        assert_eq!(told[1].card.note, "看错了，抱歉");
        let queue = desk.queue().await;
        assert!(queue.outbox.is_empty() && queue.refused.is_empty());
        assert_eq!(queue.decided_today, 1, "a correction is no photo more");
        assert_eq!(
            (queue.sent[0].decision, queue.sent[0].correction),
            (corrected.decision, true)
        );
        assert_eq!(queue.sent.len(), 1);
        assert_eq!(
            code(desk.desk.undo_decision(corrected.decision).await),
            ErrorCode::HoldOver
        );

        let life = desk.desk.life(submission).await.unwrap();
        let shown: Vec<_> = life.attempts[0]
            .decisions
            .iter()
            .map(|one| (one.decision, one.corrects, one.correctable))
            .collect();
        assert_eq!(shown, [(old, None, false), (corrected.decision, Some(old), true)]);

        // and so does a supervisor with the file of the day
        let today: NaiveDate = "2026-11-24".parse().unwrap();
        let file = desk.path("day.audit");
        desk.desk.export_audit(today, today, &file).await.unwrap();
        let auditing = TestDesk::at(&backend).await;
        auditing.sign_in("qian").await;
        let bundle = auditing.desk.open_audit(&file).await.unwrap();
        assert!(matches!(bundle.seal, Seal::Intact { entries: 2, .. }));
        let shown: Vec<_> = bundle
            .decisions
            .iter()
            .map(|one| (one.decision, one.corrects, one.corrected_by))
            .collect();
        assert_eq!(
            shown,
            [
                (old, None, Some(corrected.decision)),
                (corrected.decision, Some(old), None)
            ]
        );
    });
}

#[test]
fn a_supervisor_corrects_what_another_desk_sent() {
    run(async {
        let backend = TestBackend::start().await;
        let (desk, submission, old) = sent(None, &backend).await;
        let supervising = TestDesk::at(&backend).await;
        supervising.sign_in("qian").await;
        supervising.sync().await;
        supervising.desk.life(submission).await.unwrap();
        let two = reasons(&["eyes_closed", "not_sharp"]);
        let corrected = supervising
            .desk
            .correct_decision(old, Verdict::Reject, &two, "还不够清晰")
            .await
            .unwrap();
        let told = told(&backend, "li", submission).await;
        assert_eq!((told.len(), told[1].decision), (2, corrected.decision));

        // the file of that desk is whole: the photo was judged there too
        let today: NaiveDate = "2026-11-24".parse().unwrap();
        let file = supervising.path("day.audit");
        let export = supervising.desk.export_audit(today, today, &file).await.unwrap();
        assert_eq!(export.decisions, 1);
        let bundle = supervising.desk.open_audit(&file).await.unwrap();
        assert_eq!(bundle.decisions[0].corrects, Some(old));
        assert_eq!(bundle.decisions[0].masked_name, "鲍*辰");
        let photo = supervising.desk.audit_photo(corrected.decision).await.unwrap();
        assert_eq!(photo.report.unwrap().image.width_px, 48);

        // the reviewer comes second, and hears it at once; nobody is told a third time
        let late = desk.desk.life(submission).await.unwrap();
        assert!(late.attempts[0].decisions.iter().all(|one| !one.correctable));
        assert_eq!(
            code(
                desk.desk
                    .correct_decision(corrected.decision, Verdict::Pass, &[], "x")
                    .await
            ),
            ErrorCode::NotAllowed
        );
    });
}

#[test]
fn a_correction_that_comes_second_is_told_at_once_and_one_without_a_line_goes_out_later() {
    run(async {
        let backend = TestBackend::start().await;
        let line = Line::to(backend.running.address);
        let (desk, submission, old) = sent(Some(&line), &backend).await;
        desk.desk.life(submission).await.unwrap();
        line.set(Weather::Cut);
        let offline = desk.desk.correct_decision(old, Verdict::Pass, &[], "看错了").await;
        // it is on disk and waits like any other decision
        let corrected = offline.unwrap();
        assert_eq!(desk.queue().await.outbox.len(), 1);
        assert_eq!(told(&backend, "li", submission).await.len(), 1);

        // meanwhile a supervisor corrects it too
        let supervising = TestDesk::at(&backend).await;
        supervising.sign_in("qian").await;
        supervising.sync().await;
        supervising.desk.life(submission).await.unwrap();
        let first = supervising
            .desk
            .correct_decision(old, Verdict::Pass, &[], "眼睛是睁开的")
            .await;
        let first = first.unwrap().decision;
        let second = supervising
            .desk
            .correct_decision(old, Verdict::Pass, &[], "眼睛睁开")
            .await;
        assert_eq!(code(second), ErrorCode::AlreadyCorrected);
        assert!(supervising.queue().await.refused.is_empty(), "it was told already");

        line.set(Weather::Fair);
        desk.clock.advance(TimeDelta::minutes(1));
        desk.sync().await;
        desk.sync_after_hold().await;
        let refused = desk.queue().await.refused;
        assert_eq!(
            refused
                .iter()
                .map(|one| (one.decision, one.code.as_str()))
                .collect::<Vec<_>>(),
            [(corrected.decision, "already_corrected")]
        );
        let told = told(&backend, "li", submission).await;
        assert_eq!(told.iter().map(|one| one.decision).collect::<Vec<_>>(), [old, first]);
    });
}
