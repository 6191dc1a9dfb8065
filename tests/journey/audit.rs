//! From the desk's chain to a file, and from the file to a supervisor's eyes, with no backend in reach.

use chrono::NaiveDate;
use desk::export::{self, Span};
use desk::view::{Connection, Seal};
use desk::{ErrorCode, Key};
use domain::{Role, Verdict};
use std::path::PathBuf;
use store::Store;
use tests::backend::TestBackend;
use tests::desk::{TestDesk, code, reasons};
use tests::line::{Line, Weather};
use tests::runtime::run;

fn today() -> NaiveDate {
    "2026-11-24".parse().unwrap()
}

struct Bench {
    _backend: TestBackend,
    _line: Line,
    reviewed: TestDesk,
    auditing: TestDesk,
    file: PathBuf,
}

/// A reviewer passed one photo, rejected one, and took one back; the file of the day lies at a supervisor's desk, which
/// has no backend in reach.
async fn a_day_in_a_file() -> Bench {
    let backend = TestBackend::start().await;
    backend.account("li", Role::Reviewer).await;
    backend.account("wang", Role::Supervisor).await;
    let line = Line::to(backend.running.address);
    let auditing = TestDesk::open(&line.url(), &backend.clock).await;
    auditing.sign_in("wang").await;
    auditing.desk.sign_out().await.unwrap();
    line.set(Weather::Cut);

    backend.queue("B1", &["鲍奕辰", "刘碧", "欧阳娜娜"]).await;
    let reviewed = TestDesk::at(&backend).await;
    reviewed.sign_in("li").await;
    reviewed.sync().await;
    let ids = reviewed.in_hand().await;
    reviewed.desk.pass_photo(ids[0], None).await.unwrap();
    reviewed
        .desk
        .reject_photo(ids[1], &reasons(&["eyes_closed", "not_sharp"]), "请重拍", None)
        .await
        .unwrap();
    let mistaken = reviewed.desk.pass_photo(ids[2], None).await.unwrap();
    reviewed.desk.undo_decision(mistaken.decision).await.unwrap();
    reviewed.sync_after_hold().await;

    let file = auditing.path("day.audit");
    reviewed.desk.export_audit(today(), today(), &file).await.unwrap();
    assert_eq!(auditing.sign_in("wang").await.connection, Connection::Offline);
    Bench {
        _backend: backend,
        _line: line,
        reviewed,
        auditing,
        file,
    }
}

#[test]
fn a_supervisor_steps_through_the_day_and_marks_it_without_a_backend() {
    run(async {
        let Bench {
            _backend,
            _line,
            reviewed,
            auditing,
            file,
        } = a_day_in_a_file().await;
        let bundle = auditing.desk.open_audit(&file).await.unwrap();
        let export = reviewed
            .desk
            .export_audit(today(), today(), &reviewed.path("again.audit"))
            .await
            .unwrap();
        assert_eq!(
            bundle.seal,
            Seal::Intact {
                entries: 4,
                head: export.head
            }
        );
        assert_eq!(export.decisions, 3);
        let shown: Vec<_> = bundle
            .decisions
            .iter()
            .map(|made| (made.masked_name.as_str(), made.verdict, made.undone))
            .collect();
        assert_eq!(
            shown,
            [
                ("鲍*辰", Verdict::Pass, false),
                ("刘*", Verdict::Reject, false),
                ("欧**娜", Verdict::Pass, true)
            ]
        );
        let rejected = &bundle.decisions[1];
        assert_eq!(
            (rejected.reviewer_name.as_str(), rejected.note.as_str()),
            ("审核员 li", "请重拍")
        );
        assert!(
            bundle
                .reasons
                .iter()
                .any(|reason| reason.code == rejected.reasons[0] && !reason.zh.is_empty())
        );

        // the same screen: photo, report, what was suggested
        let photo = auditing.desk.audit_photo(rejected.decision).await.unwrap();
        assert_eq!(
            photo.report,
            reviewed.desk.photo(rejected.submission).await.unwrap().report
        );
        assert_eq!(photo.suggested, reasons(&["image_size"]));
        let bytes = auditing.desk.audit_photo_bytes(rejected.decision).await.unwrap();
        assert_eq!(bytes, *reviewed.desk.photo_bytes(rejected.submission).await.unwrap());

        auditing.desk.mark_decision(rejected.decision, true, "").await.unwrap();
        let mark = auditing
            .desk
            .mark_decision(rejected.decision, false, " 眼睛是睁开的 ")
            .await
            .unwrap();
        assert_eq!((mark.right, mark.note.as_str()), (false, "眼睛是睁开的"));
        let long = auditing
            .desk
            .mark_decision(rejected.decision, false, &"字".repeat(201))
            .await;
        assert_eq!(code(long), ErrorCode::LongNote);
        assert_eq!(
            code(auditing.desk.mark_decision(Default::default(), true, "").await),
            ErrorCode::UnknownDecision
        );

        // the mark is there again after a restart, and in the chain of the supervisor's own desk
        let auditing = auditing.crash().await;
        auditing.sign_in("wang").await;
        let again = auditing.desk.open_audit(&file).await.unwrap();
        assert_eq!(again.decisions[1].mark.as_ref(), Some(&mark));
        assert_eq!(again.decisions[0].mark, None);
        let own = auditing.path("own.audit");
        assert_eq!(
            auditing
                .desk
                .export_audit(today(), today(), &own)
                .await
                .unwrap()
                .decisions,
            0
        );
        let Seal::Intact { entries, .. } = auditing.desk.open_audit(&own).await.unwrap().seal else {
            panic!("broken")
        };
        assert_eq!(entries, 2);
    });
}

