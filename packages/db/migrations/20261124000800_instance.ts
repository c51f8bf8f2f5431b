import type { Knex } from 'knex'

/** Instance settings and content. Names, columns and enumerations are Mastodon's where they mean the same. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
-- Site settings (key, YAML/JSON value).
create table settings (
  id bigserial primary key,
  value text,
  var text not null,
  created_at timestamptz(3) default now(),
  updated_at timestamptz(3) default now()
);
create unique index settings_var on settings (var);

-- Thumbnail, mascot, icons.
create table site_uploads (
  id bigserial primary key,
  blurhash text,
  file_content_type text,
  file_file_name text,
  file_file_size integer,
  file_updated_at timestamptz(3),
  meta jsonb,
  var text not null default '',
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
);
create unique index site_uploads_var on site_uploads (var);

-- Server rules.
create table rules (
  id bigserial primary key,
  deleted_at timestamptz(3),
  hint text not null default '',
  priority integer not null default 0,
  text text not null default '',
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
);

-- Translated rules.
create table rule_translations (
  id bigserial primary key,
  rule_id bigint not null,
  hint text not null default '',
  language text not null,
  text text not null default '',
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
);
create unique index rule_translations_rule_id_language on rule_translations (rule_id, language);

-- Terms versions.
create table terms_of_services (
  id bigserial primary key,
  changelog text not null default '',
  effective_date date,
  notification_sent_at timestamptz(3),
  published_at timestamptz(3),
  text text not null default '',
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
);
create unique index terms_of_services_effective_date on terms_of_services (effective_date) where effective_date is not null;

-- Announcements.
create table announcements (
  id bigserial primary key,
  all_day boolean not null default false,
  ends_at timestamptz(3),
  notification_sent_at timestamptz(3),
  published boolean not null default false,
  published_at timestamptz(3),
  scheduled_at timestamptz(3),
  starts_at timestamptz(3),
  status_ids bigint[],
  text text not null default '',
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
);

-- Dismissed announcements.
create table announcement_mutes (
  id bigserial primary key,
  account_id bigint not null,
  announcement_id bigint not null,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
);
create unique index announcement_mutes_account_id_announcement_id on announcement_mutes (account_id, announcement_id);
create index announcement_mutes_announcement_id on announcement_mutes (announcement_id);

-- Reactions.
create table announcement_reactions (
  id bigserial primary key,
  account_id bigint not null,
  announcement_id bigint not null,
  custom_emoji_id bigint,
  name text not null default '',
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
);
create unique index announcement_reactions_account_id_announcement_id_name on announcement_reactions (account_id, announcement_id, name);
create index announcement_reactions_announcement_id on announcement_reactions (announcement_id);
create index announcement_reactions_custom_emoji_id on announcement_reactions (custom_emoji_id) where custom_emoji_id is not null;

-- Local and remote emoji.
create table custom_emojis (
  id bigserial primary key,
  category_id bigint,
  disabled boolean not null default false,
  domain text,
  image_content_type text,
  image_file_name text,
  image_file_size integer,
  image_remote_url text,
  image_storage_schema_version integer,
  image_updated_at timestamptz(3),
  shortcode text not null default '',
  uri text,
  visible_in_picker boolean not null default true,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
);
create unique index custom_emojis_shortcode_domain on custom_emojis (shortcode, domain) nulls not distinct;

-- Emoji groups.
create table custom_emoji_categories (
  id bigserial primary key,
  featured_emoji_id bigint,
  name text,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
);
create unique index custom_emoji_categories_name on custom_emoji_categories (name);

-- Outgoing webhooks.
create table webhooks (
  id bigserial primary key,
  enabled boolean not null default true,
  events text[] not null default '{}',
  secret text not null default '',
  template text,
  url text not null,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
);
create unique index webhooks_url on webhooks (url);

-- Relay servers.
create table relays (
  id bigserial primary key,
  follow_activity_id text,
  inbox_url text not null default '',
  state integer not null default 0,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
);

-- Known newer versions.
create table software_updates (
  id bigserial primary key,
  release_notes text not null default '',
  type integer not null default 0,
  urgent boolean not null default false,
  version text not null,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
);
create unique index software_updates_version on software_updates (version);
`)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(
    'drop table software_updates, relays, webhooks, custom_emoji_categories, custom_emojis, announcement_reactions, announcement_mutes, announcements, terms_of_services, rule_translations, rules, site_uploads, settings cascade',
  )
}
