import type { Db } from '@anancus/db'

/** What any request may write: that a token and its user were here. */
const ALWAYS = new Set(['oauth_access_tokens', 'users', 'session_activations'])

export interface WriteWatch {
  /** The tables in which rows were written and kept since the last call. */
  takeWrites(): Promise<string[]>
}

/** Makes every table say when rows of it are written. What is rolled back was never written. */
export async function watchWrites(db: Db): Promise<WriteWatch> {
  await db.raw(`
    create table watched_writes (id bigserial primary key, name text not null);
    create function note_write() returns trigger language plpgsql as $$
      begin insert into watched_writes (name) values (tg_table_name); return null; end $$;
    do $$ declare t text; begin
      for t in select tablename from pg_tables where schemaname = 'public' and tablename <> 'watched_writes' loop
        execute format('create trigger note_write after insert or update or delete on %I
          for each row execute function note_write()', t);
      end loop;
    end $$`)
  return {
    async takeWrites() {
      const { rows } = await db.raw<{ rows: { name: string }[] }>('delete from watched_writes returning name')
      return [...new Set(rows.map(({ name }) => name))].filter((name) => !ALWAYS.has(name))
    },
  }
}
