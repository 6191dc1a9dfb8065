//! The same shot in small: no more sitters than show that the measurement works and nothing has slipped.

use accuracy::{analyzer, same_shot};
use analyzer::Profile;
use same_shot::Shots;

const SITTERS: usize = 6;

#[test]
fn a_shot_is_known_again_and_the_next_one_is_another() {
    let profile = Profile::chsi_2017().unwrap();
    let limit = profile.integrity.same_shot_moved_percent.unwrap();
    let (sure, doubt) = (limit.fail, limit.pass);
    let shots = same_shot::look(SITTERS, &analyzer().unwrap(), &profile).unwrap();
    println!("{}", shots.table(sure, doubt));
    let same = Shots::same(&shots.sitters);
    assert!(same.share(sure) >= 0.97, "{:.3} of reuses known", same.share(sure));
    assert!(same.share(doubt) >= 0.98, "{:.3} of reuses seen", same.share(doubt));
    assert_eq!(shots.moment_later().below(sure), 0);
    assert_eq!(shots.weeks_later().below(sure), 0);
    assert_eq!(shots.strangers.below(doubt), 0);
}
