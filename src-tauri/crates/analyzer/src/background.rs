//! What lies behind the person: its colour, its evenness, its texture; and the crown as the background's edge sees it.
//! Must not live here: which colours are allowed and how uneven is too uneven.

use crate::colour::{Lab, ciede2000, distance, lab, luminance};
use crate::face::Mask;
use crate::picture::{Picture, Pyramid};
use crate::report::Rect;

/// Below this probability a pixel is background.
const BACKGROUND: f32 = 0.1;
/// The person is grown by this share of the crop's width before the rest counts as background: hair, soft edges.
const MARGIN: f64 = 0.025;
/// With less of the crop than this there is nothing to judge.
const SHARE_MIN: f64 = 0.02;
/// Side of the blocks that evenness compares, in pixels of the view.
const BLOCK_PX: usize = 16;

/// The background of a crop, measured on a view of `width` × `height`.
pub struct Background {
    pub colour: Lab,
    /// CIEDE2000 between the two blocks that differ most.
    pub range: f64,
    /// Those blocks, in pixels of the working picture.
    pub extremes: [Rect; 2],
    /// Mean Sobel gradient (3 × 3, unnormalised) of linear luminance, 0 … 255, a pixel of the view.
    pub gradient: f64,
    /// Part of the crop that is background.
    pub share: f64,
    /// Bounding box of what was judged, in pixels of the working picture.
    pub bounds: Rect,
}

/// `crop` and `chin_y_px` in pixels of the working picture: below the chin the mask's edge follows clothes too loosely.
pub fn measure(
    pyramid: &Pyramid,
    crop: &Rect,
    mask: &Mask,
    chin_y_px: f64,
    [width, height]: [usize; 2],
) -> Option<Background> {
    let view = pyramid.part(crop, width, height);
    let step = [crop.width_px / width as f64, crop.height_px / height as f64];
    let place = |x: usize, y: usize, w: usize, h: usize| Rect {
        x_px: crop.x_px + x as f64 * step[0],
        y_px: crop.y_px + y as f64 * step[1],
        width_px: w as f64 * step[0],
        height_px: h as f64 * step[1],
    };
    let rows = ((chin_y_px - crop.y_px) / step[1]).clamp(0.0, height as f64) as usize;
    let mut person = vec![true; width * height];
    for y in 0..rows {
        for x in 0..width {
            let at = place(x, y, 1, 1);
            let at = [(at.x_px + step[0] / 2.0) as f32, (at.y_px + step[1] / 2.0) as f32];
            person[y * width + x] = mask.person_at(at).is_none_or(|p| p >= BACKGROUND);
        }
    }
    let behind: Vec<bool> = grow(&person, width, (MARGIN * width as f64).ceil() as usize)
        .iter()
        .map(|p| !p)
        .collect();
    let count = behind.iter().filter(|b| **b).count();
    let share = count as f64 / behind.len() as f64;
    if share < SHARE_MIN {
        return None;
    }

    let mut blocks = Blocks::new(width, rows);
    let (mut low, mut high) = ([width, height], [0, 0]);
    for (index, _) in behind.iter().enumerate().filter(|(_, b)| **b) {
        let (x, y) = (index % width, index / width);
        blocks.add(x, y, lab(view.pixel(x, y)));
        (low, high) = ([low[0].min(x), low[1].min(y)], [high[0].max(x + 1), high[1].max(y + 1)]);
    }
    let (range, [a, b]) = blocks.extremes()?;
    let block = |[x, y]: [usize; 2]| place(x * BLOCK_PX, y * BLOCK_PX, BLOCK_PX, BLOCK_PX);
    Some(Background {
        colour: blocks.mean(),
        range,
        extremes: [block(a), block(b)],
        gradient: mean_gradient(&view, &behind),
        share,
        bounds: place(low[0], low[1], high[0] - low[0], high[1] - low[1]),
    })
}

/// Every place within `radius` (a square) of a true one.
fn grow(cells: &[bool], width: usize, radius: usize) -> Vec<bool> {
    let spread = |line: &mut dyn Iterator<Item = usize>, from: &[bool], to: &mut [bool]| {
        let places: Vec<usize> = line.collect();
        let mut reach = 0;
        for ahead in 0..places.len() + radius {
            if ahead < places.len() && from[places[ahead]] {
                reach = ahead + 2 * radius + 1;
            }
            if let Some(at) = ahead.checked_sub(radius) {
                to[places[at]] = ahead < reach;
            }
        }
    };
    let height = cells.len() / width;
    let mut across = vec![false; cells.len()];
    for y in 0..height {
        spread(&mut (y * width..(y + 1) * width), cells, &mut across);
    }
    let mut both = vec![false; cells.len()];
    for x in 0..width {
        spread(&mut (x..cells.len()).step_by(width), &across, &mut both);
    }
    both
}

