create table passkey (
  id uuid primary key,
  credential_id text not null unique,
  account_id uuid not null references account,
  name text not null,
  public_key bytea not null,
  sign_count bigint not null,
  aaguid uuid not null,
  transports text not null,
  backup_eligible boolean not null,
  backed_up boolean not null,
  created_at timestamptz not null,
  last_used_at timestamptz,
  revoked_at timestamptz
);
create index passkey_by_account on passkey (account_id);

-- Without an account it is for signing in: nobody has said yet who it is.
create table passkey_challenge (
  id uuid primary key,
  challenge bytea not null,
  account_id uuid references account,
  asker text not null,
  expires_at timestamptz not null
);
create index passkey_challenge_by_asker on passkey_challenge (asker);
create index passkey_challenge_by_expiry on passkey_challenge (expires_at);
