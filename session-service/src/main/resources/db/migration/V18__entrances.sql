-- Who has used the terminals of a session besides those that opened it: each is told of once.
create table session_entrance (
  session_id uuid not null references session (id) on delete cascade,
  sign_in_id uuid not null,
  address text not null,
  entered_at timestamptz not null,
  primary key (session_id, sign_in_id, address)
);
