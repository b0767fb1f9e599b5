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

-- How far each teller's count of each key was heard.
create table heard_sequence (
  teller text not null,
  topic text not null,
  key text not null,
  chain uuid not null,
  number bigint not null check (number >= 1),
  heard_at timestamptz not null,
  primary key (teller, topic, key, chain)
);

-- With what and from where a person locked a session, beside who it was; null where nobody did, or for those from before.
alter table session add column locked_credential text;
alter table session add column locked_address text;
