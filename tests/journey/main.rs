//! A desk and a backend, both real, over the loopback: a day's work, a line that breaks, a crash, a conflict, an audit.
//! Nothing waits for time to pass: the clock is the test's, and so are the rounds.

mod audit;
mod comparing;
mod conflict;
mod correcting;
mod day;
mod looking;
mod outage;
mod photos;
mod signing;
