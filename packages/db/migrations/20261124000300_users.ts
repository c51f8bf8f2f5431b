import type { Knex } from 'knex'

/** Logins, sessions, tokens and personal settings. Names, columns and enumerations are Mastodon's where they mean the same. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
-- Login record of a local account.
create table users (
  id bigserial primary key,
  account_id bigint not null,
  created_by_application_id bigint,
  invite_id bigint,
  role_id bigint,
  age_verified_at timestamptz(3),
  approved boolean not null default true,
  chosen_languages text[],
  confirmation_sent_at timestamptz(3),
  confirmation_token text,
  confirmed_at timestamptz(3),
  consumed_timestep integer,
  current_sign_in_at timestamptz(3),
  disabled boolean not null default false,
  email text not null default '',
  encrypted_password text not null default '',
  last_emailed_at timestamptz(3),
  last_sign_in_at timestamptz(3),
  locale text,
  otp_backup_codes text[],
  otp_required_for_login boolean not null default false,
  otp_secret text,
  require_tos_interstitial boolean not null default false,
  reset_password_sent_at timestamptz(3),
  reset_password_token text,
  settings text,
  sign_in_count integer not null default 0,
  sign_in_token text,
  sign_in_token_sent_at timestamptz(3),
  sign_up_ip inet,
  skip_sign_in_token boolean,
  time_zone text,
  unconfirmed_email text,
  webauthn_id text,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
);
create index users_account_id on users (account_id);
create unique index users_confirmation_token on users (confirmation_token);
create index users_created_by_application_id on users (created_by_application_id) where created_by_application_id is not null;
create unique index users_email on users (email);
create unique index users_reset_password_token on users (reset_password_token text_pattern_ops) where reset_password_token is not null;
create index users_role_id on users (role_id) where role_id is not null;
create index users_unconfirmed_email on users (unconfirmed_email) where unconfirmed_email is not null;

-- Roles with permission bitmask; row −99 is everyone.
create table user_roles (
  id bigserial primary key,
  collection_limit integer not null default 10,
  color text not null default '',
  highlighted boolean not null default false,
  name text not null default '',
  permissions bigint not null default 0,
  position integer not null default 0,
  require_2fa boolean not null default false,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
);

-- Reason given at sign-up.
create table user_invite_requests (
  id bigserial primary key,
  user_id bigint not null,
  text text,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
);
create index user_invite_requests_user_id on user_invite_requests (user_id);

-- Invitation codes.
create table invites (
  id bigserial primary key,
  user_id bigint not null,
  autofollow boolean not null default false,
  code text not null default '',
  comment text,
  expires_at timestamptz(3),
  max_uses integer,
  uses integer not null default 0,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
);
create unique index invites_code on invites (code);
create index invites_user_id on invites (user_id);

-- External sign-on links.
create table identities (
  id bigserial primary key,
  user_id bigint,
  provider text not null default '',
  uid text not null default '',
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
);
create unique index identities_uid_provider on identities (uid, provider);
create index identities_user_id on identities (user_id);

-- Sign-in history.
create table login_activities (
  id bigserial primary key,
  user_id bigint not null,
  authentication_method text,
  failure_reason text,
  ip inet,
  provider text,
  success boolean,
  user_agent text,
  created_at timestamptz(3) default now()
);
create index login_activities_user_id on login_activities (user_id);

-- Browser sessions.
create table session_activations (
  id bigserial primary key,
  access_token_id bigint,
  user_id bigint not null,
  ip inet,
  session_id text not null,
  user_agent text not null default '',
  web_push_subscription_id bigint,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
);
create index session_activations_access_token_id on session_activations (access_token_id);
create unique index session_activations_session_id on session_activations (session_id);
create index session_activations_user_id on session_activations (user_id);

-- Security keys.
create table webauthn_credentials (
  id bigserial primary key,
  user_id bigint,
  external_id text not null,
  nickname text not null,
  public_key text not null,
  sign_count bigint not null default 0,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
);
create unique index webauthn_credentials_external_id on webauthn_credentials (external_id);
create unique index webauthn_credentials_user_id_nickname on webauthn_credentials (user_id, nickname);

-- Client preferences blob.
create table web_settings (
  id bigserial primary key,
  user_id bigint not null,
  data jsonb,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
);
create unique index web_settings_user_id on web_settings (user_id);

-- Push endpoints and alert choices.
create table web_push_subscriptions (
  id bigserial primary key,
  access_token_id bigint not null,
  user_id bigint not null,
  data jsonb,
  endpoint text not null,
  key_auth text not null,
  key_p256dh text not null,
  standard boolean not null default false,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
);
create index web_push_subscriptions_access_token_id on web_push_subscriptions (access_token_id) where access_token_id is not null;
create index web_push_subscriptions_user_id on web_push_subscriptions (user_id);

-- Last-read positions per timeline.
create table markers (
  id bigserial primary key,
  user_id bigint not null,
  last_read_id bigint not null default 0,
  lock_version integer not null default 0,
  timeline text not null default '',
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
);
create unique index markers_user_id_timeline on markers (user_id, timeline);

-- Requested archives.
create table backups (
  id bigserial primary key,
  user_id bigint,
  dump_content_type text,
  dump_file_name text,
  dump_file_size bigint,
  dump_updated_at timestamptz(3),
  processed boolean not null default false,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
);
create index backups_user_id on backups (user_id);

-- Import jobs.
create table bulk_imports (
  id bigserial primary key,
  account_id bigint not null,
  finished_at timestamptz(3),
  imported_items integer not null default 0,
  likely_mismatched boolean not null default false,
  missing_status boolean not null default false,
  original_filename text not null default '',
  overwrite boolean not null default false,
  processed_items integer not null default 0,
  state integer not null,
  total_items integer not null default 0,
  type integer not null,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
);
create index bulk_imports_account_id on bulk_imports (account_id);
create index bulk_imports_id on bulk_imports (id) where state = 0;

-- Rows of an import.
create table bulk_import_rows (
  id bigserial primary key,
  bulk_import_id bigint not null,
  data jsonb,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
);
create index bulk_import_rows_bulk_import_id on bulk_import_rows (bulk_import_id);

-- Filter headers.
create table custom_filters (
  id bigserial primary key,
  account_id bigint not null,
  action integer not null default 0,
  context text[] not null default '{}',
  expires_at timestamptz(3),
  phrase text not null default '',
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
);
create index custom_filters_account_id on custom_filters (account_id);

-- Keywords of a filter.
create table custom_filter_keywords (
  id bigserial primary key,
  custom_filter_id bigint not null,
  keyword text not null default '',
  whole_word boolean not null default true,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
);
create index custom_filter_keywords_custom_filter_id on custom_filter_keywords (custom_filter_id);

-- Individually filtered posts.
create table custom_filter_statuses (
  id bigserial primary key,
  custom_filter_id bigint not null,
  status_id bigint not null,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
);
create index custom_filter_statuses_custom_filter_id on custom_filter_statuses (custom_filter_id);
create unique index custom_filter_statuses_status_id_custom_filter_id on custom_filter_statuses (status_id, custom_filter_id);

-- Yearly report data.
create table generated_annual_reports (
  id bigserial primary key,
  account_id bigint not null,
  data jsonb not null,
  schema_version integer not null,
  share_key text,
  viewed_at timestamptz(3),
  year integer not null,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
);
create unique index generated_annual_reports_account_id_year on generated_annual_reports (account_id, year);

-- Aggregates used while building yearly reports.
create table annual_report_statuses_per_account_counts (
  id bigserial primary key,
  account_id bigint not null,
  statuses_count bigint not null,
  year integer not null
);
create unique index annual_report_statuses_per_account_counts_year_account_id on annual_report_statuses_per_account_counts (year, account_id);

-- Client apps.
create table oauth_applications (
  id bigserial primary key,
  owner_id bigint,
  confidential boolean not null default true,
  name text not null,
  owner_type text,
  redirect_uri text not null,
  scopes text not null default '',
  secret text not null,
  superapp boolean not null default false,
  uid text not null,
  website text,
  created_at timestamptz(3) default now(),
  updated_at timestamptz(3) default now()
);
create index oauth_applications_owner_id_owner_type on oauth_applications (owner_id, owner_type);
create index oauth_applications_superapp on oauth_applications (superapp) where superapp = true;
create unique index oauth_applications_uid on oauth_applications (uid);

-- Authorisation codes.
create table oauth_access_grants (
  id bigserial primary key,
  application_id bigint not null,
  resource_owner_id bigint not null,
  code_challenge text,
  code_challenge_method text,
  expires_in integer not null,
  redirect_uri text not null,
  revoked_at timestamptz(3),
  scopes text,
  token text not null,
  created_at timestamptz(3) not null default now()
);
create index oauth_access_grants_resource_owner_id on oauth_access_grants (resource_owner_id);
create unique index oauth_access_grants_token on oauth_access_grants (token);

-- Access tokens.
create table oauth_access_tokens (
  id bigserial primary key,
  application_id bigint,
  resource_owner_id bigint,
  expires_in integer,
  last_used_at timestamptz(3),
  last_used_ip inet,
  refresh_token text,
  revoked_at timestamptz(3),
  scopes text,
  token text not null,
  created_at timestamptz(3) not null default now()
);
create unique index oauth_access_tokens_refresh_token on oauth_access_tokens (refresh_token text_pattern_ops) where refresh_token is not null;
create index oauth_access_tokens_resource_owner_id on oauth_access_tokens (resource_owner_id) where resource_owner_id is not null;
create unique index oauth_access_tokens_token on oauth_access_tokens (token);
`)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(
    'drop table oauth_access_tokens, oauth_access_grants, oauth_applications, annual_report_statuses_per_account_counts, generated_annual_reports, custom_filter_statuses, custom_filter_keywords, custom_filters, bulk_import_rows, bulk_imports, backups, markers, web_push_subscriptions, web_settings, webauthn_credentials, session_activations, login_activities, identities, invites, user_invite_requests, user_roles, users cascade',
  )
}
