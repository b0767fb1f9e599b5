create index locked_long_ago on session (locked_at) where state = 'LOCKED';
