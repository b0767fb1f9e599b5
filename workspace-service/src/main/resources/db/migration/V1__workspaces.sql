create table workspace (
  id uuid primary key,
  owner_id uuid not null,
  name text not null,
  wrapped_key text not null,
  created_at timestamptz not null,
  initialised boolean not null,
  open_now boolean not null,
  last_opened_at timestamptz,
  last_opened_by uuid,
  unique (owner_id, name)
);

-- How far the newest session of a workspace is known; older news change nothing.
create table seen_event (
  event_id uuid primary key,
  seen_at timestamptz not null
);

create table outbox (
  id bigserial primary key,
  topic text not null,
  key text not null,
  payload text not null
);
