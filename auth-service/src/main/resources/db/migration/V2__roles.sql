alter table account
  add column role text not null default 'owner'
    check (role in ('owner', 'admin', 'member', 'auditor')),
  add column kind text not null default 'person' check (kind in ('person', 'service')),
  add column disabled_at timestamptz;
-- The default was for the one who is there already.
alter table account alter column role drop default, alter column kind drop default;
create unique index account_name on account (lower(name));

alter table browser_session
  add column method text not null default 'link',
  add column credential text not null default '',
  add column last_seen_at timestamptz,
  add column ended_reason text;
update browser_session set last_seen_at = created_at;
update browser_session set ended_reason = 'signed-out' where ended_at is not null;
alter table browser_session
  alter column method drop default,
  alter column credential drop default,
  alter column last_seen_at set not null,
  add constraint reason_of_end check ((ended_at is null) = (ended_reason is null));
create index browser_session_of_account on browser_session (account_id) where ended_at is null;
