import type { Knex } from 'knex'

/**
 * The log of what a search engine outside of the database has to be told. Triggers write it, in the transaction of the
 * change: whatever changes a row, through whichever statement, nothing is missed and nothing is told that was rolled
 * back. They are off until `search_gather`, so that a server without such an engine pays nothing.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
create table search_changes (
  id bigserial primary key,
  -- accounts, statuses, tags, instances; account_statuses: all statuses of that account.
  kind text not null,
  -- An id; for instances the domain.
  record text not null
);

create function search_log_account() returns trigger as $$
begin
  if tg_op = 'UPDATE' then
    insert into search_changes (kind, record)
    select 'accounts', n.id from new_rows n join old_rows o on o.id = n.id
    where (n.username, n.domain, n.display_name, n.note, n.fields::text, n.actor_type, n.discoverable, n.suspended_at, n.moved_to_account_id)
      is distinct from (o.username, o.domain, o.display_name, o.note, o.fields::text, o.actor_type, o.discoverable, o.suspended_at, o.moved_to_account_id);
    insert into search_changes (kind, record)
    select 'account_statuses', n.id from new_rows n join old_rows o on o.id = n.id
    where (n.indexable, n.suspended_at) is distinct from (o.indexable, o.suspended_at);
  elsif tg_op = 'INSERT' then
    insert into search_changes (kind, record) select 'accounts', id from new_rows;
    insert into search_changes (kind, record) select distinct 'instances', domain from new_rows where domain is not null;
  else
    insert into search_changes (kind, record) select 'accounts', id from old_rows;
    insert into search_changes (kind, record) select distinct 'instances', domain from old_rows where domain is not null;
  end if;
  return null;
end $$ language plpgsql;

create function search_log_account_part() returns trigger as $$
begin
  if tg_op = 'INSERT' then
    insert into search_changes (kind, record) select 'accounts', account_id from new_rows;
  elsif tg_table_name = 'users' then
    insert into search_changes (kind, record)
    select 'accounts', n.account_id from new_rows n join old_rows o on o.id = n.id
    where (n.approved, n.confirmed_at) is distinct from (o.approved, o.confirmed_at);
  else
    insert into search_changes (kind, record)
    select 'accounts', n.account_id from new_rows n join old_rows o on o.id = n.id
    where (n.followers_count, n.following_count, n.last_status_at)
      is distinct from (o.followers_count, o.following_count, o.last_status_at);
  end if;
  return null;
end $$ language plpgsql;

create function search_log_status() returns trigger as $$
begin
  -- A boost is found under the status it boosts.
  if tg_op = 'UPDATE' then
    insert into search_changes (kind, record)
    select 'statuses', coalesce(n.reblog_of_id, n.id) from new_rows n join old_rows o on o.id = n.id
    where (n.text, n.spoiler_text, n.language, n.visibility, n.sensitive, n.reply, n.poll_id, n.deleted_at, n.edited_at)
      is distinct from (o.text, o.spoiler_text, o.language, o.visibility, o.sensitive, o.reply, o.poll_id, o.deleted_at, o.edited_at);
  elsif tg_op = 'INSERT' then
    insert into search_changes (kind, record) select 'statuses', coalesce(reblog_of_id, id) from new_rows;
  else
    insert into search_changes (kind, record) select 'statuses', coalesce(reblog_of_id, id) from old_rows;
  end if;
  return null;
end $$ language plpgsql;

create function search_log_status_part() returns trigger as $$
begin
  if tg_op = 'DELETE' then
    insert into search_changes (kind, record)
    select distinct 'statuses', status_id from old_rows where status_id is not null;
  else
    insert into search_changes (kind, record)
    select distinct 'statuses', status_id from new_rows where status_id is not null;
  end if;
  return null;
end $$ language plpgsql;

create function search_log_vote() returns trigger as $$
begin
  if tg_op = 'DELETE' then
    insert into search_changes (kind, record)
    select distinct 'statuses', p.status_id from old_rows v join polls p on p.id = v.poll_id;
  else
    insert into search_changes (kind, record)
    select distinct 'statuses', p.status_id from new_rows v join polls p on p.id = v.poll_id;
  end if;
  return null;
end $$ language plpgsql;

create function search_log_poll() returns trigger as $$
begin
  insert into search_changes (kind, record)
  select 'statuses', n.status_id from new_rows n join old_rows o on o.id = n.id where n.options is distinct from o.options;
  return null;
end $$ language plpgsql;

create function search_log_tag() returns trigger as $$
begin
  if tg_op = 'DELETE' then
    insert into search_changes (kind, record) select 'tags', id from old_rows;
  else
    insert into search_changes (kind, record) select 'tags', id from new_rows;
  end if;
  return null;
end $$ language plpgsql;

do $$
declare
  watched record;
begin
  for watched in select * from (values
    ('accounts', 'search_log_account', '{INSERT,UPDATE,DELETE}'::text[]),
    ('account_stats', 'search_log_account_part', '{INSERT,UPDATE}'),
    ('users', 'search_log_account_part', '{INSERT,UPDATE}'),
    ('statuses', 'search_log_status', '{INSERT,UPDATE,DELETE}'),
    ('mentions', 'search_log_status_part', '{INSERT,UPDATE,DELETE}'),
    ('favourites', 'search_log_status_part', '{INSERT,DELETE}'),
    ('bookmarks', 'search_log_status_part', '{INSERT,DELETE}'),
    ('media_attachments', 'search_log_status_part', '{INSERT,UPDATE,DELETE}'),
    ('preview_cards_statuses', 'search_log_status_part', '{INSERT,DELETE}'),
    ('quotes', 'search_log_status_part', '{INSERT,DELETE}'),
    ('statuses_tags', 'search_log_status_part', '{INSERT,DELETE}'),
    ('polls', 'search_log_poll', '{UPDATE}'),
    ('poll_votes', 'search_log_vote', '{INSERT,DELETE}'),
    ('tags', 'search_log_tag', '{INSERT,UPDATE,DELETE}')
  ) as t (on_table, calls, events)
  loop
    for i in 1 .. array_length(watched.events, 1) loop
      execute format(
        'create trigger search_changes_%s after %s on %I referencing %s for each statement execute function %I()',
        lower(watched.events[i]), watched.events[i], watched.on_table,
        case watched.events[i] when 'INSERT' then 'new table as new_rows' when 'DELETE' then 'old table as old_rows'
          else 'old table as old_rows new table as new_rows' end,
        watched.calls);
      execute format('alter table %I disable trigger search_changes_%s', watched.on_table, lower(watched.events[i]));
    end loop;
  end loop;
end $$;

-- Turns the log of one table on or off. Takes a short lock on it, or gives up, so that nobody waits behind it for long.
create function search_gather(on_table regclass, wanted boolean) returns void as $$
declare
  t record;
begin
  perform set_config('lock_timeout', '3s', true);
  for t in select tgname as name from pg_trigger where tgrelid = on_table and tgname like 'search\\_changes\\_%' order by tgname
  loop
    execute format('alter table %s %s trigger %I', on_table, case when wanted then 'enable' else 'disable' end, t.name);
  end loop;
end $$ language plpgsql;
`)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
drop function search_log_account, search_log_account_part, search_log_status, search_log_status_part, search_log_vote,
  search_log_poll, search_log_tag cascade;
drop function search_gather;
drop table search_changes;
`)
}
