-- What reviewers gave back undecided, and why: skipped for another reviewer, or a question for a supervisor. A question
-- is open while its submission waits for a decision.
create table asides (
    id text primary key,
    submission text not null references submissions (id),
    reviewer text not null references accounts (id),
    kind text not null check (kind in ('skip', 'ask')),
    note text not null,
    at_ms bigint not null
);
create index asides_of_submission on asides (submission);

create index decisions_by_time on decisions (received_ms);
