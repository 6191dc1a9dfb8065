//! Where each call goes. `{submission}` stands for a submission's id.

/// Answers 204 where the backend can work.
pub const HEALTH: &str = "/health";
pub const OPENAPI: &str = "/openapi.json";
pub const SIGN_IN: &str = "/v1/sign-in";
pub const RULES: &str = "/v1/rules";
pub const QUEUE: &str = "/v1/queue";
pub const LEASES: &str = "/v1/leases";
pub const RENEW_LEASES: &str = "/v1/leases/renew";
/// Answers 204; what is not the caller's is passed over.
pub const RELEASE_LEASES: &str = "/v1/leases/release";
pub const PHOTO: &str = "/v1/submissions/{submission}/photo";
pub const DECISIONS: &str = "/v1/decisions";
pub const MESSAGES: &str = "/v1/submissions/{submission}/messages";
/// Every attempt of the submission's student, with what was decided and said.
pub const HISTORY: &str = "/v1/submissions/{submission}/history";
/// What the shot is known by goes in; the same shot of others comes out.
pub const SHOT: &str = "/v1/submissions/{submission}/shot";
/// What is looked for is in the body.
pub const SEARCH: &str = "/v1/search";
/// For supervisors: whether desks may decide outside working hours.
pub const OVERTIME: &str = "/v1/overtime";
/// For supervisors: on how many photos of a hundred the machine's verdict stays hidden at first.
pub const BLIND_PERCENT: &str = "/v1/blind-percent";
/// For supervisors.
pub const FLOOR: &str = "/v1/floor";
/// Gives one submission back, with the reason.
pub const SET_ASIDE: &str = "/v1/set-aside";
