-- Who else handed in the same shot: JSON; null: not asked yet.
alter table submissions add column same_shots text;
