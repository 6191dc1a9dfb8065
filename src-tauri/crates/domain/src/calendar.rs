//! Working days, opening hours and the clocks that run on them, all in Asia/Shanghai.
//!
//! A working day is Monday to Friday and not a statutory holiday; a make-up workday (调休) counts only where the
//! calendar says so. A submission that arrives outside working hours counts as received when the next working period
//! opens; the day of receipt is day 0; a clock of N working days runs out at closing time of the Nth working day after.

use chrono::{DateTime, Datelike, Days, FixedOffset, NaiveDate, NaiveTime, TimeZone, Utc, Weekday};
use serde::{Deserialize, Serialize};
use specta::Type;
use std::collections::{BTreeMap, BTreeSet};
use utoipa::ToSchema;

/// Asia/Shanghai has been eight hours ahead of UTC without daylight saving since 1991.
const SHANGHAI_OFFSET_S: i32 = 8 * 3600;

/// The wall clock of the photo centre.
pub fn shanghai(at: DateTime<Utc>) -> DateTime<FixedOffset> {
    match FixedOffset::east_opt(SHANGHAI_OFFSET_S) {
        Some(offset) => at.with_timezone(&offset),
        None => at.fixed_offset(),
    }
}

/// Statutory holidays and make-up workdays, a year at a time, with where they come from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type, ToSchema)]
pub struct Calendar {
    pub version: String,
    pub source: String,
    /// Whether a make-up workday that falls on a weekend is a review day.
    pub makeup_days_count: bool,
    pub opens: NaiveTime,
    pub closes: NaiveTime,
    pub years: BTreeMap<i32, CalendarYear>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type, ToSchema)]
pub struct CalendarYear {
    pub holidays: BTreeSet<NaiveDate>,
    pub makeup_workdays: BTreeSet<NaiveDate>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CalendarError {
    /// Nobody guesses a year: the deployment adds it.
    #[error("the calendar has no holidays for {0}; add that year to it")]
    NoYear(i32),
    #[error("the date is out of the calendar's range")]
    OutOfRange,
}

/// When a review is promised, and when it is due at the latest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type, ToSchema)]
pub struct Deadline {
    pub promised_at: DateTime<Utc>,
    pub latest_at: DateTime<Utc>,
}

impl Calendar {
    /// # Errors
    /// [`CalendarError::NoYear`] where the calendar has no data for the date's year.
    pub fn is_working_day(&self, date: NaiveDate) -> Result<bool, CalendarError> {
        let year = self.years.get(&date.year()).ok_or(CalendarError::NoYear(date.year()))?;
        if year.holidays.contains(&date) {
            return Ok(false);
        }
        let weekend = matches!(date.weekday(), Weekday::Sat | Weekday::Sun);
        Ok(!weekend || (self.makeup_days_count && year.makeup_workdays.contains(&date)))
    }

    /// Whether the desk is open at that moment.
    ///
    /// # Errors
    /// As [`Calendar::is_working_day`].
    pub fn is_open(&self, at: DateTime<Utc>) -> Result<bool, CalendarError> {
        let local = shanghai(at);
        Ok(self.is_working_day(local.date_naive())? && (self.opens..self.closes).contains(&local.time()))
    }

    /// When the working period that holds `at` closes, or, outside working hours, when the next one opens.
    ///
    /// # Errors
    /// As [`Calendar::is_working_day`].
    pub fn next_change(&self, at: DateTime<Utc>) -> Result<DateTime<Utc>, CalendarError> {
        if self.is_open(at)? {
            return self.moment(shanghai(at).date_naive(), self.closes);
        }
        self.received(at)
    }

    /// When something that arrives at `at` counts as received.
    ///
    /// # Errors
    /// As [`Calendar::is_working_day`].
    pub fn received(&self, at: DateTime<Utc>) -> Result<DateTime<Utc>, CalendarError> {
        let local = shanghai(at);
        let today = local.date_naive();
        if self.is_working_day(today)? && local.time() < self.closes {
            return if local.time() >= self.opens {
                Ok(at)
            } else {
                self.moment(today, self.opens)
            };
        }
        let day = self.working_day_after(today, 1)?;
        self.moment(day, self.opens)
    }

    /// The review clock of a submission: promised within one working day, due within two.
    ///
    /// # Errors
    /// As [`Calendar::is_working_day`], also for the days that the clock runs over.
    pub fn review_deadline(&self, submitted_at: DateTime<Utc>) -> Result<Deadline, CalendarError> {
        let day_0 = shanghai(self.received(submitted_at)?).date_naive();
        Ok(Deadline {
            promised_at: self.moment(self.working_day_after(day_0, 1)?, self.closes)?,
            latest_at: self.moment(self.working_day_after(day_0, 2)?, self.closes)?,
        })
    }

