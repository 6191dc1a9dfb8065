//! The skin's distance from the middle of the head, by direction: what hair lies on.

use crate::math::{V3, mix, v3};
use std::f32::consts::{PI, TAU};

pub const CENTRE: V3 = v3(0.0, -0.22, 1.18);
const ROWS: usize = 48;
const COLUMNS: usize = 80;

/// How far the skin is from the middle of the head, by direction.
pub struct Skull {
    radius: Vec<f32>,
}

impl Skull {
    pub fn of(points: &[V3]) -> Skull {
        let mut sum = vec![(0.0f32, 0.0f32); ROWS * COLUMNS];
        for p in points {
            let d = *p - CENTRE;
            let (row, column) = Skull::cell(d);
            let k = (row as usize).min(ROWS - 1) * COLUMNS + column as usize % COLUMNS;
            sum[k].0 += d.length();
            sum[k].1 += 1.0;
        }
        // Empty cells take their neighbours' mean, again and again.
        for _ in 0..24 {
            let before = sum.clone();
            for r in 0..ROWS {
                for c in 0..COLUMNS {
                    let k = r * COLUMNS + c;
                    if before[k].1 > 0.0 {
                        continue;
                    }
                    let around = [
                        (r.saturating_sub(1), c),
                        ((r + 1).min(ROWS - 1), c),
                        (r, (c + 1) % COLUMNS),
                        (r, (c + COLUMNS - 1) % COLUMNS),
                    ];
                    for (rr, cc) in around {
                        let b = before[rr * COLUMNS + cc];
                        if b.1 > 0.0 {
                            sum[k].0 += b.0 / b.1;
                            sum[k].1 += 1.0;
                        }
                    }
                }
            }
        }
        Skull {
            radius: sum
                .into_iter()
                .map(|(s, n)| if n > 0.0 { s / n } else { 1.4 })
                .collect(),
        }
    }

    fn cell(d: V3) -> (f32, f32) {
        let polar = (-d.y / d.length().max(1e-6)).clamp(-1.0, 1.0).acos();
        let around = d.x.atan2(-d.z);
        (polar / PI * ROWS as f32, (around / TAU + 0.5) * COLUMNS as f32)
    }

    pub fn radius(&self, d: V3) -> f32 {
        let (row, column) = Skull::cell(d);
        let (y, x) = (
            (row - 0.5).clamp(0.0, ROWS as f32 - 1.001),
            column - 0.5 + COLUMNS as f32,
        );
        let (i, j) = (y as usize, x as usize);
        let (fy, fx) = (y - i as f32, x - j as f32);
        let at = |r: usize, c: usize| self.radius[r * COLUMNS + c % COLUMNS];
        mix(
            mix(at(i, j), at(i, j + 1), fx),
            mix(at(i + 1, j), at(i + 1, j + 1), fx),
            fy,
        )
    }
}
