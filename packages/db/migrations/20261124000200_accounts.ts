import type { Knex } from 'knex'

/** Accounts and profiles. Names, columns and enumerations are Mastodon's where they mean the same. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
-- Every known actor, local (no domain) and remote; also the instance actor (id −99).
create table accounts (
  id bigint primary key default timestamp_id('accounts'),
  moved_to_account_id bigint,
  actor_type text,
  also_known_as text[],
  attribution_domains text[] default '{}',
  avatar_content_type text,
  avatar_description text not null default '',
  avatar_file_name text,
  avatar_file_size integer,
  avatar_remote_url text,
  avatar_storage_schema_version integer,
  avatar_updated_at timestamptz(3),
  collections_url text,
  discoverable boolean,
  display_name text not null default '',
  domain text,
  feature_approval_policy integer not null default 0,
  featured_collection_url text,
  fields jsonb,
  followers_url text not null default '',
  following_url text not null default '',
  header_content_type text,
  header_description text not null default '',
  header_file_name text,
  header_file_size integer,
  header_remote_url text not null default '',
  header_storage_schema_version integer,
  header_updated_at timestamptz(3),
  hide_collections boolean,
  id_scheme integer default 1,
  inbox_url text not null default '',
  indexable boolean not null default false,
  last_webfingered_at timestamptz(3),
  locked boolean not null default false,
  memorial boolean not null default false,
  note text not null default '',
  outbox_url text not null default '',
  private_key text,
  protocol integer not null default 0,
  public_key text not null default '',
  requested_review_at timestamptz(3),
  reviewed_at timestamptz(3),
  sensitized_at timestamptz(3),
  shared_inbox_url text not null default '',
  show_featured boolean not null default true,
  show_media boolean not null default true,
  show_media_replies boolean not null default true,
  silenced_at timestamptz(3),
  suspended_at timestamptz(3),
  suspension_origin integer,
  trendable boolean,
  uri text not null default '',
  url text,
  username text not null default '',
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
);
create index accounts_search on accounts using gin ((setweight(to_tsvector('simple', display_name), 'A') || setweight(to_tsvector('simple', username), 'B') || setweight(to_tsvector('simple', coalesce(domain, '')), 'C')));
create unique index accounts_username_domain on accounts (lower(username), coalesce(lower(domain), ''));
create index accounts_domain_id on accounts (domain, id);
create index accounts_moved_to_account_id on accounts (moved_to_account_id) where moved_to_account_id is not null;
-- One actor, one row: two parallel fetches of the same id must meet here (Mastodon's index is not unique).
create unique index accounts_uri on accounts (uri) where uri <> '';
create index accounts_url on accounts (url text_pattern_ops) where url is not null;

-- Cached post/follower/following counters and last post time.
create table account_stats (
  id bigserial primary key,
  account_id bigint not null,
  followers_count bigint not null default 0,
  following_count bigint not null default 0,
  last_status_at timestamptz(3),
  statuses_count bigint not null default 0,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
);
create unique index account_stats_account_id on account_stats (account_id);
create index account_stats_last_status_at_account_id on account_stats (last_status_at desc nulls last, account_id);

-- Old handles a local user declares before a move.
create table account_aliases (
  id bigserial primary key,
  account_id bigint not null,
  acct text not null default '',
  uri text not null default '',
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
);
create unique index account_aliases_account_id_uri on account_aliases (account_id, uri);

-- History of outgoing moves (30-day cooldown).
create table account_migrations (
  id bigserial primary key,
  account_id bigint,
  target_account_id bigint,
  acct text not null default '',
  followers_count bigint not null default 0,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
);
create index account_migrations_account_id on account_migrations (account_id);
create index account_migrations_target_account_id on account_migrations (target_account_id) where target_account_id is not null;

-- Private note one account keeps about another.
create table account_notes (
  id bigserial primary key,
  account_id bigint not null,
  target_account_id bigint not null,
  comment text not null,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
);
create unique index account_notes_account_id_target_account_id on account_notes (account_id, target_account_id);
create index account_notes_target_account_id on account_notes (target_account_id);

-- Endorsed (featured) profiles.
create table account_pins (
  id bigserial primary key,
  account_id bigint not null,
  target_account_id bigint not null,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
);
create unique index account_pins_account_id_target_account_id on account_pins (account_id, target_account_id);
create index account_pins_target_account_id on account_pins (target_account_id);

-- Servers a user hides.
create table account_domain_blocks (
  id bigserial primary key,
  account_id bigint not null,
  domain text not null,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
);
create unique index account_domain_blocks_account_id_domain on account_domain_blocks (account_id, domain);

-- Per-user direct-message thread rows with unread flag.
create table account_conversations (
  id bigserial primary key,
  account_id bigint not null,
  conversation_id bigint not null,
  last_status_id bigint,
  lock_version integer not null default 0,
  participant_account_ids bigint[] not null default '{}',
  status_ids bigint[] not null default '{}',
  unread boolean not null default false
);
create unique index account_conversations_account_id_conversation_id_participa on account_conversations (account_id, conversation_id, participant_account_ids);
create index account_conversations_conversation_id on account_conversations (conversation_id);

-- Automatic post deletion settings.
create table account_statuses_cleanup_policies (
  id bigserial primary key,
  account_id bigint not null,
  enabled boolean not null default true,
  keep_direct boolean not null default true,
  keep_media boolean not null default false,
  keep_pinned boolean not null default true,
  keep_polls boolean not null default false,
  keep_self_bookmark boolean not null default true,
  keep_self_fav boolean not null default true,
  min_favs integer,
  min_reblogs integer,
  min_status_age integer not null default 1209600,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
);
create index account_statuses_cleanup_policies_account_id on account_statuses_cleanup_policies (account_id);

-- Suspension/deletion queue, executed after 30 days.
create table account_deletion_requests (
  id bigserial primary key,
  account_id bigint not null,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
);
create index account_deletion_requests_account_id on account_deletion_requests (account_id);

-- Profile hashtags (join).
create table accounts_tags (
  account_id bigint not null,
  tag_id bigint not null,
  primary key (tag_id, account_id)
);
create index accounts_tags_account_id_tag_id on accounts_tags (account_id, tag_id);

-- Hashtags shown on a profile with usage counts.
create table featured_tags (
  id bigserial primary key,
  account_id bigint not null,
  tag_id bigint not null,
  last_status_at timestamptz(3),
  name text,
  statuses_count bigint not null default 0,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
);
create unique index featured_tags_account_id_tag_id on featured_tags (account_id, tag_id);
create index featured_tags_tag_id on featured_tags (tag_id);

-- Additional signing keys per account.
create table keypairs (
  id bigserial primary key,
  account_id bigint not null,
  expires_at timestamptz(3),
  private_key text,
  public_key text not null,
  revoked boolean not null default false,
  type integer not null,
  uri text not null,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
);
create index keypairs_account_id on keypairs (account_id);
create unique index keypairs_uri on keypairs (uri);

-- URIs that must not be re-created.
create table tombstones (
  id bigserial primary key,
  account_id bigint not null,
  by_moderator boolean,
  uri text not null,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
);
create index tombstones_account_id on tombstones (account_id);
create index tombstones_uri on tombstones (uri);

-- Outside readers receiving posts by mail.
create table email_subscriptions (
  id bigserial primary key,
  account_id bigint not null,
  confirmation_token text,
  confirmed_at timestamptz(3),
  email text not null,
  locale text not null,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
);
create unique index email_subscriptions_account_id_email on email_subscriptions (account_id, email);
create unique index email_subscriptions_confirmation_token on email_subscriptions (confirmation_token) where confirmation_token is not null;
`)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(
    'drop table email_subscriptions, tombstones, keypairs, featured_tags, accounts_tags, account_deletion_requests, account_statuses_cleanup_policies, account_conversations, account_domain_blocks, account_pins, account_notes, account_migrations, account_aliases, account_stats, accounts cascade',
  )
}
