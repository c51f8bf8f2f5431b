import type { Knex } from 'knex'

/** Reports, strikes and blocks of every kind. Names, columns and enumerations are Mastodon's where they mean the same. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
-- User and system reports.
create table reports (
  id bigserial primary key,
  account_id bigint not null,
  action_taken_by_account_id bigint,
  application_id bigint,
  assigned_account_id bigint,
  target_account_id bigint not null,
  action_taken_at timestamptz(3),
  category integer not null default 0,
  comment text not null default '',
  forwarded boolean,
  rule_ids bigint[],
  status_ids bigint[] not null default '{}',
  uri text,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
);
create index reports_account_id on reports (account_id);
create index reports_action_taken_by_account_id on reports (action_taken_by_account_id) where action_taken_by_account_id is not null;
create index reports_assigned_account_id on reports (assigned_account_id) where assigned_account_id is not null;
create index reports_target_account_id on reports (target_account_id);

-- Staff notes on reports.
create table report_notes (
  id bigserial primary key,
  account_id bigint not null,
  report_id bigint not null,
  content text not null,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
);
create index report_notes_account_id on report_notes (account_id);
create index report_notes_report_id on report_notes (report_id);

-- Staff notes on accounts.
create table account_moderation_notes (
  id bigserial primary key,
  account_id bigint not null,
  target_account_id bigint not null,
  content text not null,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
);
create index account_moderation_notes_account_id on account_moderation_notes (account_id);
create index account_moderation_notes_target_account_id on account_moderation_notes (target_account_id);

-- Staff notes on servers.
create table instance_moderation_notes (
  id bigserial primary key,
  account_id bigint not null,
  content text,
  domain text not null,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
);
create index instance_moderation_notes_domain on instance_moderation_notes (domain);

-- Strikes.
create table account_warnings (
  id bigserial primary key,
  account_id bigint,
  report_id bigint,
  target_account_id bigint,
  action integer not null default 0,
  overruled_at timestamptz(3),
  status_ids text[],
  text text not null default '',
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
);
create index account_warnings_account_id on account_warnings (account_id);
create index account_warnings_target_account_id on account_warnings (target_account_id);

-- Canned warning texts.
create table account_warning_presets (
  id bigserial primary key,
  text text not null default '',
  title text not null default '',
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
);

-- Appeals of strikes.
create table appeals (
  id bigserial primary key,
  account_id bigint not null,
  account_warning_id bigint not null,
  approved_by_account_id bigint,
  rejected_by_account_id bigint,
  approved_at timestamptz(3),
  rejected_at timestamptz(3),
  text text not null default '',
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
);
create index appeals_account_id on appeals (account_id);
create unique index appeals_account_warning_id on appeals (account_warning_id);
create index appeals_approved_by_account_id on appeals (approved_by_account_id) where approved_by_account_id is not null;
create index appeals_rejected_by_account_id on appeals (rejected_by_account_id) where rejected_by_account_id is not null;

-- Audit log.
create table admin_action_logs (
  id bigserial primary key,
  account_id bigint not null,
  action text not null default '',
  human_identifier text,
  permalink text,
  route_param text,
  target_id bigint,
  target_type text,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
);
create index admin_action_logs_account_id on admin_action_logs (account_id);
create index admin_action_logs_target_type_target_id on admin_action_logs (target_type, target_id);

-- Hashes of banned e-mail addresses.
create table canonical_email_blocks (
  id bigserial primary key,
  reference_account_id bigint,
  canonical_email_hash text not null default '',
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
);
create unique index canonical_email_blocks_canonical_email_hash on canonical_email_blocks (canonical_email_hash);
create index canonical_email_blocks_reference_account_id on canonical_email_blocks (reference_account_id);

-- Blocked or approval-only e-mail domains.
create table email_domain_blocks (
  id bigserial primary key,
  parent_id bigint,
  allow_with_approval boolean not null default false,
  domain text not null default '',
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
);
create unique index email_domain_blocks_domain on email_domain_blocks (domain);

-- IP rules.
create table ip_blocks (
  id bigserial primary key,
  comment text not null default '',
  expires_at timestamptz(3),
  ip inet not null default '0.0.0.0',
  severity integer not null default 0,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
);
create unique index ip_blocks_ip on ip_blocks (ip);

-- Reserved name patterns.
create table username_blocks (
  id bigserial primary key,
  allow_with_approval boolean not null default false,
  exact boolean not null default false,
  normalized_username text not null,
  username text not null,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
);
create unique index username_blocks_username on username_blocks (lower(username));
create index username_blocks_normalized_username on username_blocks (normalized_username);

-- Server limits.
create table domain_blocks (
  id bigserial primary key,
  domain text not null default '',
  obfuscate boolean not null default false,
  private_comment text,
  public_comment text,
  reject_media boolean not null default false,
  reject_reports boolean not null default false,
  severity integer default 0,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
);
create unique index domain_blocks_domain on domain_blocks (domain);

-- Servers allowed in limited mode.
create table domain_allows (
  id bigserial primary key,
  domain text not null default '',
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
);
create unique index domain_allows_domain on domain_allows (domain);

-- Servers with stopped delivery.
create table unavailable_domains (
  id bigserial primary key,
  domain text not null default '',
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
);
create unique index unavailable_domains_domain on unavailable_domains (domain);
`)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(
    'drop table unavailable_domains, domain_allows, domain_blocks, username_blocks, ip_blocks, email_domain_blocks, canonical_email_blocks, admin_action_logs, appeals, account_warning_presets, account_warnings, instance_moderation_notes, account_moderation_notes, report_notes, reports cascade',
  )
}
