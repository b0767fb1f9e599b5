-- The browser session that opened it: its end is the session's end. Null for those from before.
alter table session add column sign_in_id uuid;
