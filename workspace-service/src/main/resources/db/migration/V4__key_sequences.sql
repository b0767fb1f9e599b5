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
