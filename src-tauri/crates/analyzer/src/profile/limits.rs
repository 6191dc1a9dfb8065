//! The kinds of limit that every section uses.

use serde::Deserialize;

/// From `min` to `max` is right; up to `doubt` outside nobody can tell from the measurement; beyond is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(try_from = "RawBand")]
pub struct Band {
    pub min: f64,
    pub max: f64,
    pub doubt: f64,
}

/// Up to `pass` is right, above `fail` is wrong, between is a warning.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(try_from = "RawLimit")]
pub struct Limit {
    pub pass: f64,
    pub fail: f64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawBand {
    min: f64,
    max: f64,
    doubt: f64,
}

impl TryFrom<RawBand> for Band {
    type Error = &'static str;

    fn try_from(RawBand { min, max, doubt }: RawBand) -> Result<Self, Self::Error> {
        // Written so that NaN and infinity fail too.
        if !(min < max && max.is_finite() && min.is_finite()) {
            return Err("min must be below max");
        }
        if !(doubt >= 0.0 && doubt.is_finite()) {
            return Err("doubt must be 0 or more");
        }
        Ok(Self { min, max, doubt })
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawLimit {
    pass: f64,
    fail: f64,
}

impl TryFrom<RawLimit> for Limit {
    type Error = &'static str;

    fn try_from(RawLimit { pass, fail }: RawLimit) -> Result<Self, Self::Error> {
        if !(pass >= 0.0 && pass <= fail && fail.is_finite()) {
            return Err("pass must be 0 or more and not above fail");
        }
        Ok(Self { pass, fail })
    }
}
