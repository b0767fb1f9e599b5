-- Null where it was planned at the machine: nobody is signed in there.
alter table maintenance alter column planned_by drop not null;
