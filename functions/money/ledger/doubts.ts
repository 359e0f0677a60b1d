import { eq, sql } from 'drizzle-orm';
import { query, queryOne, statement } from '../../../db/query.ts';
import { accountDoubts } from '../../../db/schema/index.ts';
import type { Statement, Store } from '../../../db/store.ts';
import { AppError } from '../../ground/platform/errors.ts';

const findDoubt = queryOne((db) =>
  db
    .select({ since: accountDoubts.since })
    .from(accountDoubts)
    .where(eq(accountDoubts.accountId, sql.placeholder('rootId'))),
);

/**
 * Nothing is paid out of an account whose books did not add up when they were last gone over.
 * @throws {AppError} `account_in_doubt`
 */
export async function assertNoDoubt(db: Store, rootId: string): Promise<void> {
  if ((await findDoubt(db, { rootId })) === null) return;
  throw new AppError(
    'account_in_doubt',
    'The books of this account did not add up when they were last checked; nothing is paid out until they do.',
  );
}

/** Of some root accounts, those in doubt. `ids` is a JSON array. */
export const listDoubtsOf = query((db) =>
  db
    .select({ accountId: accountDoubts.accountId })
    .from(accountDoubts)
    .where(sql`${accountDoubts.accountId} IN (SELECT value FROM json_each(${sql.placeholder('ids')}))`),
);

/** Which of the root accounts that were gone over are in doubt from now on; the others are so no longer. */
export function moveDoubts(
  goneOver: readonly string[],
  inDoubt: readonly string[],
  now: number,
): Statement[] {
  const cleared = goneOver.filter((id) => !inDoubt.includes(id));
  return [
    statement(
      'DELETE FROM account_doubts WHERE account_id IN (SELECT value FROM json_each(?))',
      JSON.stringify(cleared),
    ),
    statement(
      `INSERT INTO account_doubts (account_id, since) SELECT value, ? FROM json_each(?)
       WHERE true ON CONFLICT (account_id) DO NOTHING`,
      now,
      JSON.stringify(inDoubt),
    ),
  ];
}
