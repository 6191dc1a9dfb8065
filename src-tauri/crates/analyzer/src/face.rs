//! Pixels → the face: boxes, 468 points, irises and lids, the person's silhouette.
//! One file a graph in `face/`; this file joins them. Must not live here: limits, and what a measure is worth.

mod boxes;
mod eye;
mod mesh;
mod silhouette;

use rten::{Model, NodeId, ValueOrView};
use rten_tensor::NdTensor;
use rten_tensor::prelude::*;

pub use boxes::FaceBox;
pub use eye::Eye;
pub use mesh::{Mesh, OVAL};
pub use silhouette::Mask;

use crate::models::{self, ModelError, Models};
use crate::picture::{Pyramid, Square};

/// The graphs, loaded; may be shared between threads.
pub struct Graphs {
    boxes: rustface::Model,
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

/// A graph that passed its trial run failed later: nothing can be said of the photo's face.
#[derive(Debug)]
pub struct GraphFailure;

impl Graphs {
    pub fn load(models: Models) -> Result<Self, ModelError> {
        let boxes = rustface::read_model(models.face_box.as_slice()).map_err(|error| ModelError::Unusable {
            name: models::FACE_BOX.to_owned(),
            reason: error.to_string(),
        })?;
        Ok(Self {
            boxes,
            mesh: Graph::load(models::FACE_MESH, models.face_mesh, [192, 192], &[1404, 1])?,
            iris: Graph::load(models::IRIS, models.iris, [64, 64], &[213, 15])?,
            mask: Graph::load(models::PERSON_MASK, models.person_mask, [256, 256], &[256 * 256])?,
        })
    }

    /// All that may be a face, the surest first.
    pub fn find(&self, pyramid: &Pyramid) -> Vec<FaceBox> {
        boxes::find(&self.boxes, pyramid)
    }

    /// Whether the mesh takes the box for a face: its flag, a logit.
    pub fn face_flag(&self, pyramid: &Pyramid, found: &FaceBox) -> Result<f32, GraphFailure> {
        Ok(mesh::read(&self.mesh, pyramid, &found.square(mesh::FIRST_CROP))?.flag)
    }

    pub fn measure(&self, pyramid: &Pyramid, found: FaceBox) -> Result<Face, GraphFailure> {
        let (mask, points) = std::thread::scope(|scope| {
            let mask = scope.spawn(|| silhouette::read(&self.mask, pyramid, &found));
            let points = self.points(pyramid, &found);
            (mask.join().unwrap_or(Err(GraphFailure)), points)
        });
        let (mesh, eyes) = points?;
        Ok(Face {
            found,
            mesh,
            eyes,
            mask: mask?,
        })
    }

    fn points(&self, pyramid: &Pyramid, found: &FaceBox) -> Result<(Mesh, [Eye; 2]), GraphFailure> {
        let mesh = mesh::find(&self.mesh, pyramid, found)?;
        let eyes = [eye::Side::Left, eye::Side::Right].map(|side| eye::read(&self.iris, pyramid, &mesh, side));
        let [left, right] = eyes;
        Ok((mesh, [left?, right?]))
    }
}

/// One converted graph: an image in (NHWC, RGB, 0 … 1), some rows of numbers out.
struct Graph {
    model: Model,
    input: NodeId,
    outputs: Vec<NodeId>,
    width: usize,
    height: usize,
}

impl Graph {
    /// Loads and runs once, so that a graph of another shape is found out here and not at the first photo.
    fn load(name: &str, bytes: Vec<u8>, [width, height]: [usize; 2], sizes: &[usize]) -> Result<Self, ModelError> {
        let unusable = |reason: String| ModelError::Unusable {
            name: name.to_owned(),
            reason,
        };
        let model = Model::load(bytes).map_err(|error| unusable(error.to_string()))?;
        let input = *model
            .input_ids()
            .first()
            .ok_or_else(|| unusable("it has no input".to_owned()))?;
        let outputs = model.output_ids().to_vec();
        let graph = Self {
            model,
            input,
            outputs,
            width,
            height,
        };
        let trial = graph
            .run(vec![0.5; width * height * 3])
            .map_err(|_| unusable("its trial run failed".to_owned()))?;
        if trial.iter().map(Vec::len).ne(sizes.iter().copied()) {
            return Err(unusable("its outputs have another size".to_owned()));
        }
        Ok(graph)
    }

    fn look(&self, pyramid: &Pyramid, square: &Square) -> Result<Vec<Vec<f32>>, GraphFailure> {
        self.run(pyramid.crop(square, self.width, self.height))
    }

    fn run(&self, pixels: Vec<f32>) -> Result<Vec<Vec<f32>>, GraphFailure> {
        let input = NdTensor::from_data([1, self.height, self.width, 3], pixels);
        let values = self
            .model
            .run(vec![(self.input, ValueOrView::from(input.view()))], &self.outputs, None)
            .map_err(|_| GraphFailure)?;
        values
            .into_iter()
            .map(|value| value.into_tensor::<f32>().map(|t| t.to_vec()).ok_or(GraphFailure))
            .collect()
    }
}
