//! The words of the trade: submissions and their states, verdicts and reasons, the student's message, the working
//! calendar and its deadlines. Rules only: no IO, no pixels, no clock (time is always an argument).

mod account;
pub mod calendar;
mod decision;
mod ids;
mod mask;
mod message;
mod reason;
mod shot;
mod submission;

pub use account::{Account, Role};
pub use calendar::{Calendar, CalendarError, Deadline};
pub use decision::{Decision, DecisionError, Look, Pinned, Verdict};
pub use ids::{BatchCode, DecisionId, LeaseId, ReviewerId, StudentId, SubmissionId};
pub use mask::{mask_id_number, mask_name};
pub use message::{MessageCard, REMARK_MAX_CHARS};
pub use reason::{CatalogueError, Reason, ReasonCatalogue, ReasonCode, ReasonGroup};
pub use shot::{Eyes, ShotMatch, Spot};
pub use submission::{AsideKind, Lease, Question, Student, Submission, SubmissionState, TransitionError};
