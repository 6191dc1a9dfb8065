//! The program itself: its commands, the lines it prints, how it ends.

// all of this file is test
#![allow(clippy::unwrap_used)]

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

fn program() -> Command {
    let mut program = Command::new(env!("CARGO_BIN_EXE_collection-backend"));
    program.env("RUST_LOG", "info").stdin(Stdio::null());
    program
}

fn said(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// A path that would trip over careless building of addresses.
fn home() -> (TempDir, String, String) {
    let dir = TempDir::new().unwrap();
    let home = dir.path().join("数据 100%?#");
    let place = |name: &str| home.join(name).display().to_string();
    let (database, photos) = (format!("sqlite:{}", place("collection.db")), place("photos"));
    (dir, database, photos)
}

fn add_account(database: &str, name: &str, input: &str) -> Output {
    let mut child = program()
        .args([
            "account",
            "add",
            name,
            "--role",
            "supervisor",
            "--display-name",
            "审核主管 02",
            "--database",
            database,
        ])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

#[test]
fn photos_and_accounts_are_added_from_the_command_line() {
    let (dir, database, photos) = home();
    fs::write(dir.path().join("鲍奕辰.jpg"), b"\xff\xd8\xff and so on").unwrap();
    fs::write(dir.path().join("notes.txt"), "no photo").unwrap();
    let import = || {
        let place = ["import", "--batch", "B1", "--database", &database, "--photos", &photos];
        program().args(place).arg(dir.path()).output().unwrap()
    };
    let first = said(&import());
    assert_eq!(
        first,
        "notes.txt: skipped, neither JPEG nor PNG\n1 queued, 0 were here already, 1 skipped\n"
    );
    assert!(said(&import()).ends_with("0 queued, 1 were here already, 1 skipped\n"));

    assert_eq!(
        said(&add_account(&database, "zhao", "long enough\n")),
        "added zhao as supervisor\n"
    );
    let again = add_account(&database, "zhao", "long enough\n");
    assert!(!again.status.success());
    assert!(String::from_utf8_lossy(&again.stderr).contains("that user name is taken"));
    assert!(!add_account(&database, "qian", "short\n").status.success());
    let list = program()
        .args(["account", "list", "--database", &database])
        .output()
        .unwrap();
    assert_eq!(said(&list), "zhao\tsupervisor\t审核主管 02\n");
}

#[test]
fn known_photos_are_kept_with_what_they_are_known_by() {
    let (dir, database, photos) = home();
    fs::write(dir.path().join("a.jpg"), b"\xff\xd8\xff and so on").unwrap();
    fs::write(dir.path().join("b.jpg"), b"\xff\xd8\xff and no face").unwrap();
    let prints = dir.path().join("known.jsonl");
    let eye = r#"{"x_px":200.5,"y_px":300.0}"#;
    let (version, bits) = (analyzer::same_shot::VERSION, "0".repeat(64));
    let line = format!(
        r#"{{"file":"in/a.jpg","shot":{{"version":{version},"bits":"{bits}"}},"geometry":{{"left_eye_px":{eye},"right_eye_px":{eye}}}}}"#
    );
    fs::write(&prints, line).unwrap();
    let import = || {
        let place = [
            "import-known",
            "--batch",
            "E1",
            "--database",
            &database,
            "--photos",
            &photos,
        ];
        let known = program()
            .args(place)
            .arg("--prints")
            .arg(&prints)
            .arg(dir.path())
            .output();
        known.unwrap()
    };
    assert_eq!(
        said(&import()),
        "b.jpg: skipped, the list holds no fingerprint of it\nknown.jsonl: skipped, neither JPEG nor PNG\n\
         1 known, 0 were here already, 2 skipped\n"
    );
    assert!(said(&import()).ends_with("0 known, 1 were here already, 2 skipped\n"));
    fs::write(&prints, "so far so good").unwrap();
    let refused = import();
    assert!(!refused.status.success());
    assert!(String::from_utf8_lossy(&refused.stderr).contains("line 1 is none that `analyzer check --json` prints"));
}

#[test]
fn serving_says_where_and_ends_when_it_is_told_to() {
    let (_dir, database, photos) = home();
    let mut child = program()
        .args(["serve", "--inbox", "--database", &database, "--photos", &photos])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut line = || lines.next().unwrap().unwrap();
    let listening = line();
    let address = listening.strip_prefix("listening on http://").unwrap();
    let inbox = line().strip_prefix("inbox ").unwrap().to_owned();
    let key = inbox.strip_prefix(&format!("http://{address}/inbox/")).unwrap();
    assert_eq!(key.len(), 64);

    let get = |path: &str| {
        let mut connection = TcpStream::connect(address).unwrap();
        write!(
            connection,
            "GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n"
        )
        .unwrap();
        let mut answer = String::new();
        connection.read_to_string(&mut answer).unwrap();
        answer
    };
    assert!(get("/health").starts_with("HTTP/1.1 204"));
    assert!(get(&format!("/inbox/{key}?name=secret")).starts_with("HTTP/1.1 200"));

    let ended = Command::new("kill")
        .args(["-TERM", &child.id().to_string()])
        .status()
        .unwrap();
    assert!(ended.success());
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success());
    let log = String::from_utf8_lossy(&output.stderr);
    assert!(log.contains("/inbox/{key}"), "{log}");
    assert!(
        !log.contains(key) && !log.contains("secret"),
        "neither the key nor a query is logged: {log}"
    );
}

#[test]
fn what_it_cannot_work_with_is_said_and_ends_it() {
    let (dir, database, photos) = home();
    let reasons = dir.path().join("reasons.json");
    fs::write(&reasons, "[]").unwrap();
    let fails = |more: &[&str], database: &str, words: &str| {
        let place = ["serve", "--database", database, "--photos", &photos];
        let output = program().args(place).args(more).output().unwrap();
        assert!(!output.status.success());
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(said.contains(words), "{said}");
    };
    fails(&[], "mysql://localhost/x", "must begin with sqlite: or postgres:");
    fails(
        &["--reasons", &reasons.display().to_string()],
        &database,
        "reasons.json is not of the right form",
    );
    fails(
        &["--reasons", "/no/such/file"],
        &database,
        "/no/such/file can't be read",
    );
    fails(&["--lease-minutes", "0"], &database, "--lease-minutes");
}
