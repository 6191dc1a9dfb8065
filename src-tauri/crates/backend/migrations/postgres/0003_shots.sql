-- What the shot of each photo is known by, as a desk measured it; the number says what is new.
create table shots (
    number bigint generated always as identity primary key,
    submission text not null references submissions (id),
    -- of the fingerprint: another version's bits mean something else
    version bigint not null,
    bits text not null,
    -- where the eyes are: JSON
    eyes text not null,
    unique (submission, version)
);

-- Which photos were named as the same shot as a submission's: whoever may see the one may see the other.
create table shot_matches (
    submission text not null references submissions (id),
    other text not null references submissions (id),
    named_ms bigint not null,
    primary key (submission, other)
);
create index shot_matches_of_other on shot_matches (other);
