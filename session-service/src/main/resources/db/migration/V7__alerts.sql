-- What somebody should look at. Nothing here is needed to lock, and nothing secret is in it.
create table alert (
  id uuid primary key,
  number bigint generated always as identity unique,
  rule text not null,
  -- Whom or what it concerns, in the rule's own words: while it is open, the same again is counted.
  about text not null,
  count bigint not null check (count > 0),
  first_at timestamptz not null,
  last_at timestamptz not null,
  -- The newest entry of the audit ledger that says it; none if the ledger itself is what is wrong.
  entry bigint,
  actor text not null,
  credential text not null,
  address text not null,
  workspace text not null,
  subject text not null,
  detail text not null,
  -- When pages and the webhook last heard of it.
  told_at timestamptz not null,
  closed_at timestamptz,
  closed_by uuid,
  check ((closed_at is null) = (closed_by is null))
);
create index alert_closed on alert (closed_at) where closed_at is not null;
create unique index alert_open on alert (rule, about) where closed_at is null;

-- How far the ledger was looked at; one row.
create table alert_watch (
  id int primary key check (id = 1),
  next_entry bigint not null check (next_entry >= 0)
);

-- How much was refused, by whom or about what, in each minute of the last hour.
create table alert_refusals (
  who text not null,
  minute timestamptz not null,
  count bigint not null,
  primary key (who, minute)
);
create index alert_refusals_minute on alert_refusals (minute);

-- From where each key was used.
create table alert_network (
  credential text not null,
  network text not null,
  seen_at timestamptz not null,
  primary key (credential, network)
);

-- What the webhook has to be told, or could not be.
create table alert_delivery (
  alert_id uuid primary key references alert (id) on delete cascade,
  -- What the receiver knows the message by; another one each time that there is news.
  message uuid not null,
  attempts int not null default 0,
  -- Null once it was delivered or given up.
  due_at timestamptz,
  delivered_at timestamptz,
  failure text not null default ''
);
create index alert_delivery_due on alert_delivery (due_at) where due_at is not null;