    fn working_day_after(&self, date: NaiveDate, count: u32) -> Result<NaiveDate, CalendarError> {
        let mut day = date;
        for _ in 0..count {
            loop {
                day = day.checked_add_days(Days::new(1)).ok_or(CalendarError::OutOfRange)?;
                if self.is_working_day(day)? {
                    break;
                }
            }
        }
        Ok(day)
    }

    fn moment(&self, date: NaiveDate, time: NaiveTime) -> Result<DateTime<Utc>, CalendarError> {
        FixedOffset::east_opt(SHANGHAI_OFFSET_S)
            .and_then(|offset| offset.from_local_datetime(&date.and_time(time)).single())
            .map(|local| local.with_timezone(&Utc))
            .ok_or(CalendarError::OutOfRange)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The last quarter of 2026: the National Day week, and 10 October as its make-up Saturday.
    fn calendar() -> Calendar {
        let date = |text: &str| text.parse::<NaiveDate>().unwrap();
        let year = CalendarYear {
            holidays: (1..=7)
                .map(|day| NaiveDate::from_ymd_opt(2026, 10, day).unwrap())
                .collect(),
            makeup_workdays: [date("2026-10-10")].into(),
        };
        Calendar {
            version: "test".into(),
            source: "test".into(),
            makeup_days_count: false,
            opens: NaiveTime::from_hms_opt(9, 0, 0).unwrap(),
            closes: NaiveTime::from_hms_opt(17, 0, 0).unwrap(),
            years: [(2026, year)].into(),
        }
    }

    fn local(text: &str) -> DateTime<Utc> {
        format!("{text}+08:00")
            .parse::<DateTime<FixedOffset>>()
            .unwrap()
            .to_utc()
    }

    #[test]
    fn a_clock_skips_nights_weekends_and_holidays() {
        for (submitted, promised, latest) in [
            // a Tuesday within hours
            ("2026-11-24T10:00:00", "2026-11-25T17:00:00", "2026-11-26T17:00:00"),
            // before opening counts from that day, at closing time from the next
            ("2026-11-24T08:59:59", "2026-11-25T17:00:00", "2026-11-26T17:00:00"),
            ("2026-11-24T17:00:00", "2026-11-26T17:00:00", "2026-11-27T17:00:00"),
            // Friday evening is Monday's work
            ("2026-11-27T20:00:00", "2026-12-01T17:00:00", "2026-12-02T17:00:00"),
            // the eve of National Day; 10 October is a Saturday and does not count
            ("2026-09-30T16:00:00", "2026-10-08T17:00:00", "2026-10-09T17:00:00"),
            ("2026-10-08T10:00:00", "2026-10-09T17:00:00", "2026-10-12T17:00:00"),
        ] {
            let deadline = calendar().review_deadline(local(submitted)).unwrap();
            assert_eq!(
                deadline,
                Deadline {
                    promised_at: local(promised),
                    latest_at: local(latest)
                },
                "{submitted}"
            );
        }
    }

    #[test]
    fn a_makeup_workday_counts_only_where_the_calendar_says_so() {
        let mut calendar = calendar();
        assert!(!calendar.is_open(local("2026-10-10T10:00:00")).unwrap());
        calendar.makeup_days_count = true;
        assert!(calendar.is_open(local("2026-10-10T10:00:00")).unwrap());
        let deadline = calendar.review_deadline(local("2026-10-08T10:00:00")).unwrap();
        assert_eq!(deadline.latest_at, local("2026-10-10T17:00:00"));
    }

    #[test]
    fn a_year_without_data_is_said_and_never_guessed() {
        assert_eq!(
            calendar().is_open(local("2027-03-01T10:00:00")),
            Err(CalendarError::NoYear(2027))
        );
        assert_eq!(
            calendar().review_deadline(local("2026-12-31T10:00:00")),
            Err(CalendarError::NoYear(2027))
        );
    }

    #[test]
    fn the_next_change_is_closing_while_open_and_opening_while_closed() {
        let calendar = calendar();
        assert_eq!(
            calendar.next_change(local("2026-11-24T09:00:00")).unwrap(),
            local("2026-11-24T17:00:00")
        );
        assert_eq!(
            calendar.next_change(local("2026-11-27T17:00:00")).unwrap(),
            local("2026-11-30T09:00:00")
        );
        assert_eq!(
            calendar.next_change(local("2026-11-24T03:00:00")).unwrap(),
            local("2026-11-24T09:00:00")
        );
    }
}
