import type { Knex } from 'knex'

/**
 * Full-text search of posts (decision 0018). A row of `status_search` holds the words of a post twice, as they stand
 * and stemmed by its language; triggers keep it in step with the post, its poll and its media, whoever writes those.
 * Boosts have no words of their own.
 */
export async function up(knex: Knex): Promise<void> {
  for (const step of [UNACCENT, CONFIGURATIONS, WORDS, QUESTIONS, TABLE, TRIGGERS, FILL, INDEX])
    await knex.raw(step)
}

/** Where the role may not make extensions, or the server has none, accents are told apart. */
const UNACCENT = `
do $$ begin
  create extension if not exists unaccent;
exception when insufficient_privilege or undefined_file or feature_not_supported then
  raise notice 'The extension unaccent cannot be made (%): searches tell "é" from "e".', sqlerrm;
end $$`

/** One for each language the server can stem, named after it, with unaccent before the dictionary of words. */
const CONFIGURATIONS = `
do $$
declare
  language name;
  dictionary regdictionary;
begin
  for language in select cfgname from pg_ts_config where cfgnamespace = 'pg_catalog'::regnamespace loop
    execute format('create text search configuration %I (copy = pg_catalog.%I)', 'search_' || language, language);
    continue when not exists (select from pg_ts_dict where dictname = 'unaccent');
    select m.mapdict into dictionary from pg_ts_config_map m
      where m.mapcfg = ('search_' || language)::regconfig
        and m.maptokentype = (select tokid from ts_token_type('default') where alias = 'word')
      order by m.mapseqno limit 1;
    execute format(
      'alter text search configuration %I alter mapping for word, hword, hword_part with unaccent, %s',
      'search_' || language, dictionary);
  end loop;
end $$`

/** What ISO 639-1 calls the languages of PostgreSQL 14; there are more since, stemmed where the server knows them. */
const STEMMED: Record<string, string> = {
  ar: 'arabic',
  da: 'danish',
  de: 'german',
  el: 'greek',
  en: 'english',
  es: 'spanish',
  eu: 'basque',
  fi: 'finnish',
  fr: 'french',
  ga: 'irish',
  hi: 'hindi',
  hu: 'hungarian',
  hy: 'armenian',
  id: 'indonesian',
  it: 'italian',
  lt: 'lithuanian',
  nb: 'norwegian',
  ne: 'nepali',
  nl: 'dutch',
  nn: 'norwegian',
  no: 'norwegian',
  pt: 'portuguese',
  ro: 'romanian',
  ru: 'russian',
  sr: 'serbian',
  sv: 'swedish',
  ta: 'tamil',
  tr: 'turkish',
  yi: 'yiddish',
  ca: 'catalan',
}

const cases = Object.entries(STEMMED)
  .map(([code, name]) => `when '${code}' then 'search_${name}'::regconfig`)
  .join('\n    ')

/** Han, kana, hangul: written without spaces, or with words that end in many ways. */
const SYLLABLES =
  '\\u1100-\\u11ff\\u3005-\\u3007\\u3041-\\u30ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uac00-\\ud7af\\uf900-\\ufaff'

/** Keeps the last word of the one half from being the neighbour of the first of the other: no word, and not kept. */
const GAP = 'zzqzz'

/** A syllable is a word to the index, so that any run of them is found as a phrase. */
const WORDS = `
create function search_configuration(language text) returns regconfig
language sql immutable parallel safe
begin atomic
  select case split_part(language, '-', 1)
    ${cases}
    else 'search_simple'::regconfig end;
end;

create function search_spaced(body text) returns text
language sql immutable strict parallel safe
begin atomic
  select case when body ~ '[${SYLLABLES}]' then regexp_replace(body, '([${SYLLABLES}])', ' \\1 ', 'g') else body end;
end;

-- In plpgsql, which keeps its plans: in SQL this takes six times as long.
create function search_words(language text, body text) returns tsvector
language plpgsql immutable parallel safe as $$
declare
  configuration constant regconfig := search_configuration(language);
  spaced constant text := search_spaced(left(body, 100000));
begin
  if configuration = 'search_simple'::regconfig then return to_tsvector(configuration, spaced); end if;
  return to_tsvector('search_simple'::regconfig, spaced)
    || ts_delete(to_tsvector(configuration, '${GAP} ' || spaced), '${GAP}');
end $$`

/** A term in quotes is asked for as it stands, another also as each of the languages stems it. */
const QUESTIONS = `
create function search_term(term text, is_exact boolean, languages text[]) returns tsquery
language sql immutable parallel safe
begin atomic
  select string_agg(q::text, ' | ')::tsquery from (
    select phraseto_tsquery('search_simple'::regconfig, search_spaced(term)) as q
    union
    select phraseto_tsquery(search_configuration(l), search_spaced(term)) from unnest(languages) l where not is_exact
  ) asked where numnode(q) > 0;
end;

create function search_query(terms text[], exact boolean[], negated boolean[], languages text[]) returns tsquery
language sql immutable parallel safe
begin atomic
  select coalesce(string_agg(case when is_negated then '!' else '' end || '(' || q::text || ')', ' & '), '')::tsquery
  from (
    select is_negated, search_term(term, is_exact, languages) as q
    from unnest(terms, exact, negated) as t (term, is_exact, is_negated)
  ) asked where numnode(q) > 0;
end`

