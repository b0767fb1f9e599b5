create table ssh_key (
  id uuid primary key,
  account_id uuid not null references account,
  name text not null,
  type text not null,
  fingerprint text not null,
  public_key bytea not null,
  created_at timestamptz not null,
  added_by uuid not null references account,
  last_used_at timestamptz,
  revoked_at timestamptz
);
-- A key names one person; a revoked one may be registered again.
create unique index ssh_key_in_use on ssh_key (fingerprint) where revoked_at is null;
create index ssh_key_of_account on ssh_key (account_id);

create table ssh_challenge (
  id uuid primary key,
  text text not null,
  namespace text not null,
  -- Whose key it has to be, or which; empty for whoever it is.
  name text not null,
  fingerprint text not null,
  expires_at timestamptz not null
);
create index ssh_challenge_by_end on ssh_challenge (expires_at);

create table invitation (
  id uuid primary key,
  token_hash bytea not null unique,
  role text not null check (role in ('owner', 'admin', 'member', 'auditor')),
  -- The name that the person will have; empty if they choose it.
  name text not null,
  created_by uuid not null references account,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  spent_at timestamptz,
  revoked_at timestamptz
);

-- Only what differs from the defaults.
create table quota (
  account_id uuid primary key references account,
  workspaces integer,
  open_sessions integer,
  bytes bigint
);
