//! Highlights: skin gives back its own colour from below the surface and the lamps' colour from the surface. The second
//! part is what is left of a pixel's blue after the skin's usual share of its red is taken away.

use super::tones::rank;
use crate::areas::Area;
use crate::colour::linear;
use crate::scene::Scene;

/// Side of the cells that are averaged, in pixels of the view: noise makes no highlight.
const CELL_PX: usize = 3;
/// From this much surface light, in linear light, a cell shines: so much, and this share of the skin's own brightness
/// (on dark skin a fainter one is seen).
const SHINES: f32 = 0.12;
const SHINES_BY_SKIN: f32 = 0.4;
/// Rank of the blue over red that is taken for the skin's own.
const OWN_RANK: f32 = 0.4;
/// Skin with less colour than this under a cast tells little of its surface.
const COLOUR_MIN: f32 = 0.3;
/// Middles of the tip of the nose and of the cheeks in the mesh.
const NOSE: usize = 4;
const CHEEKS: [usize; 2] = [50, 280];

pub struct Spots {
    /// Of the cells of forehead, nose and cheeks that shine; NaN where none of them is in sight.
    pub share: f64,
    /// Where the largest share shines.
    pub hottest: Area,
}

pub fn find(scene: &Scene) -> Spots {
    let zones = zones(scene);
    let cells = zones.each_ref().map(|zone| cells(scene, zone));
    let all = || cells.iter().flatten();
    let own = rank(all().map(|c| c[2] / c[0].max(0.01)), OWN_RANK);
    let skin = rank(all().map(|c| c[1]), 0.5);
    let shines = |[r, g, b]: &[f32; 3]| {
        let surface = (b - own * r) / (1.0 - own).max(COLOUR_MIN);
        surface > SHINES + SHINES_BY_SKIN * skin && *g > skin
    };
    let counts = cells.each_ref().map(|zone| zone.iter().filter(|c| shines(c)).count());
    let share = |zone: usize| counts[zone] as f64 / cells[zone].len().max(1) as f64;
    let hottest = (0..zones.len())
        .max_by(|a, b| share(*a).total_cmp(&share(*b)))
        .unwrap_or(0);
    Spots {
        share: counts.iter().sum::<usize>() as f64 / all().count() as f64,
        hottest: zones[hottest].clone(),
    }
}

fn zones(scene: &Scene) -> [Area; 4] {
    let apart = scene.eye_distance_px();
    let size = [scene.view.picture.width, scene.view.picture.height];
    let around = |at: [f32; 2], half: [f32; 2]| Area::around(at, half.map(|v| v * apart), size);
    [
        around(scene.beside_eyes(0.0, -0.62), [0.55, 0.2]),
        around(scene.landmark(NOSE), [0.16, 0.3]),
        around(scene.landmark(CHEEKS[0]), [0.28, 0.28]),
        around(scene.landmark(CHEEKS[1]), [0.28, 0.28]),
    ]
}

/// Mean linear light of each whole cell.
fn cells(scene: &Scene, zone: &Area) -> Vec<[f32; 3]> {
    let picture = &scene.view.picture;
    let mean = |x: usize, y: usize| {
        let mut sum = [0.0; 3];
        for row in y..y + CELL_PX {
            let from = (row * picture.width + x) * 3;
            for pixel in picture.rgb[from..from + 3 * CELL_PX].chunks_exact(3) {
                let light = linear([pixel[0], pixel[1], pixel[2]]);
                sum = [0, 1, 2].map(|k| sum[k] + light[k]);
            }
        }
        sum.map(|v| v / (CELL_PX * CELL_PX) as f32)
    };
    let rows = zone.rows().iter().step_by(CELL_PX);
    rows.filter(|[y, ..]| y + CELL_PX <= picture.height)
        .flat_map(|[y, from, to]| {
            let last = to.saturating_sub(CELL_PX - 1);
            (*from..last).step_by(CELL_PX).map(|x| mean(x, *y))
        })
        .collect()
}
