import type { Knex } from 'knex'

/**
 * Full-text index of posts. The parser of Postgres drops HTML tags by itself; an index of an expression follows every
 * edit and deletion, so there is nothing to keep in step. Boosts have no words of their own.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
create index statuses_search on statuses using gin (to_tsvector('simple', spoiler_text || ' ' || text))
  where deleted_at is null and reblog_of_id is null;
`)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop index statuses_search')
}
