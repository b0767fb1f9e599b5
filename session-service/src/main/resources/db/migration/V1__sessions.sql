create table session (
  id uuid primary key,
  workspace_id uuid not null,
  user_id uuid not null,
  sandbox_id uuid not null unique,
  state text not null check (state in ('OPENING', 'ACTIVE', 'LOCKING', 'LOCKED')),
  reason text,
  sequence int not null,
  opened_at timestamptz not null,
  locked_at timestamptz,
  renewed_at timestamptz not null
);

-- One open session a workspace, whatever else goes wrong.
create unique index one_open_session on session (workspace_id) where state <> 'LOCKED';
create index open_by_user on session (user_id) where state <> 'LOCKED';

create table outbox (
  id bigserial primary key,
  topic text not null,
  key text not null,
  payload text not null
);
