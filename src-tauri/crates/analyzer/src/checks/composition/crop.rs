//! Whether a conforming photo can be cut from an upload that is larger than one.

use super::not_asked;
use crate::checks::bare;
use crate::report::{Check, Group, Measured, Required, Status};
use crate::scene::{Scene, region};

/// The best crop is the report's; it is conforming where none of the rules `judged` on it fails. `frame` finds a crop
/// that keeps every band where there is one, so that a failure means: the upload has none. Measured: the crop's size in
/// pixels of the upload. A photo that has a standard size already is no upload to cut.
pub fn possible(scene: &Scene, judged: &[Check]) -> Check {
    let code = "crop_possible";
    let standard = &scene.profile.standard;
    let is_standard = standard.size_for(scene.size) == scene.size;
    if is_standard {
        return not_asked(code);
    }
    let [width_min, height_min] = standard.smallest_px();
    let side = |px: f64| px.round().max(0.0) as u32;
    let [width_px, height_px] = [scene.crop.width_px, scene.crop.height_px].map(side);
    let worst = |status: Status| judged.iter().find(|check| check.status == status);
    let (status, cause) = match (worst(Status::Fail), worst(Status::Unsure)) {
        _ if width_px < width_min || height_px < height_min => (Status::Fail, None),
        (Some(failed), _) => (Status::Fail, Some(failed)),
        (None, Some(doubted)) => (Status::Unsure, Some(doubted)),
        (None, None) => (Status::Pass, None),
    };
    let reason = match status {
        Status::Pass => None,
        _ => cause.map_or(Some("image_size".to_owned()), |check| check.reason.clone()),
    };
    Check {
        measured: Some(Measured::Size { width_px, height_px }),
        required: Some(Required::Size {
            width_px: width_min,
            height_px: height_min,
        }),
        evidence: vec![region(scene.crop)],
        inset: cause
            .and_then(|check| check.inset)
            .or((status == Status::Unsure).then_some(scene.crop)),
        confidence: judged.iter().map(|check| check.confidence).fold(1.0, f64::min),
        reason,
        ..bare(code, Group::Composition, status)
    }
}
