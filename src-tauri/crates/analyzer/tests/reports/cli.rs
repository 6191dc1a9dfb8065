//! The program `analyzer`: exit codes, its lines of JSON, and the promise about memory.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use image::{Rgb, RgbImage};
use portraits::{Defect, Reuse, Sitter, render, reused};
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
    assert_eq!(good["profile"].as_str(), Some("chsi-2017"));
    // A hint is no failure.
    assert!(["pass", "warn"].map(Some).contains(&good["verdict"].as_str()), "{good}");
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
    let version = analyzer::same_shot::VERSION;
    assert_eq!(
        good["shot"]["version"], version,
        "what the collection backend reads of known photos"
    );
    assert!(good["shot"]["bits"].is_string());
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
fn the_number_of_threads_changes_neither_reports_nor_their_order() {
    let folder = folder();
    let with = |threads: &str| {
        // The last to be asked for is the first to be done.
        let files = ["good.jpg", "wall.jpg", "empty.jpg", "good.jpg", "empty.jpg"];
        let output = analyzer(folder.path(), &[&["--json", "--threads", threads], &files[..]].concat());
        let mut seen = lines(&output);
        seen.iter_mut().for_each(|line| line["elapsed_ms"] = Value::Null);
        let names: Vec<_> = seen
            .iter()
            .map(|line| line["file"].as_str().unwrap().to_owned())
            .collect();
        assert_eq!(names, files);
        seen
    };
    let one = with("1");
    assert_eq!(with("2"), one);
    assert_eq!(with("5"), one);
    assert_eq!(
        analyzer(folder.path(), &["--threads", "0", "good.jpg"]).status.code(),
        Some(2)
    );
}

#[test]
fn a_folder_stands_for_the_photos_below_it() {
    let folder = folder();
    let below = folder.path().join("class/2025");
    fs::create_dir_all(&below).unwrap();
    fs::copy(folder.path().join("wall.jpg"), below.join("b.JPG")).unwrap();
    fs::copy(folder.path().join("wall.jpg"), below.join("a.jpeg")).unwrap();
    fs::write(below.join("list.csv"), "no photo").unwrap();
    let seen = lines(&analyzer(folder.path(), &["--json", "wall.jpg", "class"]));
    let names: Vec<_> = seen.iter().map(|line| line["file"].as_str().unwrap()).collect();
    assert_eq!(names, ["wall.jpg", "class/2025/a.jpeg", "class/2025/b.JPG"]);
    let output = analyzer(folder.path(), &["--json", "class"]);
    assert!(output.stderr.is_empty(), "a bar where nobody looks");
}

#[test]
fn an_overlay_is_a_picture_of_each_photo_with_its_findings_in_colour() {
    let folder = folder();
    let sitter = Sitter::with_defect(4301, Defect::HeadTooLarge);
    fs::write(folder.path().join("large.jpg"), render(&sitter).jpeg(&sitter.encoding)).unwrap();
    let arguments = ["--overlay", "drawn", "good.jpg", "large.jpg", "good.jpg", "empty.jpg"];
    assert_eq!(analyzer(folder.path(), &arguments).status.code(), Some(2));
    let drawn = |name: &str| image::open(folder.path().join("drawn").join(name)).unwrap().to_rgb8();
    let red = |picture: &RgbImage| {
        let is_red = |pixel: &&Rgb<u8>| pixel.0[0] > 200 && pixel.0[1] < 110 && pixel.0[2] < 110;
        picture.pixels().filter(is_red).count()
    };
    let (good, large) = (drawn("good.checked.jpg"), drawn("large.checked.jpg"));
    assert!(good.width() == 480 && good.height() > 640, "{:?}", good.dimensions());
    assert_eq!(drawn("good.checked-2.jpg"), good);
    assert!(red(&large) > 300 && red(&good) < 50, "{} {}", red(&large), red(&good));
    assert_eq!(fs::read_dir(folder.path().join("drawn")).unwrap().count(), 3);
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

#[test]
fn a_photo_is_told_from_the_known_ones_unless_it_is_the_same_shot() {
    let folder = tempfile::tempdir().unwrap();
    let known = folder.path().join("known");
    fs::create_dir(&known).unwrap();
    let sitter = Sitter::conforming(4300);
    let photo = render(&sitter).jpeg(&sitter.encoding);
    fs::write(known.join("admission.jpg"), &photo).unwrap();
    let again = reused(&photo, None, Reuse::Brightness(1.25), 1).unwrap();
    fs::write(folder.path().join("again.jpg"), again).unwrap();
    let other = sitter.another_shot(1);
    fs::write(folder.path().join("other.jpg"), render(&other).jpeg(&other.encoding)).unwrap();

    let output = analyzer(
        folder.path(),
        &[
            "--json",
            "--known",
            "known",
            "again.jpg",
            "other.jpg",
            "known/admission.jpg",
        ],
    );
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    let same: Vec<Value> = lines(&output)
        .into_iter()
        .map(|mut line| line["same_shot"].take())
        .collect();
    assert_eq!(same, [Value::from("known/admission.jpg"), Value::Null, Value::Null]);

    let output = analyzer(folder.path(), &["--known", "absent", "again.jpg"]);
    assert_eq!(output.status.code(), Some(2), "a known photo that can't be read");
}
