import type { Knex } from 'knex'

/**
 * What Redis must be able to lose. A durable job is written here in the transaction of the change it follows from and
 * leaves when it is done, not when the queue accepts it; the body of an outgoing activity is stored once, whatever the
 * number of inboxes.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
create table job_outbox (
  id bigserial primary key,
  name text not null,
  payload jsonb not null,
  -- Of two jobs with one key only the first is kept while it waits; it gives up the key when it starts.
  key text,
  -- When the queue took it; null: not yet, or the queue has lost it.
  accepted_at timestamptz(3),
  -- A job may be meant for later.
  run_at timestamptz(3) not null default now(),
  created_at timestamptz(3) not null default now()
);
create unique index job_outbox_key on job_outbox (key) where key is not null;
create index job_outbox_unaccepted on job_outbox (id) where accepted_at is null;
create index job_outbox_accepted_at on job_outbox (accepted_at) where accepted_at is not null;

create table activity_bodies (
  id bigserial primary key,
  digest text not null,
  body text not null,
  created_at timestamptz(3) not null default now()
);
create unique index activity_bodies_digest on activity_bodies (digest);
create index activity_bodies_created_at on activity_bodies (created_at);
`)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table job_outbox, activity_bodies')
}
