import { sql } from 'drizzle-orm';
import { query } from '../../../db/query.ts';
import type { Store } from '../../../db/store.ts';
import { exactInteger } from '../../ground/platform/exact-json.ts';
import type { OwedBonus } from '../../money/ledger/bonus.ts';

const listGiven = query((db) =>
  db
    .selectDistinct({
      accountId: sql<string>`r.root_id`,
      campaignId: sql<string>`r.campaign_id`,
      amount: sql<string>`a.content -> '$.voucher.amountMinor'`,
    })
    .from(
      sql`campaign_recipients AS r CROSS JOIN campaigns AS c ON c.id = r.campaign_id
        CROSS JOIN campaign_acts AS a ON a.campaign_id = c.id AND a.seq = c.content_seq`,
    )
    .where(
      sql`r.root_id IN (SELECT value FROM json_each(${sql.placeholder('ids')})) AND r.share = 'told'
        AND a.content -> '$.voucher' <> 'null'`,
    ),
);

/** What campaigns gave some root accounts; `ids` is a JSON array. */
export async function listOwedVouchers(db: Store, asked: { ids: string }): Promise<OwedBonus[]> {
  const rows = await listGiven(db, asked);
  return rows.map(({ accountId, campaignId, amount }) => ({
    accountId,
    cause: { kind: 'campaign', id: campaignId },
    amountMinor: exactInteger.parse(JSON.parse(amount)),
  }));
}