/// Mean gradient over the background as ISO/IEC 29794-5 defines its uniformity.
fn mean_gradient(view: &Picture, behind: &[bool]) -> f64 {
    let (width, height) = (view.width, view.height);
    let light: Vec<f32> = view
        .rgb
        .chunks_exact(3)
        .map(|pixel| 255.0 * luminance([pixel[0], pixel[1], pixel[2]]))
        .collect();
    let (mut sum, mut count) = (0.0, 0u32);
    for y in 1..height - 1 {
        for x in 1..width - 1 {
            if !behind[y * width + x] {
                continue;
            }
            let at = |dx: usize, dy: usize| light[(y + dy - 1) * width + x + dx - 1];
            let across = at(2, 0) + 2.0 * at(2, 1) + at(2, 2) - at(0, 0) - 2.0 * at(0, 1) - at(0, 2);
            let down = at(0, 2) + 2.0 * at(1, 2) + at(2, 2) - at(0, 0) - 2.0 * at(1, 0) - at(2, 0);
            sum += f64::from(across.hypot(down));
            count += 1;
        }
    }
    sum / f64::from(count.max(1))
}

/// Sums of the background's colour, block by block.
struct Blocks {
    across: usize,
    sums: Vec<([f32; 3], u32)>,
}

impl Blocks {
    fn new(width: usize, height: usize) -> Self {
        let across = width.div_ceil(BLOCK_PX);
        Self {
            across,
            sums: vec![([0.0; 3], 0); across * height.div_ceil(BLOCK_PX).max(1)],
        }
    }

    fn add(&mut self, x: usize, y: usize, colour: Lab) {
        let (sum, count) = &mut self.sums[y / BLOCK_PX * self.across + x / BLOCK_PX];
        *count += 1;
        for k in 0..3 {
            sum[k] += colour[k];
        }
    }

    fn mean(&self) -> Lab {
        let count: u32 = self.sums.iter().map(|(_, count)| count).sum();
        std::array::from_fn(|k| self.sums.iter().map(|(sum, _)| sum[k]).sum::<f32>() / count.max(1) as f32)
    }

    /// Of the blocks that are at least half background: the pair of extremes in L*, a* or b* that differs most.
    fn extremes(&self) -> Option<(f64, [[usize; 2]; 2])> {
        let full: Vec<([usize; 2], Lab)> = self
            .sums
            .iter()
            .enumerate()
            .filter(|(_, (_, count))| *count as usize >= BLOCK_PX * BLOCK_PX / 2)
            .map(|(index, (sum, count))| {
                (
                    [index % self.across, index / self.across],
                    sum.map(|v| v / *count as f32),
                )
            })
            .collect();
        (0..3)
            .filter_map(|k| {
                let least = full.iter().min_by(|a, b| a.1[k].total_cmp(&b.1[k]))?;
                let most = full.iter().max_by(|a, b| a.1[k].total_cmp(&b.1[k]))?;
                Some((ciede2000(least.1, most.1), [most.0, least.0]))
            })
            .max_by(|a, b| a.0.total_cmp(&b.0))
    }
}

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
    /// Root mean square distance (CIELAB) from the plane up to which a border is plain.
    const PLAIN: f32 = 4.0;
    /// Cells side by side, each with two more below it, that make a head.
    const RUN: usize = 5;
    let step = window.width_px / WIDTH as f64;
    let height = (window.height_px / step) as usize;
    if height < 4 * BORDER {
        return None;
    }
    let view = pyramid.part(window, WIDTH, height);
    let colours: Vec<Lab> = view
        .rgb
        .chunks_exact(3)
        .map(|pixel| lab([pixel[0], pixel[1], pixel[2]]))
        .collect();
    let at_border = |x: usize, y: usize| y < BORDER || x < BORDER || x >= WIDTH - BORDER;
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
struct Plane([[f32; 3]; 3]);

impl Plane {
    fn at(&self, [x, y]: [f32; 2]) -> Lab {
        self.0.map(|[c0, c1, c2]| c0 + c1 * x + c2 * y)
    }

    /// Least squares, twice: the second time without what the first left far off. With the distance that remains.
    fn fit(samples: &[([f32; 2], Lab)]) -> Option<(Self, f32)> {
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
