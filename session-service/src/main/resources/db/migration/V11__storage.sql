-- How much ciphertext its person may have in all, as the token said; null for those from before.
alter table session add column quota_bytes bigint;

-- What each workspace was last said to take of the disk, by the sandbox that had it open.
create table storage (
  workspace_id uuid primary key,
  user_id uuid not null,
  bytes bigint not null check (bytes >= 0),
  is_full boolean not null,
  counted_at timestamptz not null
);
create index storage_by_user on storage (user_id);
