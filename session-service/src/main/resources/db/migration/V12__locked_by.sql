-- Who locks a session and why is known when it begins to lock. Whichever gateway then reports the end, and there may
-- be several, that is what is told of it.
alter table session add column locked_by uuid;
