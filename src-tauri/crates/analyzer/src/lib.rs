//! The analyzer: bytes of a photo + a [`Profile`] → a [`report::Report`].
//!
//! ```text
//! bytes → decode → working picture → face (boxes, mesh, irises, silhouette) → geometry → framing → checks → Report
//! ```
//!
//! A bad photo is a report, never an error; unreadable bytes are a [`DecodeError`]; nothing panics on input. The same
//! bytes under the same profile give the same report, but for the time it took, on any number of threads.
//!
//! Must not live here: files, network, async, a clock that decides anything (only durations are taken); students,
//! batches, reasons' words. The graphs' bytes are handed in by the caller ([`Models::from_files`]).
//!
//! Every check, its code, its group and its reason: the table in `checks.rs`.

mod areas;
mod background;
mod checks;
mod colour;
mod decode;
mod detail;
mod face;
mod framing;
mod geometry;
mod integrity;
mod models;
mod picture;
mod priority;
pub mod profile;
pub mod profiles;
mod rendition;
pub mod report;
pub mod same_shot;
mod scene;
mod wide;

use std::time::Instant;

use sha2::{Digest, Sha256};

pub use decode::DecodeError;
pub use models::{ModelError, Models};
pub use priority::give_way;
pub use profile::{Profile, ProfileError};
pub use rendition::rendition;

use decode::{Decoded, Upload};
use face::{Face, FaceBox, GraphFailure, Graphs};
use picture::Pyramid;
use report::{Check, ImageFacts, Rect, Report, ShotPrint, Status, Timings};
use same_shot::Fingerprint;
use scene::Scene;

/// Of a report: the same version under the same profile says the same of a photo.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The loaded graphs. One is enough for a program: it may be shared between threads.
pub struct Analyzer {
    graphs: Graphs,
    /// All reports are made in it, so that there are never more busy threads than it has. Where it has one to spare, the
    /// graphs of one photo run side by side.
    pool: Option<rayon::ThreadPool>,
}

impl Analyzer {
    /// Loads the graphs and runs each once. Uses all cores.
    pub fn new(models: Models) -> Result<Self, ModelError> {
        Self::with_threads(models, std::thread::available_parallelism().map_or(1, usize::from))
    }

    /// The same on so many threads at most, however many ask for reports.
    pub fn with_threads(models: Models, threads: usize) -> Result<Self, ModelError> {
        Self::in_pool(models, rayon::ThreadPoolBuilder::new().num_threads(threads.max(1)))
    }

    /// On all cores, where nobody else wants them ([`give_way`]): for a window's own program.
    pub fn giving_way(models: Models) -> Result<Self, ModelError> {
        Self::in_pool(models, rayon::ThreadPoolBuilder::new().start_handler(|_| give_way()))
    }

    fn in_pool(models: Models, pool: rayon::ThreadPoolBuilder) -> Result<Self, ModelError> {
        Ok(Self {
            graphs: Graphs::load(models)?,
            // A system without threads to give: then the caller's does the work.
            pool: pool.build().ok(),
        })
    }

    pub fn report(&self, bytes: &[u8], profile: &Profile) -> Result<Report, DecodeError> {
        self.report_in_steps(bytes, profile).map(|(report, _)| report)
    }

    /// The same with the time that each graph took, for whoever makes it faster.
    pub fn report_in_steps(&self, bytes: &[u8], profile: &Profile) -> Result<(Report, Steps), DecodeError> {
        match &self.pool {
            Some(pool) => pool.install(|| self.report_here(bytes, profile)),
            None => self.report_here(bytes, profile),
        }
    }

    fn report_here(&self, bytes: &[u8], profile: &Profile) -> Result<(Report, Steps), DecodeError> {
        let started = Instant::now();
        let Decoded { picture, upload } = decode::decode(bytes)?;
        let decode_ms = ms_since(started);

        let searched = Instant::now();
        let (scale, size) = (upload.scale, [upload.width_px, upload.height_px]);
        let pyramid = Pyramid::new(picture);
        let mut steps = Steps::default();
        let seen = self.look(&pyramid, &mut steps);
        let face_ms = ms_since(searched);

        let judged = Instant::now();
        let mut checks = checks::file::checks(&upload, &pyramid, profile);
        let (found, geometry, crop, shot) = judge(seen, &pyramid, scale, size, profile);
        checks.extend(found);
        if let Some(crop) = crop {
            checks::doubt_spoilt(&mut checks, crop);
        }
        let report = Report {
            analyzer_version: VERSION.to_owned(),
            profile: profile.reference(),
            photo_sha256: hex::encode(Sha256::digest(bytes)),
            image: facts(&upload),
            checks,
            geometry,
            crop,
            shot,
            timings: Timings {
                decode_ms,
                face_ms,
                checks_ms: ms_since(judged),
                total_ms: ms_since(started),
            },
        };
        Ok((report, steps))
    }

