-- Switched off because a provider no longer admits them, and on again when it does (docs/adr/0072).
alter table account
  add column disabled_there boolean not null default false,
  add constraint disabled_there_is_disabled check (disabled_at is not null or not disabled_there);
