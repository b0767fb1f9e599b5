-- A session that locks soon unless somebody does something, and when.
alter table session drop constraint session_state_check;
alter table session add constraint session_state_check
  check (state in ('OPENING', 'ACTIVE', 'WARNED', 'LOCKING', 'LOCKED'));
alter table session add column locks_at timestamptz;
