import type { Knex } from 'knex'

/**
 * The books of the cache of remote media: what is in it, how much that is, what came and went each day, and what was done
 * to keep it within its budget. Triggers write them, in the transaction of the change, so that every way in and out of the
 * cache counts; nobody has to read the large tables to know its size.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
create table media_cache_files (
  -- attachment, avatar, header, emoji, card
  kind text not null,
  -- Of the row that the files belong to.
  owner_id bigint not null,
  -- As that row says.
  bytes bigint not null,
  -- Of previews and stills, of which it says nothing.
  extra_bytes bigint not null default 0,
  cached_at timestamptz(3) not null,
  -- The last sign that somebody wants it; never before cached_at.
  used_at timestamptz(3) not null,
  -- 0: like any; 1: of somebody whom people here follow; 2: people here did something with its status.
  worth integer not null default 0,
  judged_at timestamptz(3),
  primary key (kind, owner_id)
);
create index media_cache_files_worth_kind_used_at_owner_id on media_cache_files (worth, kind, used_at, owner_id);
create index media_cache_files_judged_at on media_cache_files (judged_at) where worth > 0;

-- Since the days below were last brought up to date.
create table media_cache_changes (
  id bigserial primary key,
  kind text not null,
  files bigint not null,
  bytes bigint not null,
  at timestamptz(3) not null default now()
);

-- What came and went; the sum of all days is what is there.
create table media_cache_days (
  day date not null,
  kind text not null,
  arrived_files bigint not null default 0,
  arrived_bytes bigint not null default 0,
  gone_files bigint not null default 0,
  gone_bytes bigint not null default 0,
  primary key (day, kind)
);

create table media_cache_runs (
  id bigserial primary key,
  started_at timestamptz(3) not null,
  ended_at timestamptz(3) not null,
  bytes_before bigint not null,
  bytes_after bigint not null,
  -- { kind: { files, bytes, keptFiles } }; keptFiles: of those, how many would rather have been kept
  removed jsonb not null
);

create view media_cache_found as
  select 'attachment'::text as kind, id as owner_id,
    coalesce(file_file_size, 0)::bigint + coalesce(thumbnail_file_size, 0) as bytes,
    coalesce(file_updated_at, thumbnail_updated_at, created_at) as cached_at
  from media_attachments
  where remote_url <> '' and (file_file_name is not null or thumbnail_file_name is not null)
  union all
  select 'avatar', id, coalesce(avatar_file_size, 0), coalesce(avatar_updated_at, created_at)
  from accounts where domain is not null and avatar_file_name is not null
  union all
  select 'header', id, coalesce(header_file_size, 0), coalesce(header_updated_at, created_at)
  from accounts where domain is not null and header_file_name is not null
  union all
  select 'emoji', id, coalesce(image_file_size, 0), coalesce(image_updated_at, created_at)
  from custom_emojis where domain is not null and image_file_name is not null
  union all
  select 'card', id, coalesce(image_file_size, 0), coalesce(image_updated_at, created_at)
  from preview_cards where image_file_name is not null;

insert into media_cache_files (kind, owner_id, bytes, cached_at, used_at)
select kind, owner_id, bytes, cached_at, cached_at from media_cache_found;

insert into media_cache_days (day, kind, arrived_files, arrived_bytes)
select (cached_at at time zone 'UTC')::date, kind, count(*), sum(bytes + extra_bytes) from media_cache_files group by 1, 2;

create function media_cache_count() returns trigger as $$
begin
  if tg_op = 'INSERT' then
    insert into media_cache_changes (kind, files, bytes)
    select kind, count(*), sum(bytes + extra_bytes) from new_rows group by kind;
  elsif tg_op = 'DELETE' then
    insert into media_cache_changes (kind, files, bytes)
    select kind, -count(*), -sum(bytes + extra_bytes) from old_rows group by kind;
  else
    insert into media_cache_changes (kind, files, bytes)
    select n.kind, 0, sum(n.bytes + n.extra_bytes - o.bytes - o.extra_bytes)
    from new_rows n join old_rows o on o.kind = n.kind and o.owner_id = n.owner_id
    group by n.kind having sum(n.bytes + n.extra_bytes - o.bytes - o.extra_bytes) <> 0;
  end if;
  return null;
end $$ language plpgsql;
create trigger media_cache_count_insert after insert on media_cache_files
  referencing new table as new_rows for each statement execute function media_cache_count();
create trigger media_cache_count_update after update on media_cache_files
  referencing old table as old_rows new table as new_rows for each statement execute function media_cache_count();
create trigger media_cache_count_delete after delete on media_cache_files
  referencing old table as old_rows for each statement execute function media_cache_count();

-- Its arguments are the kinds of files that a row of the table may have.
create function media_cache_follow() returns trigger as $$
declare
  which text;
begin
  foreach which in array tg_argv loop
    if tg_op = 'DELETE' then
      delete from media_cache_files where kind = which and owner_id = old.id;
      continue;
    end if;
    insert into media_cache_files as f (kind, owner_id, bytes, cached_at, used_at)
    select v.kind, v.owner_id, v.bytes, v.cached_at, v.cached_at
    from media_cache_found v where v.kind = which and v.owner_id = new.id
    on conflict (kind, owner_id) do update
      set bytes = excluded.bytes, cached_at = excluded.cached_at,
        extra_bytes = case when f.cached_at = excluded.cached_at then f.extra_bytes else 0 end,
        used_at = greatest(f.used_at, excluded.used_at)
      where (f.bytes, f.cached_at) is distinct from (excluded.bytes, excluded.cached_at);
    if not found then
      delete from media_cache_files f where f.kind = which and f.owner_id = new.id
        and not exists (select from media_cache_found v where v.kind = which and v.owner_id = new.id);
    end if;
  end loop;
  return null;
end $$ language plpgsql;

create trigger media_cache_insert after insert on media_attachments for each row
  when (new.remote_url <> '' and (new.file_file_name is not null or new.thumbnail_file_name is not null))
  execute function media_cache_follow('attachment');
create trigger media_cache_update after update of remote_url, file_file_name, file_file_size, thumbnail_file_name,
  thumbnail_file_size on media_attachments for each row
  when ((old.remote_url <> '' or new.remote_url <> '')
    and (old.remote_url, old.file_file_name, old.file_file_size, old.thumbnail_file_name, old.thumbnail_file_size)
      is distinct from
      (new.remote_url, new.file_file_name, new.file_file_size, new.thumbnail_file_name, new.thumbnail_file_size))
  execute function media_cache_follow('attachment');
create trigger media_cache_delete after delete on media_attachments for each row
  when (old.remote_url <> '' and (old.file_file_name is not null or old.thumbnail_file_name is not null))
  execute function media_cache_follow('attachment');

create trigger media_cache_insert after insert on accounts for each row
  when (new.domain is not null and (new.avatar_file_name is not null or new.header_file_name is not null))
  execute function media_cache_follow('avatar', 'header');
create trigger media_cache_update after update of avatar_file_name, avatar_file_size, header_file_name, header_file_size
  on accounts for each row
  when (new.domain is not null
    and (old.avatar_file_name, old.avatar_file_size, old.header_file_name, old.header_file_size) is distinct from
      (new.avatar_file_name, new.avatar_file_size, new.header_file_name, new.header_file_size))
  execute function media_cache_follow('avatar', 'header');
create trigger media_cache_delete after delete on accounts for each row
  when (old.domain is not null and (old.avatar_file_name is not null or old.header_file_name is not null))
  execute function media_cache_follow('avatar', 'header');

create trigger media_cache_insert after insert on custom_emojis for each row
  when (new.domain is not null and new.image_file_name is not null) execute function media_cache_follow('emoji');
create trigger media_cache_update after update of image_file_name, image_file_size on custom_emojis for each row
  when (new.domain is not null
    and (old.image_file_name, old.image_file_size) is distinct from (new.image_file_name, new.image_file_size))
  execute function media_cache_follow('emoji');
create trigger media_cache_delete after delete on custom_emojis for each row
  when (old.domain is not null and old.image_file_name is not null) execute function media_cache_follow('emoji');

create trigger media_cache_insert after insert on preview_cards for each row
  when (new.image_file_name is not null) execute function media_cache_follow('card');
create trigger media_cache_update after update of image_file_name, image_file_size on preview_cards for each row
  when ((old.image_file_name, old.image_file_size) is distinct from (new.image_file_name, new.image_file_size))
  execute function media_cache_follow('card');
create trigger media_cache_delete after delete on preview_cards for each row
  when (old.image_file_name is not null) execute function media_cache_follow('card');

-- Makes the books anew from the tables, for rows that came while triggers were off. Holds up what changes the cache
-- meanwhile. The history of what went is forgotten.
create function media_cache_recount() returns void as $$
begin
  lock table media_cache_files in share row exclusive mode;
  delete from media_cache_files f
  where not exists (select from media_cache_found v where v.kind = f.kind and v.owner_id = f.owner_id);
  insert into media_cache_files as f (kind, owner_id, bytes, cached_at, used_at)
  select kind, owner_id, bytes, cached_at, cached_at from media_cache_found
  on conflict (kind, owner_id) do update set bytes = excluded.bytes where f.bytes <> excluded.bytes;
  delete from media_cache_changes;
  delete from media_cache_days;
  insert into media_cache_days (day, kind, arrived_files, arrived_bytes)
  select (cached_at at time zone 'UTC')::date, kind, count(*), sum(bytes + extra_bytes) from media_cache_files group by 1, 2;
end $$ language plpgsql;
`)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
drop function media_cache_recount();
drop function media_cache_follow() cascade;
drop view media_cache_found;
drop table media_cache_files, media_cache_changes, media_cache_days, media_cache_runs;
drop function media_cache_count();
`)
}
