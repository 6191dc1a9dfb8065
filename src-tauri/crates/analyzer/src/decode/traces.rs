//! Blocks of an earlier compression, in the pixels as the file holds them: measured before anything is shrunk or turned.
//! Must not live here: how much of it is too much.

/// No more of a large photo than its middle is looked at.
const SIDE_MAX_PX: usize = 1024;
/// Less than this tells nothing.
const SIDE_MIN_PX: usize = 64;
/// JPEG's blocks.
const BLOCK_PX: usize = 8;
/// Mean step between neighbours below which there is nothing to compare with, of 255.
const STEP_MIN: f64 = 0.05;

/// A picture that was compressed, cut or laid on a page and compressed again shows the first grid of 8 × 8 blocks
/// beside the file's own: the step at the borders of that grid beyond the steps beside them, over the mean step of the
/// picture; the weaker direction of the strongest grid that does not begin at the picture's corner. `None` where the
/// picture is too small to tell. This project's own measure.
///
/// `luma` gives the brightness of a stored pixel, 0 … 255.
pub fn other_grid(width: usize, height: usize, luma: impl Fn(usize, usize) -> u8) -> Option<f64> {
    if width.min(height) < SIDE_MIN_PX {
        return None;
    }
    // In whole blocks from the corner, so that the file's own grid stays where it is.
    let middle = |size: usize| {
        let taken = size.min(SIDE_MAX_PX);
        ((size - taken) / 2 / BLOCK_PX * BLOCK_PX, taken)
    };
    let ((left, width), (top, height)) = (middle(width), middle(height));
    let (mut across, mut down) = (vec![0u32; width], vec![0u32; height]);
    let mut above: Vec<u8> = Vec::new();
    for (y, moved) in down.iter_mut().enumerate() {
        let row: Vec<u8> = (0..width).map(|x| luma(left + x, top + y)).collect();
        for (sum, pair) in across[1..].iter_mut().zip(row.windows(2)) {
            *sum += u32::from(pair[0].abs_diff(pair[1]));
        }
        *moved = row.iter().zip(&above).map(|(a, b)| u32::from(a.abs_diff(*b))).sum();
        above = row;
    }
    Some(stands_out(&across, height).min(stands_out(&down, width)))
}

/// `steps`: sums of `count` differences between each line and the one before it.
fn stands_out(steps: &[u32], count: usize) -> f64 {
    let step = |at: usize| f64::from(steps[at]) / count as f64;
    let mean = (1..steps.len()).map(step).sum::<f64>() / steps.len() as f64;
    let grids = (1..BLOCK_PX).map(|begin| {
        let borders = (2..steps.len() - 1).filter(|at| at % BLOCK_PX == begin);
        // The median: an edge of the picture is no grid.
        median(
            borders
                .map(|at| step(at) - (step(at - 1) + step(at + 1)) / 2.0)
                .collect(),
        )
    });
    grids.fold(0.0, f64::max) / mean.max(STEP_MIN)
}

fn median(mut values: Vec<f64>) -> f64 {
    let middle = values.len() / 2;
    if values.is_empty() {
        return 0.0;
    }
    *values.select_nth_unstable_by(middle, f64::total_cmp).1
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Texture under a grid that begins at `begin`, `height` levels high.
    fn grid(begin: usize, height: u8) -> f64 {
        let step = |at: usize| (at + BLOCK_PX - begin) / BLOCK_PX % 2;
        let luma = |x: usize, y: usize| {
            let noise = (((x * 7919) ^ (y * 104_729)).wrapping_mul(2_654_435_761) >> 7) & 3;
            100 + noise as u8 + height * (step(x) + step(y)) as u8
        };
        other_grid(200, 240, luma).unwrap()
    }

    #[test]
    fn a_grid_shows_only_where_it_is_another_than_the_files_own() {
        assert!(grid(0, 6) < 0.1, "{}", grid(0, 6));
        for begin in 1..BLOCK_PX {
            assert!(grid(begin, 6) > 0.5, "{begin}: {}", grid(begin, 6));
        }
        assert!(grid(3, 0) < 0.2, "{}", grid(3, 0));
    }

    #[test]
    fn a_tiny_picture_tells_nothing() {
        assert_eq!(other_grid(63, 640, |_, _| 0), None);
        assert_eq!(other_grid(64, 64, |_, _| 0), Some(0.0));
    }
}
