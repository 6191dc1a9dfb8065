//! Plain backgrounds: a plane fitted to colours in CIELAB, and the crown as the first row that leaves it.

use crate::colour::{Lab, distance, labs};
use crate::picture::Pyramid;
use crate::report::Rect;

/// Root mean square distance (CIELAB) from the plane up to which colours are one plain background.
const PLAIN: f32 = 4.0;

/// The crown as the edge of a plain background: a plane is fitted to the border of a window over the head in CIELAB,
/// and the first row that leaves it is the crown. `None` where the border is not plain.
///
/// `window` reaches from above the head to the eyes; the head lies between the columns `head_x_px`. All in pixels of the
/// working picture.
pub fn crown_by_border(pyramid: &Pyramid, window: &Rect, head_x_px: [f64; 2]) -> Option<f64> {
    /// Cells across the window.
    const WIDTH: usize = 240;
    /// Cells of the border, at the top and at the sides.
    const BORDER: usize = 6;
    /// Cells side by side, each with two more below it, that make a head.
    const RUN: usize = 5;
    let step = window.width_px / WIDTH as f64;
    let height = (window.height_px / step) as usize;
    if height < 4 * BORDER {
        return None;
    }
    let view = pyramid.part(window, WIDTH, height);
    let colours = labs(&view.rgb);
    let at_border = |x: usize, y: usize| y < BORDER || !(BORDER..WIDTH - BORDER).contains(&x);
    let border: Vec<([f32; 2], Lab)> = (0..WIDTH * height)
        .map(|index| (index % WIDTH, index / WIDTH))
        .filter(|(x, y)| at_border(*x, *y))
        .map(|(x, y)| {
            (
                [x as f32 / WIDTH as f32, y as f32 / WIDTH as f32],
                colours[y * WIDTH + x],
            )
        })
        .collect();
    let (plane, rms) = Plane::fit(&border)?;
    if rms > PLAIN {
        return None;
    }
    let leaves = (4.0 * rms).max(7.0);
    let column = |x_px: f64| ((x_px - window.x_px) / step).clamp(0.0, WIDTH as f64) as usize;
    let columns = column(head_x_px[0])..column(head_x_px[1]);
    let off = |x: usize, y: usize| {
        distance(
            colours[y * WIDTH + x],
            plane.at([x as f32 / WIDTH as f32, y as f32 / WIDTH as f32]),
        ) > leaves
    };
    (0..height.saturating_sub(2))
        .find(|y| {
            let mut run = 0;
            columns.clone().any(|x| {
                run = if (0..3).all(|dy| off(x, y + dy)) { run + 1 } else { 0 };
                run >= RUN
            })
        })
        .map(|y| window.y_px + y as f64 * step)
}

/// L*, a* and b*, each c₀ + c₁x + c₂y.
pub struct Plane([[f32; 3]; 3]);

impl Plane {
    pub fn at(&self, [x, y]: [f32; 2]) -> Lab {
        self.0.map(|[c0, c1, c2]| c0 + c1 * x + c2 * y)
    }

    /// Least squares, twice: the second time without what the first left far off. With the distance that remains.
    pub fn fit(samples: &[([f32; 2], Lab)]) -> Option<(Self, f32)> {
        let first = Self::through(samples)?;
        let rms = first.rms(samples);
        let near: Vec<_> = samples
            .iter()
            .filter(|(at, colour)| distance(*colour, first.at(*at)) <= 2.0 + 2.0 * rms)
            .copied()
            .collect();
        // Where much was far off, the border is not one surface.
        if near.len() * 5 < samples.len() * 4 {
            return None;
        }
        let second = Self::through(&near)?;
        let rms = second.rms(&near);
        Some((second, rms))
    }

    /// Least squares through the lit part of one ground, whatever else is in sight: what is far from it is left out, and
    /// what is darker sooner, because shadows only darken. With the distance that remains.
    pub fn lit(samples: &[([f32; 2], Lab)]) -> Option<(Self, f32)> {
        /// CIELAB distance from the median up to which a colour is taken for the ground at first.
        const FIRST: f32 = 14.0;
        const ROUNDS: usize = 6;
        if samples.is_empty() {
            return None;
        }
        let median: Lab = std::array::from_fn(|k| {
            let mut values: Vec<f32> = samples.iter().map(|(_, colour)| colour[k]).collect();
            let middle = values.len() / 2;
            *values.select_nth_unstable_by(middle, f32::total_cmp).1
        });
        let mut plane = Self(median.map(|v| [v, 0.0, 0.0]));
        let (mut reach, mut rms) = (FIRST, 0.0);
        for _ in 0..ROUNDS {
            let near: Vec<_> = samples
                .iter()
                .filter(|(at, colour)| {
                    let ground = plane.at(*at);
                    distance(*colour, ground) <= reach && ground[0] - colour[0] <= reach / 2.0
                })
                .copied()
                .collect();
            plane = Self::through(&near)?;
            rms = plane.rms(&near);
            reach = (2.5 * rms).max(2.0);
        }
        Some((plane, rms))
    }

    fn rms(&self, samples: &[([f32; 2], Lab)]) -> f32 {
        let sum: f32 = samples
            .iter()
            .map(|(at, colour)| distance(*colour, self.at(*at)).powi(2))
            .sum();
        (sum / samples.len().max(1) as f32).sqrt()
    }

    fn through(samples: &[([f32; 2], Lab)]) -> Option<Self> {
        let mut normal = [[0f64; 3]; 3];
        let mut right = [[0f64; 3]; 3];
        for ([x, y], colour) in samples {
            let row = [1.0, f64::from(*x), f64::from(*y)];
            for i in 0..3 {
                for j in 0..3 {
                    normal[i][j] += row[i] * row[j];
                    right[j][i] += row[i] * f64::from(colour[j]);
                }
            }
        }
        let solved = right.map(|column| solve(normal, column));
        let [Some(l), Some(a), Some(b)] = solved else {
            return None;
        };
        Some(Self([l, a, b].map(|c| c.map(|v| v as f32))))
    }
}

/// Cramer's rule.
fn solve(m: [[f64; 3]; 3], right: [f64; 3]) -> Option<[f64; 3]> {
    let det = |m: [[f64; 3]; 3]| {
        m[0][0] * (m[1][1] * m[2][2] - m[1][2] * m[2][1]) - m[0][1] * (m[1][0] * m[2][2] - m[1][2] * m[2][0])
            + m[0][2] * (m[1][0] * m[2][1] - m[1][1] * m[2][0])
    };
    let whole = det(m);
    if whole.abs() < 1e-9 {
        return None;
    }
    Some(std::array::from_fn(|k| {
        let mut with = m;
        for i in 0..3 {
            with[i][k] = right[i];
        }
        det(with) / whole
    }))
}
