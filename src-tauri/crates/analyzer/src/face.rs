//! Pixels → the face: boxes, 468 points, irises and lids, the person's silhouette.
//! One file a graph in `face/`; this file joins them. Must not live here: limits, and what a measure is worth.

mod boxes;
mod cascade;
mod eye;
mod graph;
mod mesh;
mod silhouette;

use std::time::Instant;

pub use boxes::FaceBox;
use cascade::Cascade;
pub use eye::Eye;
use graph::Graph;
pub use mesh::{Mesh, OVAL};
pub use silhouette::Mask;

use crate::Steps;
use crate::models::{self, ModelError, Models};
use crate::picture::{Pyramid, Square};

/// The graphs, loaded; may be shared between threads.
pub struct Graphs {
    boxes: Cascade,
    mesh: Graph,
    iris: Graph,
    mask: Graph,
}

/// Everything the graphs say of one face, in pixels of the working picture.
pub struct Face {
    pub found: FaceBox,
    pub mesh: Mesh,
    /// At the left and at the right of the picture.
    pub eyes: [Eye; 2],
    pub mask: Mask,
}

/// The mesh and both eyes.
type Points = (Mesh, [Eye; 2]);

/// A graph that passed its trial run failed later: nothing can be said of the photo's face.
#[derive(Debug)]
pub struct GraphFailure;

impl Graphs {
    pub fn load(models: Models) -> Result<Self, ModelError> {
        let boxes = Cascade::read(&models.face_box).ok_or_else(|| ModelError::Unusable {
            name: models::FACE_BOX.to_owned(),
            reason: "it is no such cascade".to_owned(),
        })?;
        Ok(Self {
            boxes,
            mesh: Graph::ready(models::FACE_MESH, &models.face_mesh, [192, 192], &[1404, 1])?,
            iris: Graph::ready(models::IRIS, &models.iris, [64, 64], &[213, 15])?,
            mask: Graph::ready(models::PERSON_MASK, &models.person_mask, [256, 256], &[256 * 256])?,
        })
    }

    /// All that may be a face, the surest first.
    pub fn find(&self, pyramid: &Pyramid) -> Vec<FaceBox> {
        boxes::find(&self.boxes, pyramid)
    }

    /// Quarter turns clockwise after which a face is found for sure. For pictures that show none upright.
    pub fn turned(&self, pyramid: &Pyramid) -> Option<u8> {
        boxes::turned(&self.boxes, pyramid)
    }

    /// Whether the mesh takes the box for a face: its flag, a logit.
    pub fn face_flag(&self, pyramid: &Pyramid, found: &FaceBox) -> Result<f32, GraphFailure> {
        Ok(mesh::read(&self.mesh, pyramid, &mesh::around(found))?.flag)
    }

    pub fn measure(&self, pyramid: &Pyramid, found: FaceBox, steps: &mut Steps) -> Result<Face, GraphFailure> {
        let ((mask, mask_ms), (points, [mesh_ms, iris_ms])) = rayon::join(
            || timed(|| silhouette::read(&self.mask, pyramid, &found)),
            || self.points(pyramid, &found),
        );
        *steps = Steps {
            mesh_ms,
            iris_ms,
            mask_ms,
            ..*steps
        };
        let (mesh, eyes) = points?;
        Ok(Face {
            found,
            mesh,
            eyes,
            mask: mask?,
        })
    }

    /// The mesh and what follows from it: with the milliseconds of mesh and irises.
    fn points(&self, pyramid: &Pyramid, found: &FaceBox) -> (Result<Points, GraphFailure>, [f64; 2]) {
        let (mesh, mesh_ms) = timed(|| mesh::find(&self.mesh, pyramid, found));
        let mesh = match mesh {
            Ok(mesh) => mesh,
            Err(failure) => return (Err(failure), [mesh_ms, 0.0]),
        };
        let (eyes, iris_ms) = timed(|| {
            let eye = |side| eye::read(&self.iris, pyramid, &mesh, side);
            let (left, right) = rayon::join(|| eye(eye::Side::Left), || eye(eye::Side::Right));
            Ok([left?, right?])
        });
        (eyes.map(|eyes| (mesh, eyes)), [mesh_ms, iris_ms])
    }
}

fn timed<T>(run: impl FnOnce() -> T) -> (T, f64) {
    let started = Instant::now();
    let made = run();
    (made, started.elapsed().as_secs_f64() * 1e3)
}

impl Graph {
    /// Loads and runs once, so that a graph of another shape is found out here and not at the first photo.
    fn ready(name: &str, bytes: &[u8], [width, height]: [usize; 2], sizes: &[usize]) -> Result<Self, ModelError> {
        let unusable = |reason: String| ModelError::Unusable {
            name: name.to_owned(),
            reason,
        };
        let graph = Self::load(bytes, width, height).map_err(unusable)?;
        let trial = graph
            .run(&vec![0.5; width * height * 3])
            .ok_or_else(|| unusable("its trial run failed".to_owned()))?;
        if trial.iter().map(Vec::len).ne(sizes.iter().copied()) {
            return Err(unusable("its outputs have another size".to_owned()));
        }
        Ok(graph)
    }

    fn look(&self, pyramid: &Pyramid, square: &Square) -> Result<Vec<Vec<f32>>, GraphFailure> {
        self.run(&pyramid.crop(square, self.width, self.height))
            .ok_or(GraphFailure)
    }
}
