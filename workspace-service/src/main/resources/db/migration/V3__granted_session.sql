-- For which session a key was last handed out: its end ends the grant, whatever clocks say.
alter table workspace add column granted_session uuid;
