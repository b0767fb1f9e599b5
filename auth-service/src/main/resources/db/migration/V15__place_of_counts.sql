-- In which database a count was kept: restored from a dump into another, it begins another chain (docs/adr/0042).
alter table outbox_sequence add column place text;