const TABLE = `
create table status_search (
  status_id bigint primary key references statuses on delete cascade,
  words tsvector not null,
  -- What narrows a search of common words down inside the index, such as from:12 or has:image; the tables have the last word.
  marks text[] not null
)`

/** Everything a post says: what Mastodon searches, too. */
const SAID = `s.spoiler_text || E'\\n' || s.text
    || coalesce(E'\\n' || (select array_to_string(p.options, E'\\n') from polls p where p.id = s.poll_id), '')
    || coalesce(E'\\n' || (
      select string_agg(m.description, E'\\n' order by m.id) from media_attachments m where m.status_id = s.id), '')`

/** Named after the properties that a search can ask for; a card that embeds something is a link like others. */
const MARKS = `array_remove(array[
      'from:' || s.account_id,
      case when s.visibility = 0 then 'public' end,
      case when s.reply then 'reply' end,
      case when s.sensitive then 'sensitive' end,
      case when s.poll_id is not null then 'poll' end,
      'language:' || lower(s.language),
      case when exists (select from preview_cards_statuses c where c.status_id = s.id) then 'link' end,
      case when exists (select from quotes q where q.status_id = s.id) then 'quote' end
    ] || array(
      select distinct mark from media_attachments m, unnest(array['media',
        case m.type when 0 then 'image' when 1 then 'image' when 2 then 'video' when 4 then 'audio' end]) mark
      where m.status_id = s.id), null)`

const TRIGGERS = `
create function search_refresh(id bigint) returns void
language sql
begin atomic
  delete from status_search t where t.status_id = $1
    and exists (select from statuses s where s.id = $1 and s.deleted_at is not null);
  insert into status_search (status_id, words, marks)
    select s.id, search_words(s.language, ${SAID}), ${MARKS} from statuses s
    where s.id = $1 and s.deleted_at is null and s.reblog_of_id is null
    on conflict (status_id) do update set words = excluded.words, marks = excluded.marks;
end;

-- Once for all rows of a statement: imports write thousands.
create function search_follow_new() returns trigger language plpgsql as $$
begin
  insert into status_search (status_id, words, marks)
    select s.id, search_words(s.language, ${SAID}), ${MARKS} from new_rows s
    where s.deleted_at is null and s.reblog_of_id is null
    on conflict (status_id) do nothing;
  return null;
end $$;

create function search_follow_status() returns trigger language plpgsql as $$
begin
  perform search_refresh(new.id);
  return null;
end $$;

-- Of polls, media, cards and quotes. What goes from one post to another concerns both.
create function search_follow_part() returns trigger language plpgsql as $$
begin
  if tg_op <> 'INSERT' then
    perform search_refresh(old.status_id);
    if tg_op = 'UPDATE' and new.status_id is not distinct from old.status_id then return null; end if;
  end if;
  if tg_op <> 'DELETE' then perform search_refresh(new.status_id); end if;
  return null;
end $$;

create trigger search_written after insert on statuses referencing new table as new_rows
  for each statement execute function search_follow_new();
create trigger search_edited
  after update of text, spoiler_text, language, deleted_at, poll_id, visibility, reply, sensitive on statuses
  for each row when (
    new.reblog_of_id is null
    and (new.text, new.spoiler_text, new.language, new.deleted_at, new.poll_id, new.visibility, new.reply, new.sensitive)
      is distinct from (old.text, old.spoiler_text, old.language, old.deleted_at, old.poll_id, old.visibility, old.reply,
        old.sensitive))
  execute function search_follow_status();
create trigger search_attached after insert on media_attachments
  for each row when (new.status_id is not null) execute function search_follow_part();
create trigger search_described after update of status_id, description, type on media_attachments
  for each row when (
    (new.status_id, new.description, new.type) is distinct from (old.status_id, old.description, old.type))
  execute function search_follow_part();
create trigger search_detached after delete on media_attachments
  for each row when (old.status_id is not null) execute function search_follow_part();
create trigger search_linked after insert or delete on preview_cards_statuses
  for each row execute function search_follow_part();
create trigger search_quoting after insert or delete on quotes
  for each row execute function search_follow_part();
create trigger search_polled after insert or update of options on polls
  for each row execute function search_follow_part()`

const FILL = `
insert into status_search (status_id, words, marks)
  select s.id, search_words(s.language, ${SAID}), ${MARKS} from statuses s where s.deleted_at is null and s.reblog_of_id is null
  on conflict do nothing`

const INDEX = 'create index status_search_words on status_search using gin (words, marks)'

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
drop trigger search_polled on polls;
drop trigger search_quoting on quotes;
drop trigger search_linked on preview_cards_statuses;
drop trigger search_detached on media_attachments;
drop trigger search_described on media_attachments;
drop trigger search_attached on media_attachments;
drop trigger search_edited on statuses;
drop trigger search_written on statuses;
drop function search_follow_part(), search_follow_status(), search_follow_new(), search_refresh(bigint);
drop table status_search;
drop function search_query(text[], boolean[], boolean[], text[]), search_term(text, boolean, text[]),
  search_words(text, text), search_spaced(text), search_configuration(text);
do $$ declare name text; begin
  for name in select cfgname from pg_ts_config where cfgnamespace = 'public'::regnamespace and cfgname like 'search\\_%' loop
    execute format('drop text search configuration %I', name);
  end loop;
end $$`)
}
