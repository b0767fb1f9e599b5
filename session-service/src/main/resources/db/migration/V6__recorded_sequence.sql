-- Which event has which place in its session's sequence, as the recorder heard of them.
create table recorded_sequence (
  session_id uuid not null,
  sequence int not null check (sequence >= 1),
  -- Unknown for what was told before this table was there.
  event_id uuid,
  primary key (session_id, sequence)
);

insert into recorded_sequence (session_id, sequence)
  select id, generate_series(1, sequence) from session
  where state <> 'LOCKED' or locked_at > now() - interval '8 days';
