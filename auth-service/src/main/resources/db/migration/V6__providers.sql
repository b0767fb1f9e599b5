-- Who somebody is at a provider; the only thing that a sign-in there is matched by.
create table provider_identity (
  id uuid primary key,
  issuer text not null,
  subject text not null,
  provider text not null,
  account_id uuid not null references account,
  created_at timestamptz not null,
  last_used_at timestamptz not null,
  unique (issuer, subject)
);

-- Sign-ins that have gone to a provider and are not back. Neither nonce nor PKCE verifier is here:
-- they are made again of the state and of what only the browser keeps.
create table provider_sign_in (
  state_hash bytea primary key,
  browser_hash bytea not null,
  provider text not null,
  expires_at timestamptz not null
);
create index provider_sign_in_end on provider_sign_in (expires_at);

-- Which session at a provider a browser session hangs on.
create table provider_session (
  browser_session_id uuid primary key references browser_session,
  account_id uuid not null references account,
  issuer text not null,
  subject text not null,
  sid text
);
create index provider_session_subject on provider_session (issuer, subject);
create index provider_session_sid on provider_session (issuer, sid);

-- Logout tokens that were obeyed, until they have expired: none is obeyed twice.
create table provider_logout (
  issuer text not null,
  jti text not null,
  sid text,
  expires_at timestamptz not null,
  primary key (issuer, jti)
);
