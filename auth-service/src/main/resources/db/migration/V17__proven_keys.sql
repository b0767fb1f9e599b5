-- When somebody has shown that they have the private key: by signing for it, or by signing in. Until then it is an admin's word.
alter table ssh_key add column proven_at timestamptz;
update ssh_key set proven_at = last_used_at where last_used_at is not null;
-- Revoked because it was proven elsewhere, and not because anybody has lost it.
alter table ssh_key add column displaced boolean not null default false;

create table ssh_key_challenge (
  id uuid primary key,
  text text not null,
  namespace text not null,
  -- The sign-in or the invitation that it was given to.
  given_to uuid not null,
  expires_at timestamptz not null,
  asker text not null,
  asker_site text not null
);
create index ssh_key_challenge_by_end on ssh_key_challenge (expires_at);
create index ssh_key_challenge_by_asker on ssh_key_challenge (asker);
create index ssh_key_challenge_by_site on ssh_key_challenge (asker_site);

alter table notice drop constraint notice_kind_check;
alter table notice add check (kind in ('new-device', 'new-key', 'key-displaced', 'vouched-key-displaced'));
