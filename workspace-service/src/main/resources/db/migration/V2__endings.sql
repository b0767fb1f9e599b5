-- Which session an open workspace is open in: news of an older one change nothing.
alter table workspace add column open_session uuid;
-- When a key was last handed out, until that session is known to have ended.
alter table workspace add column granted_at timestamptz;
-- Its keys are being shredded: no more grants.
alter table workspace add column condemned boolean not null default false;
-- Deleted workspaces whose ciphertext is not known to be gone.
create table leftover (
  workspace_id uuid primary key,
  deleted_at timestamptz not null
);
