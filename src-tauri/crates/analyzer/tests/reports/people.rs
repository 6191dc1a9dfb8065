//! Real portraits, which keep the rendered ones honest. They lie beside the checkout and not in it; where they are
//! absent, the test says so.

use std::fs;
use std::path::PathBuf;

use serde_json::Value;

use super::{check, name, report, status};
use analyzer::report::{Point, Status};

#[test]
fn eyes_of_real_people_are_found() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../../shared/portraits");
    let Ok(truth) = fs::read_to_string(folder.join("truth.json")) else {
        println!("skipped: the folder of real portraits, ../shared/portraits, is absent");
        return;
    };
    let truth: Value = serde_json::from_str(&truth).unwrap();
    let mut errors = Vec::new();
    for (file, marked) in truth.as_object().unwrap() {
        let seen = report(&fs::read(folder.join(file)).unwrap());
        assert_eq!(
            status(&seen, "face_count"),
            Status::Pass,
            "{file}: {:?}",
            check(&seen, "face_count")
        );
        for code in ["left_eye_open", "right_eye_open", "gaze", "red_eye"] {
            assert_eq!(status(&seen, code), Status::Pass, "{file}: {:?}", check(&seen, code));
        }
        assert_eq!(name(&seen, "glasses"), "no_glasses", "{file}");
        // Three of the five smile with their teeth; one has his lips a little apart, which may pass or not.
        let smiles = matches!(
            file.as_str(),
            "astronaut.png" | "official-portrait-1.png" | "official-portrait-2.png"
        );
        for code in ["mouth_closed", "teeth"] {
            let fails = status(&seen, code) == Status::Fail;
            assert_eq!(fails, smiles, "{file}: {:?}", check(&seen, code));
        }
        let geometry = seen.geometry.unwrap();
        // Marks count from pixel middles.
        let mark = |key: &str| [0, 1].map(|k| marked[key][k].as_f64().unwrap() + 0.5);
        let (left, right) = (mark("left_eye_px"), mark("right_eye_px"));
        let off = |at: Point, mark: [f64; 2]| (at.x_px - mark[0]).hypot(at.y_px - mark[1]);
        let apart = (left[0] - right[0]).hypot(left[1] - right[1]);
        errors.push(off(geometry.left_eye_px, left).max(off(geometry.right_eye_px, right)) / apart);
    }
    errors.sort_by(f64::total_cmp);
    println!("worse eye over the distance of the eyes: {errors:.3?}");
    assert!(
        errors[errors.len() / 2] <= 0.03 && errors[errors.len() - 1] <= 0.06,
        "{errors:?}"
    );
}