    /// All faces, each with the mesh's opinion of it, and the measured one where there is no more than one.
    fn look(&self, pyramid: &Pyramid, steps: &mut Steps) -> Result<Seen, GraphFailure> {
        let mut faces: Vec<(FaceBox, bool)> = Vec::new();
        let mut measured = None;
        let searched = Instant::now();
        let found = self.graphs.find(pyramid);
        steps.boxes_ms = ms_since(searched);
        for found in found {
            // The surest box is measured whole; the mesh's flag comes with that.
            let flag = if measured.is_none() {
                let face = self.graphs.measure(pyramid, found, steps)?;
                let flag = face.mesh.flag;
                if found.is_sure() || flag > 0.0 {
                    measured = Some(face);
                }
                flag
            } else if faces.iter().any(|(other, _)| other.overlaps(&found)) {
                continue;
            } else {
                self.graphs.face_flag(pyramid, &found)?
            };
            // An unsure box that the mesh doesn't take for a face either is none.
            if found.is_sure() || flag > 0.0 {
                faces.push((found, flag > 0.0));
            }
        }
        let several = faces
            .iter()
            .filter(|(found, is_face)| found.is_sure() && *is_face)
            .count()
            > 1;
        // Upside down, a forehead and a chin may make half a face: a sure one after a turn is the better opinion.
        let is_doubtful = faces.iter().all(|(found, _)| !found.is_sure());
        let turns = if is_doubtful { self.graphs.turned(pyramid) } else { None };
        if turns.is_some() {
            (faces, measured) = (Vec::new(), None);
        } else if faces.is_empty() {
            // A mask or a face half in the dark deceives the cascade; the mesh looks at the usual place.
            let face = self.graphs.measure(pyramid, FaceBox::usual(pyramid.base()), steps)?;
            if face.mesh.flag > 0.0 {
                faces.push((face.found, true));
                measured = Some(face);
            }
        }
        Ok(Seen {
            faces,
            face: measured.filter(|_| !several),
            turns,
        })
    }
}

/// Milliseconds that each graph took for the measured face. With a second core free they add up to more than passed.
#[derive(Clone, Copy, Debug, Default)]
pub struct Steps {
    pub boxes_ms: f64,
    pub mesh_ms: f64,
    /// Both eyes.
    pub iris_ms: f64,
    pub mask_ms: f64,
}

/// What the bytes are, where they can be read whole. Nothing is judged.
pub fn read(bytes: &[u8]) -> Result<ImageFacts, DecodeError> {
    decode::decode(bytes).map(|decoded| facts(&decoded.upload))
}

fn facts(upload: &Upload) -> ImageFacts {
    ImageFacts {
        format: upload.facts.format.to_owned(),
        width_px: upload.width_px,
        height_px: upload.height_px,
        bytes: u32::try_from(upload.bytes).unwrap_or(u32::MAX),
    }
}

struct Seen {
    faces: Vec<(FaceBox, bool)>,
    face: Option<Face>,
    /// Quarter turns clockwise that bring a face upright, where none is.
    turns: Option<u8>,
}

type Judged = (Vec<Check>, Option<report::Geometry>, Option<Rect>, Option<ShotPrint>);

fn judge(
    seen: Result<Seen, GraphFailure>,
    pyramid: &Pyramid,
    scale: f64,
    [width_px, height_px]: [u32; 2],
    profile: &Profile,
) -> Judged {
    let (faces, face) = match seen {
        Ok(Seen {
            faces,
            face: Some(face),
            ..
        }) => (faces, face),
        Ok(Seen {
            faces,
            face: None,
            turns,
        }) => {
            let count = checks::composition::face_count(&faces, scale);
            let mut undecided = checks::without_face(count, Status::NotApplicable);
            checks::integrity::note_turn(&mut undecided, turns);
            return (undecided, None, None, None);
        }
        Err(GraphFailure) => {
            let count = Check {
                status: Status::Unsure,
                ..checks::composition::face_count(&[], scale)
            };
            return (checks::without_face(count, Status::Unsure), None, None, None);
        }
    };
    let measured = geometry::measure(&face, pyramid, scale);
    let scene = Scene::new(profile, pyramid, &face, measured, scale, [width_px, height_px]);
    let mut judged = vec![checks::composition::face_count(&faces, scale)];
    judged.extend(checks::of(&scene));
    let shot = Fingerprint::of(&face, pyramid).print();
    (judged, Some(scene.measured.geometry), Some(scene.crop), Some(shot))
}

fn ms_since(start: Instant) -> f64 {
    start.elapsed().as_secs_f64() * 1e3
}
