import type { Knex } from 'knex'

/**
 * What authors of other servers let be done to their statuses, what became of it when ours asked, and whose public
 * statuses visitors who are not signed in are not to see here.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
-- A status without a row may be favourited, answered and reblogged by everybody; so may what is null. Audiences are bits,
-- as in statuses.quote_approval_policy.
create table status_interaction_policies (
  status_id bigint primary key references statuses (id) on delete cascade,
  favourite integer,
  reply integer,
  reblog integer
);

-- Of answers and reblogs by ours that the other author has to approve.
create table status_approvals (
  status_id bigint primary key references statuses (id) on delete cascade,
  accepted_at timestamptz(3),
  approval_uri text,
  created_at timestamptz(3) not null default now()
);

create table accounts_hidden_from_visitors (
  account_id bigint primary key references accounts (id) on delete cascade,
  hides_public boolean not null,
  hides_unlisted boolean not null
);
`)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
drop table accounts_hidden_from_visitors;
drop table status_approvals;
drop table status_interaction_policies;
`)
}
