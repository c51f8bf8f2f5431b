import { randomBytes } from 'node:crypto'
import type { Knex } from 'knex'

/**
 * Extensions, and `timestamp_id(table)`: 48 bits of milliseconds, then 16 bits of a hashed sequence, so that ids
 * sort by time, are unique for 65,536 rows a millisecond, and do not tell how many rows there are.
 */
export async function up(knex: Knex): Promise<void> {
  const salt = randomBytes(16).toString('hex')
  await knex.raw(`
create extension if not exists pg_trgm;
create extension if not exists unaccent;

create function timestamp_id(table_name text) returns bigint as $$
declare
  ms bigint := (extract(epoch from clock_timestamp()) * 1000)::bigint;
  base int := ('x' || substr(md5(table_name || '${salt}' || ms::text), 1, 4))::bit(16)::int;
begin
  return (ms << 16) | ((base + nextval(table_name || '_id_seq')) & 65535);
end
$$ language plpgsql volatile;

create sequence accounts_id_seq;
create sequence statuses_id_seq;
create sequence media_attachments_id_seq;
create sequence quotes_id_seq;
create sequence collections_id_seq;
create sequence collection_items_id_seq;
create sequence notification_requests_id_seq;
`)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
drop function timestamp_id(text);
drop sequence accounts_id_seq, statuses_id_seq, media_attachments_id_seq, quotes_id_seq, collections_id_seq,
  collection_items_id_seq, notification_requests_id_seq;
`)
}
