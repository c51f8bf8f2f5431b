import type { Knex } from 'knex'

/**
 * Reactions to statuses: of an account several, each emoji once. Whoever reacts has a favourite too; `by_reaction` says
 * that it stands for nothing else and goes with the last reaction.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
create table status_reactions (
  id bigserial primary key,
  account_id bigint not null references accounts (id) on delete cascade,
  status_id bigint not null references statuses (id) on delete cascade,
  -- An emoji, a shortcode of ours, or 'shortcode@server'.
  name text not null,
  -- Null for an emoji of Unicode, and for one whose picture we do not have.
  custom_emoji_id bigint references custom_emojis (id) on delete set null,
  -- The activity; of one of ours only if it was sent as a reaction and not as a plain Like.
  uri text,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
);
create unique index status_reactions_status_id_name_account_id on status_reactions (status_id, name, account_id);
create index status_reactions_account_id_status_id on status_reactions (account_id, status_id);
create index status_reactions_custom_emoji_id on status_reactions (custom_emoji_id) where custom_emoji_id is not null;
create unique index status_reactions_uri on status_reactions (uri) where uri is not null;

alter table favourites add column by_reaction boolean not null default false;
`)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
alter table favourites drop column by_reaction;
drop table status_reactions;
`)
}
