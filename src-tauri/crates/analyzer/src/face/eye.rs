//! The centre of an iris and the opening between the lids. The graph knows eyes at the left of the picture; the other
//! eye is shown to it mirrored.

use super::mesh::Mesh;
use super::{Graph, GraphFailure};
use crate::picture::{Pyramid, Square};

/// Side of the crop in distances between the eye's corners.
const CROP: f32 = 2.3;

/// Of the picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Left,
    Right,
}

#[derive(Clone, Copy, Debug)]
pub struct Eye {
    /// Centre of the iris, in pixels of the working picture.
    pub centre: [f32; 2],
    /// The edge of the lids: the corners are 0 (outer) and 8 (inner), the lower lid runs from the one to the other, the
    /// upper lid is 9 to 15 on the same way. In pixels of the working picture.
    pub lids: [[f32; 2]; 16],
    /// Opening between the lids over the distance of the corners.
    pub opening: f32,
}

pub fn read(graph: &Graph, pyramid: &Pyramid, mesh: &Mesh, side: Side) -> Result<Eye, GraphFailure> {
    let (outer, inner) = match side {
        Side::Left => (mesh.at(33), mesh.at(133)),
        Side::Right => (mesh.at(263), mesh.at(362)),
    };
    let square = Square {
        centre: [(outer[0] + inner[0]) / 2.0, (outer[1] + inner[1]) / 2.0],
        side_px: CROP * (outer[0] - inner[0]).hypot(outer[1] - inner[1]),
        turn_rad: mesh.roll_rad(),
        mirrored: side == Side::Right,
    };
    let out = graph.look(pyramid, &square)?;
    let [contour, iris] = out.as_slice() else {
        return Err(GraphFailure);
    };
    let at = |points: &[f32], index: usize| [points[3 * index], points[3 * index + 1]];
    let between = |a: usize, b: usize| {
        let [a, b] = [at(contour, a), at(contour, b)];
        (a[0] - b[0]).hypot(a[1] - b[1])
    };
    let place = |[x, y]: [f32; 2]| square.to_picture(x / graph.width as f32, y / graph.height as f32);
    Ok(Eye {
        centre: place(at(iris, 0)),
        lids: std::array::from_fn(|index| place(at(contour, index))),
        opening: between(4, 12) / between(0, 8).max(1e-3),
    })
}
