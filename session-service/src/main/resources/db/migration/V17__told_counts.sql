-- Who asks how far each key was told of reads what moved since (docs/adr/0046).
create index outbox_sequence_told on outbox_sequence (told_at);

-- Up to where each teller was asked how far it has told of each key.
create table told_mark (
  teller text primary key,
  at timestamptz not null,
  topic text not null,
  key text not null
);
