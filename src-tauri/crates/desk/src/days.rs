//! Days as the photo centre counts them.

use chrono::{DateTime, Days, NaiveDate, NaiveTime, Offset, TimeDelta, Utc};
use domain::calendar::shanghai;
use store::EntrySpan;

pub(crate) fn day_of(at: DateTime<Utc>) -> NaiveDate {
    shanghai(at).date_naive()
}

/// Midnight in Asia/Shanghai.
pub(crate) fn begin_of(day: NaiveDate) -> DateTime<Utc> {
    let midnight = day.and_time(NaiveTime::MIN).and_utc();
    midnight - TimeDelta::seconds(shanghai(midnight).offset().fix().local_minus_utc().into())
}

/// From the first moment of `from` until the last of `to`.
pub(crate) fn span(from: NaiveDate, to: NaiveDate) -> EntrySpan {
    EntrySpan {
        from: begin_of(from),
        until: begin_of(to.checked_add_days(Days::new(1)).unwrap_or(to)),
    }
}
