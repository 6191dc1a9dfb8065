//! The measurement in small, as a check: what would make a reviewer switch the machine off, or trust it blindly.

use accuracy::score::{everybody, geometry, scores};
use accuracy::{analyzer, table, take};
use analyzer::Profile;

const SITTERS: usize = 300;

#[test]
fn the_machine_neither_cries_wolf_nor_sleeps() {
    let plan = take::plan(SITTERS, &[]);
    let seen = take::look(&plan, &analyzer().unwrap(), &Profile::chsi_2017().unwrap(), |_| {}).unwrap();
    println!("{}", table::of(&seen));

    let all = everybody(&seen);
    assert!(
        all.failed * 100 <= all.conforming * 3,
        "{} of {} conforming sitters fail",
        all.failed,
        all.conforming
    );
    assert!(
        all.unsure * 100 <= all.conforming * 6,
        "{} of {} leave a doubt",
        all.unsure,
        all.conforming
    );
    assert!(
        all.caught * 100 >= all.plain * 95,
        "{} of {} plain defects caught",
        all.caught,
        all.plain
    );

    let scores = scores(&seen);
    let (fails, deserved) = scores
        .values()
        .fold((0, 0), |(f, d), score| (f + score.fails, d + score.deserved));
    assert!(deserved * 100 >= fails * 95, "{deserved} of {fails} fails are deserved");

    for (name, median, _) in geometry(&seen) {
        let most = match name {
            "worse eye, eye distances" => 0.03,
            "crown, px" => 4.0,
            "chin, px" | "face width, px" => 8.0,
            _ => 4.0,
        };
        assert!(median <= most, "{name}: {median:.3}");
    }
}
