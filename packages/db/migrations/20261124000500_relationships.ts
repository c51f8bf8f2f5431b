import type { Knex } from 'knex'

/** Follows, blocks, lists and collections. Names, columns and enumerations are Mastodon's where they mean the same. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
-- Accepted follows.
create table follows (
  id bigserial primary key,
  account_id bigint not null,
  target_account_id bigint not null,
  languages text[],
  notify boolean not null default false,
  show_reblogs boolean not null default true,
  uri text,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
);
create unique index follows_account_id_target_account_id on follows (account_id, target_account_id);
create index follows_target_account_id_account_id on follows (target_account_id, account_id);

-- Pending follows.
create table follow_requests (
  id bigserial primary key,
  account_id bigint not null,
  target_account_id bigint not null,
  languages text[],
  notify boolean not null default false,
  show_reblogs boolean not null default true,
  uri text,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
);
create unique index follow_requests_account_id_target_account_id on follow_requests (account_id, target_account_id);

-- Blocks.
create table blocks (
  id bigserial primary key,
  account_id bigint not null,
  target_account_id bigint not null,
  uri text,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
);
create unique index blocks_account_id_target_account_id on blocks (account_id, target_account_id);
create index blocks_target_account_id on blocks (target_account_id);

-- Mutes, optionally timed.
create table mutes (
  id bigserial primary key,
  account_id bigint not null,
  target_account_id bigint not null,
  expires_at timestamptz(3),
  hide_notifications boolean not null default true,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
);
create unique index mutes_account_id_target_account_id on mutes (account_id, target_account_id);
create index mutes_target_account_id on mutes (target_account_id);

-- User lists.
create table lists (
  id bigserial primary key,
  account_id bigint not null,
  exclusive boolean not null default false,
  replies_policy integer not null default 0,
  title text not null default '',
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
);
create index lists_account_id on lists (account_id);

-- Members of lists.
create table list_accounts (
  id bigserial primary key,
  account_id bigint not null,
  follow_id bigint,
  follow_request_id bigint,
  list_id bigint not null
);
create unique index list_accounts_account_id_list_id on list_accounts (account_id, list_id);
create index list_accounts_follow_id on list_accounts (follow_id) where follow_id is not null;
create index list_accounts_follow_request_id on list_accounts (follow_request_id) where follow_request_id is not null;
create index list_accounts_list_id_account_id on list_accounts (list_id, account_id);

-- Followed hashtags.
create table tag_follows (
  id bigserial primary key,
  account_id bigint not null,
  tag_id bigint not null,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
);
create unique index tag_follows_account_id_tag_id on tag_follows (account_id, tag_id);
create index tag_follows_tag_id on tag_follows (tag_id);

-- Suggestions the user hid.
create table follow_recommendation_mutes (
  id bigserial primary key,
  account_id bigint not null,
  target_account_id bigint not null,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
);
create unique index follow_recommendation_mutes_account_id_target_account_id on follow_recommendation_mutes (account_id, target_account_id);
create index follow_recommendation_mutes_target_account_id on follow_recommendation_mutes (target_account_id);

-- Accounts staff removed from suggestions.
create table follow_recommendation_suppressions (
  id bigserial primary key,
  account_id bigint not null,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
);
create unique index follow_recommendation_suppressions_account_id on follow_recommendation_suppressions (account_id);

-- Curated sets of accounts.
create table collections (
  id bigint primary key default timestamp_id('collections'),
  account_id bigint not null,
  tag_id bigint,
  description text,
  description_html text,
  discoverable boolean not null,
  item_count integer not null default 0,
  language text,
  local boolean not null,
  name text not null,
  original_number_of_items integer,
  sensitive boolean not null,
  uri text,
  url text,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
);
create index collections_account_id on collections (account_id);
create index collections_tag_id on collections (tag_id);
create unique index collections_uri on collections (uri) where uri is not null;

-- Members of a collection with consent state.
create table collection_items (
  id bigint primary key default timestamp_id('collection_items'),
  account_id bigint,
  collection_id bigint not null,
  activity_uri text,
  approval_last_verified_at timestamptz(3),
  approval_uri text,
  object_uri text,
  position integer not null default 1,
  state integer not null default 0,
  uri text,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
);
create unique index collection_items_account_id_collection_id on collection_items (account_id, collection_id);
create unique index collection_items_approval_uri on collection_items (approval_uri) where approval_uri is not null;
create index collection_items_collection_id on collection_items (collection_id);
create index collection_items_state on collection_items (state) where (state = any (array[2, 3]));
create unique index collection_items_uri on collection_items (uri) where uri is not null;

-- Collections attached to a report.
create table collection_reports (
  id bigserial primary key,
  collection_id bigint not null,
  report_id bigint not null,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
);
create index collection_reports_collection_id on collection_reports (collection_id);
create index collection_reports_report_id on collection_reports (report_id);

-- Events that cut many relations.
create table relationship_severance_events (
  id bigserial primary key,
  purged boolean not null default false,
  target_name text not null,
  type integer not null,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
);
create index relationship_severance_events_type_target_name on relationship_severance_events (type, target_name);

-- The event as seen by one user.
create table account_relationship_severance_events (
  id bigserial primary key,
  account_id bigint not null,
  relationship_severance_event_id bigint not null,
  followers_count integer not null default 0,
  following_count integer not null default 0,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
);
create unique index account_relationship_severance_events_account_id_relations on account_relationship_severance_events (account_id, relationship_severance_event_id);
create index account_relationship_severance_events_relationship_severan on account_relationship_severance_events (relationship_severance_event_id);

-- Lost follows/followers of an event.
create table severed_relationships (
  id bigserial primary key,
  local_account_id bigint not null,
  relationship_severance_event_id bigint not null,
  remote_account_id bigint not null,
  direction integer not null,
  languages text[],
  notify boolean,
  show_reblogs boolean,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
);
create index severed_relationships_local_account_id_relationship_severa on severed_relationships (local_account_id, relationship_severance_event_id);
create unique index severed_relationships_relationship_severance_event_id_loca on severed_relationships (relationship_severance_event_id, local_account_id, direction, remote_account_id);
create index severed_relationships_remote_account_id on severed_relationships (remote_account_id);
`)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(
    'drop table severed_relationships, account_relationship_severance_events, relationship_severance_events, collection_reports, collection_items, collections, follow_recommendation_suppressions, follow_recommendation_mutes, tag_follows, list_accounts, lists, mutes, blocks, follow_requests, follows cascade',
  )
}
