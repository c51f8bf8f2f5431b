import type { Knex } from 'knex'

/** Notifications and their policy. Names, columns and enumerations are Mastodon's where they mean the same. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
-- In-app notifications, polymorphic, groupable.
create table notifications (
  id bigserial primary key,
  account_id bigint not null,
  from_account_id bigint not null,
  activity_id bigint not null,
  activity_type text not null,
  filtered boolean not null default false,
  group_key text,
  type text,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
);
create index notifications_account_id_group_key on notifications (account_id, group_key) where group_key is not null;
create index notifications_account_id_id_type on notifications (account_id, id desc, type);
create index notifications_account_id_id_type_partial on notifications (account_id, id desc, type) where filtered = false;
create index notifications_activity_id_activity_type on notifications (activity_id, activity_type);
create index notifications_from_account_id on notifications (from_account_id);

-- Accept/filter/drop choices.
create table notification_policies (
  id bigserial primary key,
  account_id bigint not null,
  for_bots integer not null default 0,
  for_limited_accounts integer not null default 1,
  for_new_accounts integer not null default 0,
  for_not_followers integer not null default 0,
  for_not_following integer not null default 0,
  for_private_mentions integer not null default 1,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
);
create unique index notification_policies_account_id on notification_policies (account_id);

-- Senders allowed through.
create table notification_permissions (
  id bigserial primary key,
  account_id bigint not null,
  from_account_id bigint not null,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
);
create index notification_permissions_account_id on notification_permissions (account_id);
create index notification_permissions_from_account_id on notification_permissions (from_account_id);

-- Filtered inbox counters.
create table notification_requests (
  id bigint primary key default timestamp_id('notification_requests'),
  account_id bigint not null,
  from_account_id bigint not null,
  last_status_id bigint,
  notifications_count bigint not null default 0,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
);
create unique index notification_requests_account_id_from_account_id on notification_requests (account_id, from_account_id);
create index notification_requests_from_account_id on notification_requests (from_account_id);
create index notification_requests_last_status_id on notification_requests (last_status_id);
`)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(
    'drop table notification_requests, notification_permissions, notification_policies, notifications cascade',
  )
}
