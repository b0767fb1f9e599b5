-- Who asks how far each key was told of reads what moved since (docs/adr/0046).
create index outbox_sequence_told on outbox_sequence (told_at);
