//! The same shot in small: no more sitters than show that the measurement works and nothing has slipped.

use accuracy::{analyzer, same_shot};
use analyzer::Profile;
use same_shot::Shots;

const SITTERS: usize = 6;
/// Bits that a match may differ in.
const SURE: u32 = 60;

#[test]
fn a_shot_is_known_again_and_the_next_one_is_another() {
    let shots = same_shot::look(SITTERS, &analyzer().unwrap(), &Profile::chsi_2017().unwrap()).unwrap();
    println!("{}", shots.table(SURE, SURE));
    let same = Shots::same(&shots.sitters);
    assert!(same.share(SURE) >= 0.95, "{:.3} of reuses known", same.share(SURE));
    assert_eq!(shots.moment_later().within(SURE), 0);
    assert_eq!(shots.weeks_later().within(SURE), 0);
    assert_eq!(Shots::strangers(&shots.sitters).within(SURE), 0);
}
