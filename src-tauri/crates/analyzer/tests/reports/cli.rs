//! The program `analyzer`: exit codes, its lines of JSON, and the promise about memory.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use image::{Rgb, RgbImage};
use portraits::{Sitter, render};
use serde_json::Value;
use tempfile::TempDir;

use super::bytes::{Blocks, blown_up, jpeg, png_claiming};
use super::models_folder;

fn analyzer(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_analyzer"));
    command
        .current_dir(folder)
        .env("PHOTO_DESK_MODELS", models_folder().canonicalize().unwrap());
    command.arg("check").args(arguments).output().unwrap()
}

fn lines(output: &Output) -> Vec<Value> {
    String::from_utf8_lossy(&output.stdout)
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// A folder with a conforming photo, one without a face, and a broken one.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let sitter = Sitter::conforming(4300);
    fs::write(folder.path().join("good.jpg"), render(&sitter).jpeg(&sitter.encoding)).unwrap();
    fs::write(
        folder.path().join("wall.jpg"),
        jpeg(&RgbImage::from_pixel(480, 640, Rgb([90; 3])), 90, None),
    )
    .unwrap();
    fs::write(folder.path().join("empty.jpg"), b"").unwrap();
    folder
}

#[test]
fn exit_codes_tell_good_bad_and_unreadable_apart() {
    let folder = folder();
    for (files, code) in [
        (&["good.jpg"][..], 0),
        (&["good.jpg", "wall.jpg"], 1),
        (&["empty.jpg", "good.jpg"], 2),
        (&["absent.jpg"], 2),
        (&["--profile", "absent.toml", "good.jpg"], 2),
        (&["--profile", "us-visa", "wall.jpg"], 1),
        (&["--profile", "no-such", "good.jpg"], 2),
        (&["--models", ".", "good.jpg"], 2),
    ] {
        let output = analyzer(folder.path(), files);
        assert_eq!(
            output.status.code(),
            Some(code),
            "{files:?}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
    let output = analyzer(folder.path(), &["--profile", "no-such", "good.jpg"]);
    assert!(
        String::from_utf8_lossy(&output.stderr).contains("schengen"),
        "the codes are named"
    );
    let output = analyzer(folder.path(), &["--models", ".", "good.jpg"]);
    assert!(String::from_utf8_lossy(&output.stderr).contains("make models"));
}

#[test]
fn json_has_one_line_a_file_and_goes_on_after_a_bad_one() {
    let folder = folder();
    let seen = lines(&analyzer(folder.path(), &["--json", "empty.jpg", "good.jpg"]));
    assert_eq!(
        (seen[0]["file"].as_str(), seen[0]["error"]["code"].as_str()),
        (Some("empty.jpg"), Some("empty"))
    );
    let good = &seen[1];
    assert_eq!(
        (good["profile"].as_str(), good["verdict"].as_str()),
        (Some("chsi-2017"), Some("pass"))
    );
    assert!(good["checks"].as_array().is_some_and(|checks| checks.len() >= 19));
    for key in [
        "left_eye_px",
        "right_eye_px",
        "crown_px",
        "chin_px",
        "face_left_px",
        "face_right_px",
    ] {
        assert!(good["geometry"][key]["x_px"].is_number(), "{key}");
    }
    for key in ["yaw_deg", "pitch_deg", "roll_deg"] {
        assert!(good["geometry"][key].is_number(), "{key}");
    }
    assert!(good["elapsed_ms"].as_f64().is_some_and(|ms| ms > 0.0));
}

#[test]
fn a_profile_file_replaces_the_carried_one() {
    let folder = folder();
    let text = analyzer::profiles::CHSI_2017
        .replace("chsi-2017", "stricter")
        .replace("quality_min = 60", "quality_min = 99");
    fs::write(folder.path().join("stricter.toml"), text).unwrap();
    let output = analyzer(folder.path(), &["--json", "--profile", "stricter.toml", "good.jpg"]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(lines(&output)[0]["profile"], "stricter");
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let folder = folder();
    let with = |threads: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_analyzer"));
        command.current_dir(folder.path()).env("RTEN_NUM_THREADS", threads);
        command
            .args(["check", "--json", "--models"])
            .arg(models_folder().canonicalize().unwrap())
            .arg("good.jpg");
        let mut seen = lines(&command.output().unwrap()).remove(0);
        seen["elapsed_ms"] = Value::Null;
        seen
    };
    let one = with("1");
    assert_eq!(with("2"), one);
    assert_eq!(with("4"), one);
}

/// 256 MiB a photo, measured as address space over what the program takes for itself with the graphs loaded.
#[cfg(target_os = "linux")]
#[test]
fn a_photo_takes_no_more_memory_than_promised() {
    const PROMISE_KIB: u64 = 256 * 1024;
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let grey = |_: u32, _: u32| vec![128; 3];
    let flat = |width, height, progressive| {
        Blocks {
            width,
            height,
            claims: None,
            progressive,
            at: &grey,
        }
        .bytes()
    };
    let claims = Blocks {
        width: 2,
        height: 2,
        claims: Some([30_000, 30_000]),
        progressive: false,
        at: &grey,
    };
    fs::write(at("bomb.png"), png_claiming(30_000, 30_000)).unwrap();
    fs::write(at("bomb.jpg"), claims.bytes()).unwrap();
    fs::write(at("small.jpg"), jpeg(&RgbImage::new(8, 8), 90, None)).unwrap();
    // 48 megapixels of a camera, and 36 progressive ones, the most that a decoder can keep.
    fs::write(at("camera.jpg"), flat(1000, 750, false)).unwrap();
    fs::write(at("kept.jpg"), blown_up(&RgbImage::new(750, 500), true)).unwrap();

    let under = |limit_kib: u64, name: &str| {
        let script = format!("ulimit -v {limit_kib}; exec \"$0\" check --json \"$1\"");
        let mut command = Command::new("sh");
        command
            .args(["-c", &script, env!("CARGO_BIN_EXE_analyzer")])
            .arg(at(name));
        command
            .env("PHOTO_DESK_MODELS", models_folder().canonicalize().unwrap())
            .env("RTEN_NUM_THREADS", "2")
            // The allocator sets 64 MiB of addresses aside for each thread; that is no memory.
            .env("MALLOC_ARENA_MAX", "1");
        command.output().unwrap()
    };
    let fits = |limit_kib: u64| under(limit_kib, "small.jpg").status.code() == Some(1);
    // The smallest address space, in steps of 16 MiB, in which a picture of 8 × 8 is judged.
    let own_kib = (1..64).map(|step| step * 16 * 1024).find(|limit| fits(*limit)).unwrap();
    for (name, code) in [("camera.jpg", 1), ("kept.jpg", 1), ("bomb.png", 2), ("bomb.jpg", 2)] {
        let output = under(own_kib + PROMISE_KIB, name);
        let said = String::from_utf8_lossy(&output.stdout);
        assert_eq!(
            output.status.code(),
            Some(code),
            "{name}: {said} {}",
            String::from_utf8_lossy(&output.stderr)
        );
        if code == 2 {
            assert!(said.contains("too_large"), "{name}: {said}");
        }
    }
}
