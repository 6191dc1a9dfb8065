//! Parts of the face as sets of pixels of the view: the face within its outline, squares of bare skin, the eyes'
//! openings. Must not live here: what is measured of them, and limits.

use crate::scene::Scene;

/// The outline of the face, from the top of the forehead clockwise, and those of the eyes' openings, left and right.
const OUTLINE: [usize; 36] = [
    10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377, 152, 148, 176, 149, 150,
    136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109,
];
const LIDS: [[usize; 16]; 2] = [
    [
        33, 246, 161, 160, 159, 158, 157, 173, 133, 155, 154, 153, 145, 144, 163, 7,
    ],
    [
        263, 466, 388, 387, 386, 385, 384, 398, 362, 382, 381, 380, 374, 373, 390, 249,
    ],
];
/// Middles of the cheeks below the eyes, left and right.
const CHEEKS: [usize; 2] = [50, 280];
/// Side of a cheek's square in eye distances (ISO/IEC 29794-5, illumination uniformity).
const CHEEK_SIDE: f32 = 0.3;
/// Radius of an iris with its dark rim, in eye distances: 12 of 63 mm across.
const IRIS: f32 = 0.105;

/// Rows of pixels: y, and from where to where.
#[derive(Clone, Debug, Default)]
pub struct Area {
    width: usize,
    rows: Vec<[usize; 3]>,
}

impl Area {
    /// Within a closed outline without bays: of each row everything between its outermost crossings.
    pub fn within(outline: &[[f32; 2]], [width, height]: [usize; 2]) -> Self {
        let (low, high) = outline.iter().fold((f32::MAX, f32::MIN), |(low, high), at| {
            (low.min(at[1]), high.max(at[1]))
        });
        let clip = |value: f32, most: usize| value.clamp(0.0, most as f32) as usize;
        let rows = (clip(low, height)..clip(high + 1.0, height))
            .filter_map(|y| {
                let middle = y as f32 + 0.5;
                let sides = outline.iter().zip(outline.iter().cycle().skip(1));
                let crossings = sides.filter(|(a, b)| (a[1] > middle) != (b[1] > middle));
                let (from, to) = crossings
                    .map(|(a, b)| a[0] + (b[0] - a[0]) * (middle - a[1]) / (b[1] - a[1]))
                    .fold((f32::MAX, f32::MIN), |(from, to), x| (from.min(x), to.max(x)));
                let (from, to) = (clip(from + 0.5, width), clip(to + 0.5, width));
                (from < to).then_some([y, from, to])
            })
            .collect();
        Self { width, rows }
    }

    /// The box around a place, what of it lies in the picture.
    pub fn around([x, y]: [f32; 2], [half_x, half_y]: [f32; 2], size: [usize; 2]) -> Self {
        let corners = [
            [x - half_x, y - half_y],
            [x + half_x, y - half_y],
            [x + half_x, y + half_y],
            [x - half_x, y + half_y],
        ];
        Self::within(&corners, size)
    }

    /// Of every row in turn: y, and from where to where.
    pub fn rows(&self) -> &[[usize; 3]] {
        &self.rows
    }

    /// Places in a plane of the view's size.
    pub fn pixels(&self) -> impl Iterator<Item = usize> {
        let width = self.width;
        self.rows
            .iter()
            .flat_map(move |[y, from, to]| y * width + from..y * width + to)
    }

    pub fn count(&self) -> usize {
        self.rows.iter().map(|[_, from, to]| to - from).sum()
    }

    /// The box around all of it.
    pub fn bounds(&self) -> [[f32; 2]; 2] {
        let low = [
            self.rows.iter().map(|row| row[1]).min().unwrap_or(0),
            self.rows.first().map_or(0, |row| row[0]),
        ];
        let high = [
            self.rows.iter().map(|row| row[2]).max().unwrap_or(0),
            self.rows.last().map_or(0, |row| row[0] + 1),
        ];
        [low, high].map(|at| at.map(|v| v as f32))
    }
}

fn size(scene: &Scene) -> [usize; 2] {
    [scene.view.picture.width, scene.view.picture.height]
}

/// Everything inside the outline of the face.
pub fn face(scene: &Scene) -> Area {
    Area::within(&OUTLINE.map(|index| scene.landmark(index)), size(scene))
}

/// A square of skin on each cheek, left and right.
pub fn cheeks(scene: &Scene) -> [Area; 2] {
    let half = scene.eye_distance_px() * CHEEK_SIDE / 2.0;
    CHEEKS.map(|index| Area::around(scene.landmark(index), [half, half], size(scene)))
}

/// Between the lids of each eye, without the iris: places in the view.
pub fn eye_whites(scene: &Scene) -> [Vec<usize>; 2] {
    let width = scene.view.picture.width;
    let radius = IRIS * scene.eye_distance_px();
    let eyes = scene.eyes();
    [0, 1].map(|side| {
        let opening = Area::within(&LIDS[side].map(|index| scene.landmark(index)), size(scene));
        let [x, y] = eyes[side];
        let is_white = |index: &usize| {
            let at = [(index % width) as f32 + 0.5, (index / width) as f32 + 0.5];
            (at[0] - x).hypot(at[1] - y) > radius
        };
        opening.pixels().filter(is_white).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outline_holds_its_rows_and_stops_at_the_edge() {
        let diamond = [[10.0, 0.0], [20.0, 10.0], [10.0, 20.0], [0.0, 10.0]];
        let area = Area::within(&diamond, [64, 64]);
        assert!((area.count() as f32 - 200.0).abs() < 12.0, "{}", area.count());
        assert!(area.pixels().all(|index| {
            let (x, y) = (index % 64, index / 64);
            (x as f32 + 0.5 - 10.0).abs() + (y as f32 + 0.5 - 10.0).abs() <= 11.0
        }));
        assert_eq!(
            Area::within(&diamond, [4, 64]).pixels().filter(|i| i / 64 > 63).count(),
            0
        );
        assert_eq!(Area::around([-50.0, 3.0], [4.0, 4.0], [64, 64]).count(), 0);
        assert_eq!(Area::within(&[[f32::NAN; 2]; 3], [64, 64]).count(), 0);
    }
}
