-- When a session locks whatever is done in it.
alter table session add column ends_at timestamptz;
update session set ends_at = opened_at + interval '12 hours' where state <> 'LOCKED';
create index session_ends on session (ends_at) where state in ('OPENING', 'ACTIVE', 'WARNED');
