-- There while nothing may open; at most one row.
create table emergency_stop (
  id int primary key check (id = 1),
  since timestamptz not null
);
