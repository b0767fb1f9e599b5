-- Failures in a row to sign in as somebody, known or not, from one network: the same for all replicas.
create table sign_in_failure (
  account text not null,
  asker text not null,
  asker_site text not null,
  failures integer not null,
  failed_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (account, asker)
);
create index sign_in_failure_by_asker on sign_in_failure (asker);
create index sign_in_failure_by_site on sign_in_failure (asker_site);
create index sign_in_failure_by_expiry on sign_in_failure (expires_at);
