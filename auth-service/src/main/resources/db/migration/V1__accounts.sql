create table account (
  id uuid primary key,
  name text not null,
  created_at timestamptz not null
);

-- The owner of a fresh installation.
insert into account values (gen_random_uuid(), 'owner', now());

create table link (
  token_hash bytea primary key,
  account_id uuid not null references account,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  spent_at timestamptz
);

create table browser_session (
  id uuid primary key,
  secret_hash bytea not null unique,
  account_id uuid not null references account,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz,
  user_agent text not null,
  address text not null
);

create table outbox (
  id bigserial primary key,
  topic text not null,
  key text not null,
  payload text not null
);
