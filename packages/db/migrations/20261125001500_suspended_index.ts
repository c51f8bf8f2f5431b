import type { Knex } from 'knex'

/**
 * The few accounts that are suspended or limited, by id. Nearly every list leaves out what they wrote; without these
 * indexes PostgreSQL, seeing how few they are, reads all accounts to find them.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
create index accounts_suspended on accounts (id) where suspended_at is not null;
create index accounts_silenced on accounts (id) where silenced_at is not null;
`)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop index accounts_suspended, accounts_silenced')
}
