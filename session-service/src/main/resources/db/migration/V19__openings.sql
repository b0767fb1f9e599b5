-- For whom the key of a workspace is just being asked for: whoever of the same account asks meanwhile gets no second one
-- (docs/adr/0070).
create table opening (
  workspace_id uuid not null,
  user_id uuid not null,
  session_id uuid not null,
  begun_at timestamptz not null,
  primary key (workspace_id, user_id)
);
