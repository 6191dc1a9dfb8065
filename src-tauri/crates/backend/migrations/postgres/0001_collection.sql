-- Times are milliseconds since the Unix epoch (`_ms`), identities are UUIDs in text, bodies are JSON in text, so that
-- one set of queries serves both dialects.

create table accounts (
    id text primary key,
    username text not null unique,
    display_name text not null,
    role text not null check (role in ('reviewer', 'supervisor')),
    -- argon2id, PHC string
    password_hash text not null,
    created_ms bigint not null
);

-- What was typed as a name is kept hashed: it may be of no account, or a password in the wrong field.
create table sign_in_attempts (
    username_sha256 text primary key,
    in_a_row bigint not null,
    last_ms bigint not null
);

create table sessions (
    token_sha256 text primary key,
    account text not null references accounts (id),
    expires_ms bigint not null
);

create table batches (
    code text primary key,
    school text not null,
    title text not null,
    profile text not null,
    created_ms bigint not null
);

create table students (
    id text primary key,
    batch text not null references batches (code),
    name text not null,
    id_number text not null,
    student_no text not null,
    email text not null
);
create index students_of_batch on students (batch, id_number, student_no);

-- A lease lives on its submission: taking, renewing and deciding contend for one row.
create table submissions (
    id text primary key,
    student text not null references students (id),
    batch text not null references batches (code),
    attempt bigint not null,
    state text not null check (state in ('pending_review', 'withdrawn', 'rejected', 'standardising', 'awaiting_confirmation', 'completed')),
    submitted_ms bigint not null,
    photo_sha256 text not null,
    photo_bytes bigint not null,
    photo_key text not null,
    lease_id text unique,
    lease_reviewer text references accounts (id),
    lease_expires_ms bigint,
    unique (student, attempt)
);
create index submissions_waiting on submissions (submitted_ms, id) where state = 'pending_review';
create index submissions_photo on submissions (batch, photo_sha256);

-- Append-only: see the triggers below.
create table decisions (
    id text primary key,
    submission text not null references submissions (id),
    reviewer text not null references accounts (id),
    verdict text not null check (verdict in ('pass', 'reject')),
    -- the whole decision as it was received
    body text not null,
    received_ms bigint not null
);
create index decisions_of_submission on decisions (submission);

-- A decision makes one message: its id is the key.
create table messages (
    decision text primary key references decisions (id),
    student text not null references students (id),
    submission text not null references submissions (id),
    card text not null,
    state text not null check (state in ('queued', 'sent', 'undeliverable')),
    attempts bigint not null,
    next_attempt_ms bigint not null,
    sent_ms bigint,
    last_error text
);
create index messages_due on messages (next_attempt_ms) where state = 'queued';
create index messages_of_submission on messages (submission);

-- What the demonstration channel delivered.
create table inbox (
    decision text primary key,
    student text not null references students (id),
    submission text not null references submissions (id),
    card text not null,
    delivered_ms bigint not null
);
create index inbox_of_student on inbox (student);

-- Every version of the rules that was ever served: decisions pin them.
create table rules (
    kind text not null check (kind in ('reasons', 'calendar')),
    version text not null,
    body text not null,
    served_ms bigint not null,
    primary key (kind, version)
);

create table settings (
    name text primary key,
    value text not null
);

create function refuse_edit() returns trigger language plpgsql as $$
begin
    raise exception 'decisions are append-only';
end
$$;
create trigger decisions_are_append_only before update or delete on decisions
for each row execute function refuse_edit();
