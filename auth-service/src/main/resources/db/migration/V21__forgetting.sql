-- What is long over is found and deleted by these.
create index browser_session_by_end on browser_session (expires_at);
create index refresh_token_by_end on refresh_token (expires_at);
create index link_by_end on link (expires_at);
create index invitation_by_end on invitation (expires_at);
-- Deleting a sign-in looks for its tokens, spent ones too.
create index refresh_token_of_sign_in on refresh_token (sign_in);
