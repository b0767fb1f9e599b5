-- What people see of their sign-ins: those that worked, those that were refused, and their ends.
create table sign_in_record (
  id bigserial primary key,
  account_id uuid not null references account,
  event_id uuid not null unique,
  at timestamptz not null,
  what text not null check (what in ('signed-in', 'refused', 'ended')),
  method text not null,
  credential text not null,
  address text not null,
  user_agent text not null,
  reason text not null
);
create index sign_in_record_of_account on sign_in_record (account_id, what, id);
create index sign_in_record_by_time on sign_in_record (at);

create table notice (
  id uuid primary key,
  account_id uuid not null references account,
  at timestamptz not null,
  kind text not null check (kind in ('new-device', 'new-key')),
  method text not null,
  credential text not null,
  address text not null,
  user_agent text not null
);
create index notice_of_account on notice (account_id, at);
