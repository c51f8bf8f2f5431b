import type { Knex } from 'knex'

/**
 * Handles and tags that are like what was typed, for searches that find nothing else: those that contain it, and those
 * that share a third of their trigrams. Where pg_trgm cannot be made, nothing is like anything.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
do $$ begin
  create extension if not exists pg_trgm;
exception when insufficient_privilege or undefined_file or feature_not_supported then
  raise notice 'The extension pg_trgm cannot be made (%): searches find no misspelt names.', sqlerrm;
end $$`)
  for (const [table, column] of [
    ['accounts', 'username'],
    ['tags', 'name'],
  ])
    await knex.raw(`
do $do$ begin
  if exists (select from pg_extension where extname = 'pg_trgm') then
    create index ${table}_${column}_trigrams on ${table} using gin (lower(${column}) gin_trgm_ops);
    create function similar_${table}(typed text) returns table (id bigint, likeness real)
    language sql stable as $$
      select t.id, greatest(similarity(lower(t.${column}), lower(typed)), position(lower(typed) in lower(t.${column}))::bool::int * 0.5)::real
      from ${table} t
      where lower(t.${column}) % lower(typed)
        or lower(t.${column}) like '%' || regexp_replace(lower(typed), '([%_\\\\])', '\\\\\\1', 'g') || '%'
    $$;
  else
    create function similar_${table}(typed text) returns table (id bigint, likeness real)
    language sql stable as $$ select null::bigint, null::real where false $$;
  end if;
end $do$`)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
drop function similar_accounts(text), similar_tags(text);
drop index if exists accounts_username_trigrams, tags_name_trigrams;`)
}
