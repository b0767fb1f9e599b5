-- A certificate that has signed somebody in, so that they see it and can revoke it. Its key alone signs nobody in.
alter table ssh_key add column certificate boolean not null default false;
alter table ssh_key add column not_after timestamptz;

drop index ssh_key_in_use;
create unique index ssh_key_in_use on ssh_key (fingerprint) where revoked_at is null and not certificate;
create unique index ssh_certificate_in_use on ssh_key (account_id, fingerprint) where revoked_at is null and certificate;
