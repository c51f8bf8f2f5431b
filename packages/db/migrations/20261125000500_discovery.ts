import type { Knex } from 'knex'

/**
 * What is recommended to everybody, counted anew once a day: two materialised views with the names and columns that
 * Mastodon gives them. And the way from a link to what shares it.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
create materialized view account_summaries as
select a.id as account_id,
  mode() within group (order by recent.language) as language,
  mode() within group (order by recent.sensitive) as sensitive
from accounts a
cross join lateral (
  select s.language, s.sensitive from statuses s
  where s.account_id = a.id and s.deleted_at is null and s.reblog_of_id is null
  order by s.id desc limit 20
) recent
where a.discoverable and not a.locked
  and a.suspended_at is null and a.silenced_at is null and a.moved_to_account_id is null
group by a.id;
create unique index account_summaries_account_id on account_summaries (account_id);
create index account_summaries_language_sensitive on account_summaries (account_id, language, sensitive);

create materialized view global_follow_recommendations as
select account_id, sum(rank) as rank, array_agg(reason) as reason
from (
  select f.target_account_id as account_id, count(f.id) / (1.0 + count(f.id)) as rank, 'most_followed'::text as reason
  from follows f
  join account_summaries summary on summary.account_id = f.target_account_id and not summary.sensitive
  join users u on u.account_id = f.account_id and u.current_sign_in_at >= now() - interval '30 days'
  where not exists (
    select from follow_recommendation_suppressions kept_out where kept_out.account_id = f.target_account_id)
  group by f.target_account_id
  having count(f.id) >= 5
  union all
  select s.account_id,
    sum(st.reblogs_count + st.favourites_count) / (1.0 + sum(st.reblogs_count + st.favourites_count)),
    'most_interactions'::text
  from status_stats st
  join statuses s on s.id = st.status_id
  join account_summaries summary on summary.account_id = s.account_id and not summary.sensitive
  where s.id >= ((date_part('epoch', now() - interval '30 days') * 1000)::bigint << 16) and s.deleted_at is null
    and not exists (
      select from follow_recommendation_suppressions kept_out where kept_out.account_id = s.account_id)
  group by s.account_id
  having sum(st.reblogs_count + st.favourites_count) >= 5
) found
group by account_id;
create unique index global_follow_recommendations_account_id on global_follow_recommendations (account_id);

-- 'https://a.b.example/x' → {a.b.example, b.example, example}: under whichever of them a publisher was reviewed.
create function domain_and_parents(url text) returns text[] as $$
  select array_agg(array_to_string(parts[place:], '.'))
  from (select string_to_array(lower(split_part(split_part(split_part(url, '://', 2), '/', 1), ':', 1)), '.') as parts) host,
    generate_subscripts(parts, 1) as place
$$ language sql immutable;

create index preview_cards_statuses_preview_card_id_status_id on preview_cards_statuses (preview_card_id, status_id);
`)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
drop function domain_and_parents(text);
drop index preview_cards_statuses_preview_card_id_status_id;
drop materialized view global_follow_recommendations;
drop materialized view account_summaries;
`)
}
