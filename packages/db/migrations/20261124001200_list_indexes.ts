import type { Knex } from 'knex'

/**
 * Indexes for lists that are paged by the id of the relation: newest followers of an account, who reblogged a status.
 * Mastodon pages them by its unique indexes, which sort by the other account and so read a whole list for its first page.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
create index follows_account_id_id on follows (account_id, id);
create index follows_target_account_id_id on follows (target_account_id, id);
create index follow_requests_target_account_id_id on follow_requests (target_account_id, id);
create index blocks_account_id_id on blocks (account_id, id);
create index mutes_account_id_id on mutes (account_id, id);
create index bookmarks_account_id_id on bookmarks (account_id, id);
create index favourites_status_id_id on favourites (status_id, id);
create index statuses_reblog_of_id_id on statuses (reblog_of_id, id) where reblog_of_id is not null and deleted_at is null;
create index tag_follows_account_id_id on tag_follows (account_id, id);
`)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
drop index follows_account_id_id, follows_target_account_id_id, follow_requests_target_account_id_id, blocks_account_id_id,
  mutes_account_id_id, bookmarks_account_id_id, favourites_status_id_id, statuses_reblog_of_id_id, tag_follows_account_id_id;
`)
}
