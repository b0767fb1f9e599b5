create table api_key (
  id uuid primary key,
  secret_hash bytea not null unique,
  account_id uuid not null references account,
  name text not null,
  scope text not null,
  created_at timestamptz not null,
  created_by uuid not null references account,
  expires_at timestamptz not null,
  last_used_at timestamptz,
  revoked_at timestamptz
);
create index api_key_of_account on api_key (account_id);
