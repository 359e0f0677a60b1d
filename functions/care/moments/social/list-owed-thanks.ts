import { sql } from 'drizzle-orm';
import { query } from '../../../../db/query.ts';
import type { Store } from '../../../../db/store.ts';
import type { OwedBonus } from '../../../money/ledger/bonus.ts';

const listGiven = query((db) =>
  db
    .select({
      id: sql<string>`t.sign_id`,
      rootId: sql<string>`t.root_id`,
      giftMinor: sql<bigint>`t.gift_minor`.mapWith(BigInt),
    })
    .from(
      sql`json_each(${sql.placeholder('ids')}) AS wanted CROSS JOIN social_thanks AS t ON t.root_id = wanted.value`,
    ),
);

/** What some root accounts got as thanks for following the business or for a post; `ids` is a JSON array. */
export async function listOwedThanks(db: Store, asked: { ids: string }): Promise<OwedBonus[]> {
  const rows = await listGiven(db, asked);
  return rows.map(({ id, rootId, giftMinor }) => ({
    accountId: rootId,
    cause: { kind: 'thanks', id },
    amountMinor: giftMinor,
  }));
}
