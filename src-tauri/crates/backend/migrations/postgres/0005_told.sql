-- Whether whoever compares the submission's shot was told of the other: not yet where the other came after that.
alter table shot_matches add column told integer not null default 1;
