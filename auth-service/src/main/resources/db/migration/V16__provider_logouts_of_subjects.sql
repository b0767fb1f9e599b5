-- Whom a logout token was for and when it was made: one for all sessions of somebody, without a sid,
-- also stops sign-ins that it overtakes.
alter table provider_logout
  add column subject text,
  add column issued_at timestamptz;
