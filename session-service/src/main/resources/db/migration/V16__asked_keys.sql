-- For which sessions a key was asked for: a grant that none of them explains raises an alert (docs/adr/0045). Kept
-- until the event of the grant has come and its session is known.
create table asked_key (
  session_id uuid primary key,
  workspace_id uuid not null,
  asked_at timestamptz not null,
  -- Nothing was opened with it, and session-service knows.
  dropped boolean not null default false,
  -- The event of the grant: when it was looked at, and its entry in the ledger.
  granted_at timestamptz,
  entry bigint
);
create index asked_key_granted on asked_key (granted_at) where granted_at is not null;
create index asked_key_asked on asked_key (asked_at) where granted_at is null;
