import { sql } from 'drizzle-orm';
import { withMergedInto } from '../../money/accounts/survivors.ts';
import { type Whose, withMergedPeople } from './opinion-rows.ts';

/** In SQL, the people of a root account: those who belong to it or to a department of it now. */
export const peopleOf = (accountId: string) =>
  sql`SELECT m.customer_id AS id FROM accounts AS a JOIN memberships AS m ON m.account_id = a.id AND m.until IS NULL
    WHERE a.root_id = ${accountId}`;

/** The answers of an account's people, and those about it of who left. */
export const whoseOf = (accountId: string): Whose => ({
  roots: withMergedInto(sql`json_array(${accountId})`),
  people: withMergedPeople(peopleOf(accountId)),
});
