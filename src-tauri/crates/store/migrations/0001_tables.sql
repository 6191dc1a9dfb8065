-- The desk's store. Times are milliseconds since 1970 (UTC); ids are hyphenated lower-case text; bodies are JSON.

create table accounts (
    reviewer text primary key,
    username text not null unique,
    display_name text not null,
    role text not null,
    -- argon2, of the password of the last sign-in at which the backend agreed
    password_hash text not null,
    signed_in_at_ms integer not null,
    -- wrong passwords in a row without the backend, and when the last of them was
    wrong_in_a_row integer not null default 0,
    last_wrong_at_ms integer not null default 0
) strict;

create table settings (
    name text primary key,
    body text not null
) strict;

create table rules (
    reasons_version text not null,
    calendar_version text not null,
    reasons text not null,
    calendar text not null,
    served_at_ms integer not null,
    primary key (reasons_version, calendar_version)
) strict;

create table photos (
    sha256 text primary key,
    bytes blob not null
) strict;

create table reports (
    sha256 text primary key,
    body blob not null
) strict;

create table submissions (
    id text primary key,
    reviewer text not null,
    lease text not null,
    lease_granted_at_ms integer not null,
    lease_expires_at_ms integer not null,
    state text not null check (state in ('in_hand', 'decided', 'gone')),
    submitted_at_ms integer not null,
    photo_sha256 text not null,
    -- what the analyzer made of the photo: a report with its verdict, or the code of a decode error
    report_sha256 text references reports (sha256),
    machine text,
    unreadable text,
    body text not null,
    check (unreadable is null or report_sha256 is null)
) strict;

create index submissions_in_hand on submissions (reviewer, submitted_at_ms, id) where state = 'in_hand';

create table entries (
    seq integer primary key,
    prev text not null,
    hash text not null unique,
    at_ms integer not null,
    actor text not null,
    kind text not null,
    decision text not null,
    body text not null
) strict;

create index entries_at on entries (at_ms);
create index entries_decision on entries (decision, kind);

create table decisions (
    id text primary key,
    entry integer not null unique references entries (seq),
    submission text not null references submissions (id),
    reviewer text not null,
    verdict text not null check (verdict in ('pass', 'reject')),
    decided_at_ms integer not null,
    masked_name text not null,
    body text not null
) strict;

create index decisions_by_day on decisions (reviewer, decided_at_ms);

create table outbox (
    decision text primary key references decisions (id),
    reviewer text not null,
    -- until then it can be undone
    not_before_ms integer not null,
    state text not null default 'waiting' check (state in ('waiting', 'sending')),
    attempts integer not null default 0,
    next_attempt_at_ms integer not null
) strict;

create table refusals (
    decision text primary key references decisions (id),
    code text not null,
    refused_at_ms integer not null,
    acknowledged_at_ms integer
) strict;

create table marks (
    entry integer primary key references entries (seq),
    decision text not null,
    supervisor text not null,
    is_right integer not null check (is_right in (0, 1)),
    note text not null,
    marked_at_ms integer not null
) strict;

create index marks_by_decision on marks (decision, entry);

-- Nothing is edited: a correction is a new entry that names the old one.
create trigger entries_follow before insert on entries
when new.seq <> coalesce((select max(seq) from entries), 0) + 1
  or new.prev <> coalesce((select hash from entries order by seq desc limit 1),
                          '0000000000000000000000000000000000000000000000000000000000000000')
begin select raise(abort, 'an entry has to follow the last one'); end;

create trigger entries_no_update before update on entries
begin select raise(abort, 'entries are never edited'); end;
create trigger entries_no_delete before delete on entries
begin select raise(abort, 'entries are never removed'); end;
create trigger decisions_no_update before update on decisions
begin select raise(abort, 'decisions are never edited'); end;
create trigger decisions_no_delete before delete on decisions
begin select raise(abort, 'decisions are never removed'); end;
create trigger marks_no_update before update on marks
begin select raise(abort, 'marks are never edited'); end;
create trigger marks_no_delete before delete on marks
begin select raise(abort, 'marks are never removed'); end;
create trigger reports_no_update before update on reports
begin select raise(abort, 'reports are never edited'); end;
create trigger photos_no_update before update on photos
begin select raise(abort, 'photos are never edited'); end;
