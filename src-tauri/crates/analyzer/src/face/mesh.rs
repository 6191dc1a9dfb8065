//! 468 points of the face in three dimensions, and the angles that follow from them.
//! The numbering is that of the graph: 33/263 outer and 133/362 inner corners of the eyes, 10 the top of the forehead,
//! 152 the chin, 234/454 before the ears.

use super::{FaceBox, Graph, GraphFailure};
use crate::picture::{Pyramid, Square};

/// Side of the first crop in sides of the face box, and how far its centre lies below the box's: so that most faces
/// lie in it as they would in the second.
const FIRST_CROP: f32 = 1.49;
const FIRST_LOWER: f32 = 0.047;
/// Side of the second crop in sides of the points' own bounding square.
const SECOND_CROP: f32 = 1.5;
/// The second crop is looked at only where it differs from the first by more than this: in size and place as a share of
/// its side, in turn.
const SAME_SHARE: f32 = 0.08;
const SAME_TURN_RAD: f32 = 0.045;
/// The graph's pitch of a face that looks straight ahead, and how much of a nod it shows: fitted to 410 rendered sitters,
/// nods up to 21 degrees; the shape of the face leaves 2.4 degrees either way.
const NEUTRAL_PITCH_DEG: f32 = 5.5;
const PITCH_SHOWN: f32 = 0.89;
/// The outline of the face, from the top clockwise as seen.
pub const OVAL: [usize; 36] = [
    10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377, 152, 148, 176, 149, 150,
    136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109,
];

pub struct Mesh {
    /// In pixels of the working picture; z grows away from the camera, in the same unit.
    pub points: Vec<[f32; 3]>,
    /// Logit: above 0 it is a face.
    pub flag: f32,
}

impl Mesh {
    pub fn at(&self, index: usize) -> [f32; 2] {
        [self.points[index][0], self.points[index][1]]
    }

    /// From the outer corner of the left eye to that of the right, in the picture's plane.
    pub fn eye_line(&self) -> [f32; 2] {
        let (left, right) = (self.at(33), self.at(263));
        [right[0] - left[0], right[1] - left[1]]
    }

    pub fn roll_rad(&self) -> f32 {
        let [x, y] = self.eye_line();
        y.atan2(x)
    }

    /// Positive: the face turns to the right of the picture. Depth between symmetric points over their distance across.
    pub fn yaw_deg(&self) -> f32 {
        let pairs = [(33, 263), (133, 362), (61, 291), (234, 454)];
        let (mut across, mut deep) = (0.0, 0.0);
        for (left, right) in pairs {
            let [a, b] = [self.points[left], self.points[right]];
            across += (b[0] - a[0]).hypot(b[1] - a[1]);
            deep += b[2] - a[2];
        }
        deep.atan2(across).to_degrees()
    }

    /// Positive: the face looks down. Depth between forehead and chin over their distance, less the neutral pitch.
    pub fn pitch_deg(&self) -> f32 {
        let [top, chin] = [self.points[10], self.points[152]];
        let down = (chin[0] - top[0]).hypot(chin[1] - top[1]);
        ((chin[2] - top[2]).atan2(down).to_degrees() - NEUTRAL_PITCH_DEG) / PITCH_SHOWN
    }

    /// The outermost points of the outline along the eye line: where the cheeks end.
    pub fn cheeks(&self) -> [[f32; 2]; 2] {
        let [x, y] = self.eye_line();
        let along = |index: &&usize| -> f32 {
            let at = self.at(**index);
            at[0] * x + at[1] * y
        };
        let by_position = |a: &&usize, b: &&usize| along(a).total_cmp(&along(b));
        let left = OVAL.iter().min_by(by_position).copied().unwrap_or(234);
        let right = OVAL.iter().max_by(by_position).copied().unwrap_or(454);
        [self.at(left), self.at(right)]
    }
}

/// A second look, at a crop that is turned by the eye line and centred on the first one's points, unless the first crop
/// was that already.
pub fn find(graph: &Graph, pyramid: &Pyramid, found: &FaceBox) -> Result<Mesh, GraphFailure> {
    let square = around(found);
    let first = read(graph, pyramid, &square)?;
    let second = closer(&first);
    let moved = [
        second.side_px - square.side_px,
        second.centre[0] - square.centre[0],
        second.centre[1] - square.centre[1],
    ];
    let same = moved.iter().all(|by| by.abs() <= SAME_SHARE * square.side_px);
    if same && second.turn_rad.abs() <= SAME_TURN_RAD {
        return Ok(first);
    }
    read(graph, pyramid, &second)
}

/// Where a face is looked at first.
pub fn around(found: &FaceBox) -> Square {
    let mut square = found.square(FIRST_CROP);
    square.centre[1] += FIRST_LOWER * found.side_px;
    square
}

pub fn read(graph: &Graph, pyramid: &Pyramid, square: &Square) -> Result<Mesh, GraphFailure> {
    let out = graph.look(pyramid, square)?;
    let [coordinates, flag] = out.as_slice() else {
        return Err(GraphFailure);
    };
    let side = graph.width as f32;
    let points = coordinates
        .chunks_exact(3)
        .map(|at| {
            let [x, y] = square.to_picture(at[0] / side, at[1] / side);
            [x, y, at[2] * square.side_px / side]
        })
        .collect();
    Ok(Mesh {
        points,
        flag: flag.first().copied().unwrap_or(f32::MIN),
    })
}

fn closer(first: &Mesh) -> Square {
    let turn_rad = first.roll_rad();
    let (sin, cos) = turn_rad.sin_cos();
    let mut low = [f32::MAX; 2];
    let mut high = [f32::MIN; 2];
    for [x, y, _] in &first.points {
        let turned = [x * cos + y * sin, y * cos - x * sin];
        for k in 0..2 {
            low[k] = low[k].min(turned[k]);
            high[k] = high[k].max(turned[k]);
        }
    }
    let [u, v] = [(low[0] + high[0]) / 2.0, (low[1] + high[1]) / 2.0];
    Square {
        centre: [u * cos - v * sin, u * sin + v * cos],
        side_px: (high[0] - low[0]).max(high[1] - low[1]) * SECOND_CROP,
        turn_rad,
        mirrored: false,
    }
}
