import type { Knex } from 'knex'

/** Relays that are followed as an actor, and told of our statuses by Announce. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw('alter table relays add column actor_uri text')
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('alter table relays drop column actor_uri')
}
