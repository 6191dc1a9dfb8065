//! The figures of the README, printed. Nothing here is asserted: a figure is to be read, and this machine may be busy.

mod day;
mod photos;
mod pixels;
mod processes;
mod sitters;

/// The value below which that share of the values lies.
fn quantile(values: &mut [f64], share: f64) -> f64 {
    values.sort_by(f64::total_cmp);
    let last = values.len().saturating_sub(1);
    values
        .get((last as f64 * share).round() as usize)
        .copied()
        .unwrap_or(f64::NAN)
}
