import { and, asc, desc, type SQL, sql } from 'drizzle-orm';
import { query } from '../../../db/query.ts';
import { lots, vouchers } from '../../../db/schema/index.ts';
import { isDueNow, listed, sharedRoots } from './account-columns.ts';

/** The lots of some root accounts, oldest first. `ids` is a JSON array. */
export const listLots = query((db) =>
  db
    .select()
    .from(lots)
    .where(sql`${lots.accountId} IN ${listed('ids')}`)
    .orderBy(asc(lots.accountId), asc(lots.seq)),
);

const dueLotsOf = (roots: SQL) =>
  query((db) =>
    db
      .selectDistinct({ accountId: lots.accountId })
      .from(lots)
      .where(and(sql`${lots.accountId} IN ${roots}`, isDueNow)),
  );

/** Which of some root accounts have a lot that is over by now. */
export const listDueLots = dueLotsOf(listed('ids'));

/** The same of companies and households by name. */
export const listSharedDueLots = dueLotsOf(sharedRoots);

/** Vouchers of some root accounts that were neither used nor cancelled, newest first. `ids` is a JSON array. */
export const listOpenVouchers = query((db) =>
  db
    .select()
    .from(vouchers)
    .where(
      and(
        sql`${vouchers.accountId} IN ${listed('ids')}`,
        sql`code NOT IN (SELECT code FROM voucher_uses)`,
        sql`code NOT IN (SELECT code FROM voucher_cancellations)`,
      ),
    )
    .orderBy(desc(vouchers.entrySeq)),
);
