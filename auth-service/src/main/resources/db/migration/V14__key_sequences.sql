-- Counts what is told of each key, so that readers find what is missing (docs/adr/0038). A key of which nobody
-- told for 30 days is forgotten and begins another chain.
create table outbox_sequence (
  topic text not null,
  key text not null,
  chain uuid not null,
  number bigint not null check (number >= 1),
  told_at timestamptz not null,
  primary key (topic, key)
);

-- Why a sign-in of a program's key ended, for who asks before they have heard of it; a day long.
create table ended_key_sign_in (
  sign_in uuid primary key,
  reason text not null,
  ended_at timestamptz not null
);
create index ended_key_sign_in_ended on ended_key_sign_in (ended_at);
