-- Who is refused again and again is told of once a minute.
alter table sign_in_record add column tries integer not null default 1 check (tries > 0);

-- Whom it let in, so that they hear of who shows it again. Unknown for those from before.
alter table invitation add column account_id uuid references account;
