-- The sent decision that this one takes the place of.
alter table decisions add column corrects text;
create index decisions_corrected on decisions (corrects) where corrects is not null;
