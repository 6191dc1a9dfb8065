//! Whether others handed in the same shot (同版). The backend knows every photo, so it is asked for each one in hand, as
//! soon as that is judged; while it is away the rule stays unjudged, and is judged when it is back. Where the same shot
//! comes later, the backend says so with the queue, and the photo is compared once more.

use crate::background::in_background;
use crate::judge::Judge;
use crate::view::Connection;
use crate::{Desk, Error};
use analyzer::Profile;
use analyzer::report::{Geometry, Point, Report};
use analyzer::same_shot::{Portrait, REACH_BITS, compare, has_rule, is_near};
use client::{Session, Shot};
use domain::{Eyes, ShotMatch, Spot, Submission};
use std::sync::Arc;

/// Photos of so many matches are kept, so that they stand beside this one whatever happens to the line.
const KEPT: usize = 2;

impl Desk {
    pub(crate) fn is_online(&self) -> bool {
        self.state().connection == Connection::Online
    }

    /// Judges the rule in the report; who else handed in the same shot, the least moved first. The backend names whose
    /// fingerprint is near; what that is worth the two photos say. `None`: nobody answered, or a photo did not come, and
    /// the rule is not judged.
    pub(crate) async fn compare_shot(
        &self,
        submission: &Submission,
        photo: &[u8],
        report: &mut Report,
        remote: Option<&Session>,
        judge: &dyn Judge,
    ) -> Result<Option<Vec<ShotMatch>>, Error> {
        let (Some(print), Some(geometry)) = (&report.shot, &report.geometry) else {
            return Ok(Some(Vec::new()));
        };
        let Some(profile) = judge.profile(&report.profile.code) else {
            return Ok(Some(Vec::new()));
        };
        let Some(remote) = remote.filter(|_| self.is_online()) else {
            return Ok(None);
        };
        // Also under a profile without the rule: others' photos are compared with this one.
        let within_bits = if has_rule(&profile) { REACH_BITS } else { 0 };
        let shot = Shot {
            version: print.version,
            bits: print.bits.clone(),
            eyes: eyes(geometry),
            within_bits,
        };
        let named = match self.heard(remote.send_shot(submission.id, &shot).await) {
            Ok(named) if has_rule(&profile) => named,
            Ok(_) => Vec::new(),
            Err(error) => {
                tracing::warn!(submission = %submission.id, %error, "a shot could not be compared");
                return Ok(None);
            }
        };
        let Some(near) = self.laid_over(photo, eyes(geometry), named, remote, &profile).await? else {
            return Ok(None);
        };
        for (one, bytes) in near.iter().take(KEPT) {
            self.store().keep_photo(&one.photo_sha256, bytes).await?;
        }
        let least = near.first().and_then(|(one, _)| one.moved_percent);
        compare(report, least, &profile);
        Ok(Some(near.into_iter().map(|(one, _)| one).collect()))
    }

    /// Those of the named against which the features have hardly moved, the least moved first, with their photos.
    async fn laid_over(
        &self,
        photo: &[u8],
        eyes: Eyes,
        named: Vec<ShotMatch>,
        remote: &Session,
        profile: &Profile,
    ) -> Result<Option<Vec<(ShotMatch, Arc<Vec<u8>>)>>, Error> {
        let mut near = Vec::new();
        if named.is_empty() {
            return Ok(Some(near));
        }
        let photo = Arc::new(photo.to_vec());
        let Some(this) = opened(photo, eyes).await? else {
            return Ok(Some(near));
        };
        for mut one in named {
            let Some(bytes) = self.photo_of_named(&one, remote).await? else {
                return Ok(None);
            };
            let Some(other) = opened(Arc::clone(&bytes), one.eyes).await? else {
                continue;
            };
            let this = Arc::clone(&this);
            one.moved_percent = in_background("comparing two photos", move || this.moved_percent(&other)).await?;
            if one.moved_percent.is_some_and(|moved| is_near(moved, profile)) {
                near.push((one, bytes));
            }
        }
        let moved = |one: &ShotMatch| one.moved_percent.unwrap_or(f64::INFINITY);
        near.sort_by(|(a, _), (b, _)| moved(a).total_cmp(&moved(b)));
        Ok(Some(near))
    }

    /// `None` where it does not come now.
    async fn photo_of_named(&self, one: &ShotMatch, remote: &Session) -> Result<Option<Arc<Vec<u8>>>, Error> {
        if let Some(bytes) = self.store().photo(&one.photo_sha256).await? {
            return Ok(Some(Arc::new(bytes)));
        }
        let photo = remote.photo_of(one.submission, &one.photo_sha256, one.photo_bytes);
        match self.heard(photo.await) {
            Ok(bytes) => Ok(Some(Arc::new(bytes))),
            Err(error) => {
                tracing::warn!(submission = %one.submission, %error, "a photo to compare with could not be got");
                Ok(None)
            }
        }
    }
}

/// What can't be read is no same shot.
async fn opened(photo: Arc<Vec<u8>>, eyes: Eyes) -> Result<Option<Arc<Portrait>>, Error> {
    let eyes = [eyes.left_eye_px, eyes.right_eye_px].map(|Spot { x_px, y_px }| Point { x_px, y_px });
    let opened = in_background("opening a photo", move || Portrait::open(&photo, eyes).ok());
    Ok(opened.await?.map(Arc::new))
}

fn eyes(geometry: &Geometry) -> Eyes {
    let spot = |Point { x_px, y_px }| Spot { x_px, y_px };
    Eyes {
        left_eye_px: spot(geometry.left_eye_px),
        right_eye_px: spot(geometry.right_eye_px),
    }
}
