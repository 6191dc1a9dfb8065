-- What a reviewer asked the supervisor who has the submission in hand now: JSON.
alter table submissions add column question text;
