import type { Knex } from 'knex'

/** Statuses and what hangs on them. Names, columns and enumerations are Mastodon's where they mean the same. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
-- Posts (soft delete by deleted_at); boosts are rows with reblog_of_id.
create table statuses (
  id bigint primary key default timestamp_id('statuses'),
  account_id bigint not null,
  in_reply_to_account_id bigint,
  in_reply_to_id bigint,
  reblog_of_id bigint,
  application_id bigint,
  conversation_id bigint,
  deleted_at timestamptz(3),
  edited_at timestamptz(3),
  fetched_replies_at timestamptz(3),
  language text,
  local boolean,
  ordered_media_attachment_ids bigint[],
  poll_id bigint,
  quote_approval_policy integer not null default 0,
  reply boolean not null default false,
  sensitive boolean not null default false,
  spoiler_text text not null default '',
  text text not null default '',
  trendable boolean,
  uri text,
  url text,
  visibility integer not null default 0,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
);
create index statuses_account_id_id_visibility_updated_at on statuses (account_id, id desc, visibility, updated_at) where deleted_at is null;
create index statuses_account_id on statuses (account_id);
create index statuses_conversation_id on statuses (conversation_id);
create index statuses_deleted_at on statuses (deleted_at) where deleted_at is not null;
create index statuses_id_account_id on statuses (id desc, account_id) where ((local or (uri is null)) and (deleted_at is null) and (visibility = 0) and (reblog_of_id is null) and ((not reply) or (in_reply_to_account_id = account_id)));
create index statuses_id_language_account_id on statuses (id desc, language, account_id) where ((deleted_at is null) and (visibility = 0) and (reblog_of_id is null) and ((not reply) or (in_reply_to_account_id = account_id)));
create index statuses_in_reply_to_account_id on statuses (in_reply_to_account_id) where in_reply_to_account_id is not null;
create index statuses_in_reply_to_id on statuses (in_reply_to_id) where in_reply_to_id is not null;
create index statuses_reblog_of_id_account_id on statuses (reblog_of_id, account_id);
create unique index statuses_uri on statuses (uri text_pattern_ops) where uri is not null;

-- Reply/boost/favourite/quote counters plus untrusted remote counts.
create table status_stats (
  id bigserial primary key,
  status_id bigint not null,
  favourites_count bigint not null default 0,
  quotes_count bigint not null default 0,
  reblogs_count bigint not null default 0,
  replies_count bigint not null default 0,
  untrusted_favourites_count bigint,
  untrusted_reblogs_count bigint,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
);
create unique index status_stats_status_id on status_stats (status_id);

-- Revision snapshots.
create table status_edits (
  id bigserial primary key,
  account_id bigint,
  status_id bigint not null,
  media_descriptions text[],
  ordered_media_attachment_ids bigint[],
  poll_options text[],
  quote_id bigint,
  sensitive boolean,
  spoiler_text text not null default '',
  text text not null default '',
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
);
create index status_edits_account_id on status_edits (account_id);
create index status_edits_status_id on status_edits (status_id);

-- Posts pinned on a profile.
create table status_pins (
  id bigserial primary key,
  account_id bigint not null,
  status_id bigint not null,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
);
create unique index status_pins_account_id_status_id on status_pins (account_id, status_id);
create index status_pins_status_id on status_pins (status_id);

-- Post ↔ hashtag join.
create table statuses_tags (
  status_id bigint not null,
  tag_id bigint not null,
  primary key (tag_id, status_id)
);
create index statuses_tags_status_id on statuses_tags (status_id);

-- Accounts addressed by a post.
create table mentions (
  id bigserial primary key,
  account_id bigint not null,
  status_id bigint not null,
  silent boolean not null default false,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
);
create unique index mentions_account_id_status_id on mentions (account_id, status_id);
create index mentions_status_id on mentions (status_id);

-- Uploads and cached remote media.
create table media_attachments (
  id bigint primary key default timestamp_id('media_attachments'),
  account_id bigint,
  status_id bigint,
  blurhash text,
  description text,
  file_content_type text,
  file_file_name text,
  file_file_size integer,
  file_meta jsonb,
  file_storage_schema_version integer,
  file_updated_at timestamptz(3),
  processing integer,
  remote_url text not null default '',
  scheduled_status_id bigint,
  shortcode text,
  thumbnail_content_type text,
  thumbnail_file_name text,
  thumbnail_file_size integer,
  thumbnail_remote_url text,
  thumbnail_storage_schema_version integer,
  thumbnail_updated_at timestamptz(3),
  type integer not null default 0,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
);
create index media_attachments_account_id_status_id on media_attachments (account_id, status_id desc);
create index media_attachments_scheduled_status_id on media_attachments (scheduled_status_id) where scheduled_status_id is not null;
create unique index media_attachments_shortcode on media_attachments (shortcode text_pattern_ops) where shortcode is not null;
create index media_attachments_status_id on media_attachments (status_id);

-- Poll definitions and tallies.
create table polls (
  id bigserial primary key,
  account_id bigint not null,
  status_id bigint not null,
  cached_tallies bigint[] not null default '{}',
  expires_at timestamptz(3),
  hide_totals boolean not null default false,
  last_fetched_at timestamptz(3),
  lock_version integer not null default 0,
  multiple boolean not null default false,
  options text[] not null default '{}',
  voters_count bigint,
  votes_count bigint not null default 0,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
);
create index polls_account_id on polls (account_id);
create index polls_status_id on polls (status_id);

-- Individual votes.
create table poll_votes (
  id bigserial primary key,
  account_id bigint not null,
  poll_id bigint not null,
  choice integer not null default 0,
  uri text,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
);
create index poll_votes_account_id on poll_votes (account_id);
create index poll_votes_poll_id on poll_votes (poll_id);

-- Quote relations and consent state.
create table quotes (
  id bigint primary key default timestamp_id('quotes'),
  account_id bigint not null,
  quoted_account_id bigint,
  quoted_status_id bigint,
  status_id bigint not null,
  activity_uri text,
  approval_uri text,
  legacy boolean not null default false,
  state integer not null default 0,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
);
create index quotes_account_id_quoted_account_id_id on quotes (account_id, quoted_account_id, id);
create unique index quotes_activity_uri on quotes (activity_uri) where activity_uri is not null;
create index quotes_approval_uri on quotes (approval_uri) where approval_uri is not null;
create index quotes_quoted_account_id on quotes (quoted_account_id);
create index quotes_quoted_status_id_id on quotes (quoted_status_id, id);
create unique index quotes_status_id on quotes (status_id);

-- Saved posts.
create table bookmarks (
  id bigserial primary key,
  account_id bigint not null,
  status_id bigint not null,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
);
create unique index bookmarks_account_id_status_id on bookmarks (account_id, status_id);
create index bookmarks_status_id on bookmarks (status_id);

-- Favourites.
create table favourites (
  id bigserial primary key,
  account_id bigint not null,
  status_id bigint not null,
  uri text,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
);
create index favourites_account_id_id on favourites (account_id, id);
create unique index favourites_account_id_status_id on favourites (account_id, status_id);
create index favourites_status_id on favourites (status_id);
-- Undo may name the Like by its id alone.
create unique index favourites_uri on favourites (uri) where uri is not null;

-- Future posts with their parameters.
create table scheduled_statuses (
  id bigserial primary key,
  account_id bigint not null,
  params jsonb,
  scheduled_at timestamptz(3)
);
create index scheduled_statuses_account_id on scheduled_statuses (account_id);
create index scheduled_statuses_scheduled_at on scheduled_statuses (scheduled_at);

-- Thread groups.
create table conversations (
  id bigserial primary key,
  parent_account_id bigint,
  parent_status_id bigint,
  uri text,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
);
create unique index conversations_parent_status_id on conversations (parent_status_id) where parent_status_id is not null;
create unique index conversations_uri on conversations (uri text_pattern_ops) where uri is not null;

-- Muted threads.
create table conversation_mutes (
  id bigserial primary key,
  account_id bigint not null,
  conversation_id bigint not null
);
create unique index conversation_mutes_account_id_conversation_id on conversation_mutes (account_id, conversation_id);

-- Link previews.
create table preview_cards (
  id bigserial primary key,
  author_account_id bigint,
  unverified_author_account_id bigint,
  author_name text not null default '',
  author_url text not null default '',
  blurhash text,
  description text not null default '',
  embed_url text not null default '',
  height integer not null default 0,
  html text not null default '',
  image_content_type text,
  image_description text not null default '',
  image_file_name text,
  image_file_size integer,
  image_storage_schema_version integer,
  image_updated_at timestamptz(3),
  language text,
  link_type integer,
  max_score double precision,
  max_score_at timestamptz(3),
  provider_name text not null default '',
  provider_url text not null default '',
  published_at timestamptz(3),
  title text not null default '',
  trendable boolean,
  type integer not null default 0,
  url text not null default '',
  width integer not null default 0,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
);
create index preview_cards_author_account_id on preview_cards (author_account_id) where author_account_id is not null;
create index preview_cards_unverified_author_account_id_id on preview_cards (unverified_author_account_id, id) where unverified_author_account_id is not null;
create unique index preview_cards_url on preview_cards (url);

-- Card ↔ post join.
create table preview_cards_statuses (
  preview_card_id bigint not null,
  status_id bigint not null,
  url text,
  primary key (status_id, preview_card_id)
);

-- Publisher domains with trend permission.
create table preview_card_providers (
  id bigserial primary key,
  domain text not null default '',
  icon_content_type text,
  icon_file_name text,
  icon_file_size bigint,
  icon_updated_at timestamptz(3),
  requested_review_at timestamptz(3),
  reviewed_at timestamptz(3),
  trendable boolean,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
);
create unique index preview_card_providers_domain on preview_card_providers (domain);

-- Objects such as collections linked from a post.
create table tagged_objects (
  id bigserial primary key,
  status_id bigint not null,
  ap_type text not null,
  object_id bigint,
  object_type text,
  uri text,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
);
create index tagged_objects_object_type_object_id on tagged_objects (object_type, object_id);
create unique index tagged_objects_status_id_object_type_object_id on tagged_objects (status_id, object_type, object_id) where ((object_type is not null) and (object_id is not null));
create unique index tagged_objects_status_id_uri on tagged_objects (status_id, uri) where uri is not null;

-- Hashtags and moderation flags.
create table tags (
  id bigserial primary key,
  display_name text,
  last_status_at timestamptz(3),
  listable boolean,
  max_score double precision,
  max_score_at timestamptz(3),
  name text not null default '',
  requested_review_at timestamptz(3),
  reviewed_at timestamptz(3),
  trendable boolean,
  usable boolean,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
);
create unique index tags_name on tags (lower(name) text_pattern_ops);
`)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(
    'drop table tags, tagged_objects, preview_card_providers, preview_cards_statuses, preview_cards, conversation_mutes, conversations, scheduled_statuses, favourites, bookmarks, quotes, poll_votes, polls, media_attachments, mentions, statuses_tags, status_pins, status_edits, status_stats, statuses cascade',
  )
}