#[test]
fn a_file_holds_nothing_of_a_person_but_the_photo_and_the_masked_name() {
    run(async {
        let bench = a_day_in_a_file().await;
        let Bench { file, .. } = &bench;
        let bytes = std::fs::read(file).unwrap();
        for secret in ["鲍奕辰", "刘碧", "欧阳娜娜", "9901012003"] {
            assert!(
                !bytes.windows(secret.len()).any(|window| window == secret.as_bytes()),
                "{secret}"
            );
        }
        assert!(!file.with_file_name("day.audit.part").exists());
    });
}

#[test]
fn an_altered_file_is_opened_up_to_the_break_and_says_where_it_is() {
    run(async {
        let bench = a_day_in_a_file().await;
        let Bench { auditing, file, .. } = &bench;
        let whole = auditing.desk.open_audit(file).await.unwrap();
        let mut bytes = std::fs::read(file).unwrap();
        let note = "请重拍".as_bytes();
        let place = bytes.windows(note.len()).position(|window| window == note).unwrap();
        bytes[place..place + note.len()].copy_from_slice("请休息".as_bytes());
        std::fs::write(file, &bytes).unwrap();
        // what was opened before is looked at again before it is shown; this photo is still its own
        auditing
            .desk
            .audit_photo_bytes(whole.decisions[0].decision)
            .await
            .unwrap();
        let broken = auditing.desk.open_audit(file).await.unwrap();
        assert_eq!(
            broken.seal,
            Seal::Broken {
                entry: Some(2),
                problem: "entry_hash".into()
            }
        );
        assert_eq!(broken.decisions.len(), 1);
        assert_eq!(
            code(auditing.desk.audit_photo(whole.decisions[1].decision).await),
            ErrorCode::UnknownDecision
        );

        std::fs::write(
            file,
            "not an audit file, though of more than a thousand letters".repeat(40),
        )
        .unwrap();
        assert_eq!(code(auditing.desk.open_audit(file).await), ErrorCode::NotAnAuditFile);
        let nowhere = auditing.path("no-such-file");
        assert_eq!(
            code(auditing.desk.open_audit(&nowhere).await),
            ErrorCode::UnreadableFile
        );
    });
}

#[test]
fn a_file_that_somebody_ends_half_way_leaves_nothing_behind() {
    run(async {
        let Bench { reviewed, .. } = a_day_in_a_file().await;
        let data = reviewed.path("desk.db");
        let key = Key::open(&reviewed.path("desk.key")).unwrap();
        let store = Store::open(&data, &key).await.unwrap();
        let span = Span {
            from: today(),
            to: today(),
            exported_at: reviewed.clock.now(),
        };
        let half = reviewed.path("half.audit");
        let ended = export::write(&store, span, &half, |done, _| done < 2).await;
        assert_eq!(code(ended), ErrorCode::Cancelled);
        let left = std::fs::read_dir(half.parent().unwrap()).unwrap();
        let left = left.filter(|file| file.as_ref().unwrap().file_name().to_string_lossy().contains("half"));
        assert_eq!(left.count(), 0);

        // let alone, it tells of each entry up to the last
        let (tell, told) = std::sync::mpsc::channel();
        let progress = move |done, all| tell.send((done, all)).is_ok();
        export::write(&store, span, &half, progress).await.unwrap();
        assert_eq!(told.iter().collect::<Vec<_>>(), [(1, 4), (2, 4), (3, 4), (4, 4)]);
        // nothing is under way any more: there is nothing to end
        assert_eq!(reviewed.desk.progress(), None);
        reviewed.desk.cancel();
    });
}

#[test]
fn a_reviewer_exports_own_work_only_and_opens_nothing() {
    run(async {
        let bench = a_day_in_a_file().await;
        let Bench { reviewed, file, .. } = &bench;
        assert_eq!(code(reviewed.desk.open_audit(file).await), ErrorCode::NotAllowed);
        let yesterday = today().pred_opt().unwrap();
        let backwards = reviewed
            .desk
            .export_audit(today(), yesterday, &reviewed.path("x"))
            .await;
        assert_eq!(code(backwards), ErrorCode::BadSpan);
        let empty = reviewed
            .desk
            .export_audit(yesterday, yesterday, &reviewed.path("x"))
            .await
            .unwrap();
        assert_eq!(empty.decisions, 0);
        let nowhere = reviewed.path("no-such-folder").join("x");
        assert_eq!(
            code(reviewed.desk.export_audit(today(), today(), &nowhere).await),
            ErrorCode::UnwritableFile
        );

        // once somebody else has decided here, the day is no longer one person's own
        reviewed.sign_in("wang").await;
        reviewed.sync().await;
        let id = reviewed.in_hand().await[0];
        reviewed.desk.pass_photo(id, None).await.unwrap();
        reviewed
            .desk
            .export_audit(today(), today(), &reviewed.path("x"))
            .await
            .unwrap();
        reviewed.sign_in("li").await;
        assert_eq!(
            code(reviewed.desk.export_audit(today(), today(), &reviewed.path("x")).await),
            ErrorCode::NotAllowed
        );
    });
}
