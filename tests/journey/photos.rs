//! Photos that can't be read, can't be got or can't be borne never stop the queue.

use desk::ErrorCode;
use domain::Role;
use std::fs;
use tests::backend::TestBackend;
use tests::desk::{PlainJudge, TestDesk, code, reasons, told};
use tests::photo::jpeg;
use tests::runtime::run;

#[test]
fn bad_photos_are_shown_with_their_code_and_can_be_rejected_but_not_passed() {
    run(async {
        let backend = TestBackend::start().await;
        backend.account("li", Role::Reviewer).await;
        let upload = backend.folder().join("upload");
        fs::create_dir(&upload).unwrap();
        let whole = jpeg(1);
        fs::write(upload.join("1.jpg"), &whole[..40]).unwrap();
        fs::write(upload.join("2.jpg"), [&[0xff, 0xd8, 0xff], PlainJudge::POISON].concat()).unwrap();
        fs::write(upload.join("3.jpg"), &whole).unwrap();
        backend.import("B1", &upload).await.unwrap();

        let desk = TestDesk::at(&backend).await;
        desk.sign_in("li").await;
        desk.sync().await;
        let queue = desk.queue().await;
        assert!(queue.photos.len() == 3 && queue.photos.iter().all(|photo| photo.ready));
        let mut unreadable = Vec::new();
        for id in desk.in_hand().await {
            let photo = desk.desk.photo(id).await.unwrap();
            assert!(!desk.desk.photo_bytes(id).await.unwrap().is_empty());
            if let Some(problem) = photo.unreadable {
                assert_eq!(code(desk.desk.pass_photo(id, None).await), ErrorCode::UnreadablePhoto);
                desk.desk
                    .reject_photo(id, &reasons(&["not_jpeg"]), "", None)
                    .await
                    .unwrap();
                unreadable.push((problem, id));
            } else {
                desk.desk.pass_photo(id, None).await.unwrap();
            }
        }
        unreadable.sort();
        let problems: Vec<&str> = unreadable.iter().map(|(problem, _)| problem.as_str()).collect();
        assert_eq!(problems, ["analysis_failed", "truncated"]);
        desk.sync_after_hold().await;
        assert!(desk.queue().await.refused.is_empty());
        for (_, id) in unreadable {
            assert_eq!(told(&backend, "li", id).await.len(), 1);
        }
    });
}

#[test]
fn a_photo_that_the_backend_lost_waits_while_the_others_are_judged() {
    run(async {
        let backend = TestBackend::start().await;
        backend.account("li", Role::Reviewer).await;
        backend.queue("B1", &["鲍奕辰", "刘碧", "欧阳娜娜"]).await;
        // one photo is altered on the backend's disk
        let mut files = Vec::new();
        let mut folders = vec![backend.photos()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path)
                } else {
                    files.push(path)
                }
            }
        }
        assert_eq!(files.len(), 3);
        let mut altered = fs::read(&files[0]).unwrap();
        let middle = altered.len() / 2;
        altered[middle] ^= 1;
        fs::write(&files[0], &altered).unwrap();

        let desk = TestDesk::at(&backend).await;
        desk.sign_in("li").await;
        desk.sync().await;
        let queue = desk.queue().await;
        assert_eq!(queue.photos.iter().filter(|photo| photo.ready).count(), 2);
        let waiting = queue.photos.iter().find(|photo| !photo.ready).unwrap().submission;
        for answer in [
            code(desk.desk.photo(waiting).await),
            code(desk.desk.pass_photo(waiting, None).await),
        ] {
            assert_eq!(answer, ErrorCode::NotReady);
        }

        // and is shown as soon as it is mended
        altered[middle] ^= 1;
        fs::write(&files[0], &altered).unwrap();
        desk.sync_after_hold().await;
        assert!(desk.queue().await.photos.iter().all(|photo| photo.ready));
        desk.desk.pass_photo(waiting, None).await.unwrap();
    });
}
