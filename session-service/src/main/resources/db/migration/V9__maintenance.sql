-- There while the server is being maintained; at most one row.
create table maintenance (
  id int primary key check (id = 1),
  locks_at timestamptz not null,
  notice text not null,
  planned_by uuid not null
);
