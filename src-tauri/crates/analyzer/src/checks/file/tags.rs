//! What the file says of itself beside its pixels: colour profile, orientation, order of the data, the program that
//! wrote it. None of it fails a photo: what is unusual is said, and the pixels are judged as they ought to be seen.

use super::super::{bare, reason};
use crate::decode::FileFacts;
use crate::profile::FileLimits;
use crate::report::{Check, Group, Measured, Required, Status};

/// Pass where the name is among the allowed, else a warning; not applicable where the profile allows nothing in particular.
fn named(code: &str, name: Option<&str>, allowed: Option<&[String]>) -> Check {
    let (Some(name), Some(allowed)) = (name, allowed) else {
        return bare(code, Group::File, Status::NotApplicable);
    };
    let right = allowed.iter().any(|known| known == name);
    Check {
        measured: Some(Measured::Name { name: name.to_owned() }),
        required: Some(Required::OneOf {
            names: allowed.to_vec(),
        }),
        ..bare(code, Group::File, if right { Status::Pass } else { Status::Warn })
    }
}

/// The ICC profile: `srgb` by its primaries, `untagged` where there is none, else its own name. Every measure sees the
/// pixels in sRGB: those of a JPEG are turned into it. This project's own; the standards ask for sRGB.
pub fn icc_profile(facts: &FileFacts, limits: &FileLimits) -> Check {
    let name = match &facts.icc {
        None => "untagged",
        Some(icc) if icc.is_srgb => "srgb",
        Some(icc) if icc.name.is_empty() => "unnamed",
        Some(icc) => &icc.name,
    };
    named("icc_profile", Some(name), limits.icc_profiles.as_deref())
}

/// The EXIF orientation: `upright`, `turned`, `mirrored` (and perhaps turned). It is applied before anything is measured;
/// the warning is for readers that don't apply it, and for mirrored photos.
pub fn orientation(facts: &FileFacts, limits: &FileLimits) -> Check {
    let name = match facts.orientation {
        2 | 4 | 5 | 7 => "mirrored",
        3 | 6 | 8 => "turned",
        _ => "upright",
    };
    let names = limits.orientations.as_ref();
    let check = named("orientation", Some(name), names.map(Vec::as_slice));
    Check {
        reason: reason(check.status, "mirrored").filter(|_| name == "mirrored"),
        ..check
    }
}

/// The order of a JPEG's data: `baseline` or `progressive` (ITU-T T.81, SOF0/SOF1 or SOF2).
pub fn progressive(facts: &FileFacts, limits: &FileLimits) -> Check {
    let name = facts
        .progressive
        .map(|yes| if yes { "progressive" } else { "baseline" });
    named("progressive", name, limits.encodings.as_deref())
}

/// Whether a program that can change faces says that it wrote the file: in EXIF's Software, XMP's CreatorTool, a
/// Photoshop segment, PNG's Software. It needn't have changed anything, hence a warning and no more.
pub fn editing_software(facts: &FileFacts, limits: &FileLimits) -> Check {
    let Some(editors) = &limits.editors else {
        return bare("editing_software", Group::File, Status::NotApplicable);
    };
    let is_editor = |program: &&String| {
        let program = program.to_lowercase();
        editors.iter().any(|editor| program.contains(&editor.to_lowercase()))
    };
    let found = facts.programs.iter().find(is_editor);
    let status = if found.is_some() { Status::Warn } else { Status::Pass };
    Check {
        measured: found.map(|name| Measured::Name { name: name.clone() }),
        confidence: 0.5,
        reason: reason(status, "retouched"),
        ..bare("editing_software", Group::File, status)
    }
}
