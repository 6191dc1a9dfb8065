//! Whether others handed in the same shot (同版). The backend knows every photo, so it is asked for each one in hand, as
//! soon as that is judged; while it is away the rule stays unjudged, and is judged when it is back.

use crate::judge::Judge;
use crate::view::Connection;
use crate::{Desk, Error};
use analyzer::report::{Point, Report};
use analyzer::same_shot::{compare, reach_bits};
use client::{Session, Shot};
use domain::{Eyes, ShotMatch, Spot, Submission};

/// Photos of so many matches are fetched at once, so that they stand beside this one whatever happens to the line.
const FETCHED: usize = 2;

impl Desk {
    pub(crate) fn is_online(&self) -> bool {
        self.state().connection == Connection::Online
    }

    /// Judges the rule in the report; who else handed in the same shot, the nearest first. `None`: nobody answered, and the
    /// rule is not judged.
    pub(crate) async fn compare_shot(
        &self,
        submission: &Submission,
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
        let reach = reach_bits(&profile);
        let shot = Shot {
            version: print.version,
            bits: print.bits.clone(),
            eyes: Eyes {
                left_eye_px: spot(geometry.left_eye_px),
                right_eye_px: spot(geometry.right_eye_px),
            },
            within_bits: reach.map_or(0, |[_, doubt]| doubt),
        };
        let mut matches = match self.heard(remote.send_shot(submission.id, &shot).await) {
            Ok(matches) => matches,
            Err(error) => {
                tracing::warn!(submission = %submission.id, %error, "a shot could not be compared");
                return Ok(None);
            }
        };
        if reach.is_none() {
            matches.clear();
        }
        compare(report, matches.first().map(|nearest| nearest.distance_bits), &profile);
        for near in matches.iter().take(FETCHED) {
            self.fetch_match(near, remote).await?;
        }
        Ok(Some(matches))
    }

    /// What does not come now comes when it is looked at.
    async fn fetch_match(&self, near: &ShotMatch, remote: &Session) -> Result<(), Error> {
        if self.store().has_photo(&near.photo_sha256).await? {
            return Ok(());
        }
        let photo = remote.photo_of(near.submission, &near.photo_sha256, near.photo_bytes);
        match self.heard(photo.await) {
            Ok(bytes) => Ok(self.store().keep_photo(&near.photo_sha256, &bytes).await?),
            Err(error) => {
                tracing::warn!(submission = %near.submission, %error, "the photo of a match could not be got");
                Ok(())
            }
        }
    }
}

fn spot(at: Point) -> Spot {
    Spot {
        x_px: at.x_px,
        y_px: at.y_px,
    }
}
