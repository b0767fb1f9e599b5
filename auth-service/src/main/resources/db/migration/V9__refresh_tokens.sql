-- A family of refresh tokens is one sign-in; at most one of a family is unspent.
create table refresh_token (
  token_hash bytea primary key,
  sign_in uuid not null references browser_session,
  issued_at timestamptz not null,
  expires_at timestamptz not null,
  spent_at timestamptz
);
create unique index one_unspent_refresh_token on refresh_token (sign_in) where spent_at is null;
