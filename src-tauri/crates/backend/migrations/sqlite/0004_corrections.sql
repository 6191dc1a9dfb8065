-- A correction names the decision that it takes the place of; one decision is corrected once, its correction may be again.
alter table decisions add column corrects text references decisions (id);
create unique index decisions_corrected on decisions (corrects) where corrects is not null;
