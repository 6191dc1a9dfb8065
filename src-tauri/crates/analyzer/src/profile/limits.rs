//! The kinds of limit that every section uses.

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, Error, MapAccess, Visitor, value::MapAccessDeserializer};

/// From `min` to `max` is right; up to `doubt` outside nobody can tell from the measurement; beyond is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(try_from = "RawBand")]
pub struct Band {
    pub min: f64,
    pub max: f64,
    pub doubt: f64,
}

impl Band {
    pub fn scaled(&self, by: f64) -> Self {
        Self {
            min: self.min * by,
            max: self.max * by,
            doubt: self.doubt * by,
        }
    }
}

/// From `min` up is right; up to `doubt` below nobody can tell from the measurement; lower is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(try_from = "RawFloor")]
pub struct Floor {
    pub min: f64,
    pub doubt: f64,
}

impl Floor {
    pub fn band(&self) -> Band {
        Band {
            min: self.min,
            max: f64::INFINITY,
            doubt: self.doubt,
        }
    }
}

/// Up to `pass` is right, above `fail` is wrong, between is a warning.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(try_from = "RawLimit")]
pub struct Limit {
    pub pass: f64,
    pub fail: f64,
}

/// From `pass` up is right, below `fail` is wrong, between is a warning.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(try_from = "RawLimit")]
pub struct Least {
    pub pass: f64,
    pub fail: f64,
}

/// A whole number above 0, or any from `min` to `max`: `300` or `{ min = 300, max = 600 }`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    pub min: u32,
    pub max: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawBand {
    min: f64,
    max: f64,
    doubt: f64,
}

impl TryFrom<RawBand> for Band {
    type Error = String;

    fn try_from(RawBand { min, max, doubt }: RawBand) -> Result<Self, Self::Error> {
        // Written so that NaN and infinity fail too.
        if !(min < max && max.is_finite() && min.is_finite()) {
            return Err(format!("min must be below max, here they are {min} and {max}"));
        }
        sensible(doubt)?;
        Ok(Self { min, max, doubt })
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFloor {
    min: f64,
    doubt: f64,
}

impl TryFrom<RawFloor> for Floor {
    type Error = String;

    fn try_from(RawFloor { min, doubt }: RawFloor) -> Result<Self, Self::Error> {
        if !min.is_finite() {
            return Err(format!("min must be a number, here it is {min}"));
        }
        sensible(doubt)?;
        Ok(Self { min, doubt })
    }
}

fn sensible(doubt: f64) -> Result<(), String> {
    if doubt >= 0.0 && doubt.is_finite() {
        Ok(())
    } else {
        Err(format!("doubt must be 0 or more, here it is {doubt}"))
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawLimit {
    pass: f64,
    fail: f64,
}

impl TryFrom<RawLimit> for Limit {
    type Error = String;

    fn try_from(RawLimit { pass, fail }: RawLimit) -> Result<Self, Self::Error> {
        if !(pass >= 0.0 && pass <= fail && fail.is_finite()) {
            return Err(format!(
                "pass must be 0 or more and not above fail, here they are {pass} and {fail}"
            ));
        }
        Ok(Self { pass, fail })
    }
}

impl<'de> Deserialize<'de> for Span {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(SpanVisitor)
    }
}

struct SpanVisitor;

impl<'de> Visitor<'de> for SpanVisitor {
    type Value = Span;

    fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str("a whole number above 0, or { min = …, max = … }")
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Span, E> {
        let value = u32::try_from(value).map_err(|_| E::custom(format!("must be above 0, here it is {value}")))?;
        span(value, value).map_err(E::custom)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Span, A::Error> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Sides {
            min: u32,
            max: u32,
        }
        let Sides { min, max } = Sides::deserialize(MapAccessDeserializer::new(map))?;
        span(min, max).map_err(A::Error::custom)
    }
}

fn span(min: u32, max: u32) -> Result<Span, String> {
    match (min, max) {
        (0, _) => Err("must be above 0".to_owned()),
        (min, max) if min > max => Err(format!("min must not be above max, here they are {min} and {max}")),
        (min, max) => Ok(Span { min, max }),
    }
}

impl TryFrom<RawLimit> for Least {
    type Error = &'static str;

    fn try_from(RawLimit { pass, fail }: RawLimit) -> Result<Self, Self::Error> {
        if !(fail >= 0.0 && fail <= pass && pass.is_finite()) {
            return Err("fail must be 0 or more and not above pass");
        }
        Ok(Self { pass, fail })
    }
}
