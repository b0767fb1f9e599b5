-- With what and from where a session was opened, as the token and the gateway said it; null for those from before.
alter table session add column method text;
alter table session add column credential text;
alter table session add column address text;
