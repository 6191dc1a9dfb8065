//! `[integrity]`: signs that the photo is not as the camera made it. An absent limit is a rule that the standard lacks.

use serde::Deserialize;

use super::{Least, Limit};

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IntegrityLimits {
    /// Peak of the spectrum, decibels.
    pub pattern_db: Option<Limit>,
    /// Sides with a straight edge along them.
    pub print_sides: Option<Limit>,
    /// Of the photo's width.
    pub border_percent: Option<Limit>,
    /// In the longest row.
    pub text_signs: Option<Limit>,
    /// Movement of the features against another photo's, of the distance between the eyes.
    pub same_shot_moved_percent: Option<Least>,
}
