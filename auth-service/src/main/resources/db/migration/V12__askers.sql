-- Who has asked for what waits: shares are counted by these, whoever it turns out to be.
alter table ssh_challenge add column asker text not null default 'unknown';
alter table ssh_challenge add column asker_site text not null default 'unknown';
create index ssh_challenge_by_asker on ssh_challenge (asker);
create index ssh_challenge_by_site on ssh_challenge (asker_site);

alter table passkey_challenge add column asker_site text not null default 'unknown';
create index passkey_challenge_by_site on passkey_challenge (asker_site);

alter table provider_sign_in add column asker text not null default 'unknown';
alter table provider_sign_in add column asker_site text not null default 'unknown';
create index provider_sign_in_by_asker on provider_sign_in (asker);
create index provider_sign_in_by_site on provider_sign_in (asker_site);
