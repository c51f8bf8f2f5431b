import type { Knex } from 'knex'

/** Scored tags, statuses and links. Names, columns and enumerations are Mastodon's where they mean the same. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
-- Scored hashtags.
create table tag_trends (
  id bigserial primary key,
  tag_id bigint not null,
  allowed boolean not null default false,
  language text not null default '',
  rank integer not null default 0,
  score double precision not null default 0.0
);
create unique index tag_trends_tag_id_language on tag_trends (tag_id, language);

-- Scored posts.
create table status_trends (
  id bigserial primary key,
  account_id bigint not null,
  status_id bigint not null,
  allowed boolean not null default false,
  language text,
  rank integer not null default 0,
  score double precision not null default 0.0
);
create index status_trends_account_id on status_trends (account_id);
create unique index status_trends_status_id on status_trends (status_id);

-- Scored links.
create table preview_card_trends (
  id bigserial primary key,
  preview_card_id bigint not null,
  allowed boolean not null default false,
  language text,
  rank integer not null default 0,
  score double precision not null default 0.0
);
create unique index preview_card_trends_preview_card_id on preview_card_trends (preview_card_id);
`)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table preview_card_trends, status_trends, tag_trends cascade')
}
