-- What a key's tokens name as their sign-in. It changes when what its account may changes: tokens
-- from before end for good with the old one, and the key goes on with the new one.
alter table api_key add column sign_in uuid;
update api_key set sign_in = id;
alter table api_key alter column sign_in set not null;
create unique index api_key_by_sign_in on api_key (sign_in);
