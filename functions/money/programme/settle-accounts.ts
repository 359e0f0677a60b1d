import { sql } from 'drizzle-orm';
import { query } from '../../../db/query.ts';
import { countedSpend, lots } from '../../../db/schema/index.ts';
import type { Store } from '../../../db/store.ts';
import type { Context } from '../../ground/platform/context.ts';
import { passOver } from '../accounts/change-account.ts';
import { inSteps } from '../accounts/in-steps.ts';
import { getBusiness } from '../business/business.ts';
import { recountAccounts } from '../orders/recount.ts';
import { findUnsettled } from './queries.ts';
import { recountAll } from './recount-all.ts';

const ACCOUNTS_PER_STEP = 100;

/** Settles orders whose waiting days are over: what they earn is paid and told by itself. */
export function settleDue(ctx: Context): Promise<number> {
  return sweep(ctx, listRootsWithDueOrders);
}

/** Closes lots that are over, one `expire` entry each. */
export function expireDue(ctx: Context): Promise<number> {
  return sweep(ctx, listRootsWithDueLots);
}

/** Goes on with a programme that was set and has not reached all accounts, where a run of jobs ends before them, for a turn. */
export async function resettle(ctx: Context): Promise<number> {
  const isTurnOver = ctx.turns?.begin('half') ?? (() => false);
  const isOver = () => isTurnOver() || ctx.isEnding?.() === true;
  const posted = await recountAll(ctx, await getBusiness({ ...ctx, db: ctx.db.fresh }), { isOver });
  if (posted.entries > 0) ctx.wakeMail('soon');
  return posted.accounts;
}

/** Whether there are accounts that the programme in force has not reached. */
export async function isUnsettled(ctx: Pick<Context, 'db'>): Promise<boolean> {
  return (await findUnsettled(ctx.db.fresh, {})) !== null;
}

type FindRoots = (db: Store, values: { now: number; after: string }) => Promise<{ rootId: string }[]>;

/** Recounts every account that is due, in small steps by id; one that somebody else changes is due again next time. */
async function sweep(ctx: Context, find: FindRoots): Promise<number> {
  const db = ctx.db.fresh;
  let swept = 0;
  let after = '';
  for (;;) {
    const due = await find(db, { now: ctx.now(), after });
    const last = due.at(-1);
    if (last === undefined) return swept;
    const business = await getBusiness({ ...ctx, db });
    const ids = due.map(({ rootId }) => rootId);
    for (const step of await inSteps(db, ids)) {
      for (const { outcome, plan } of await recountAccounts(ctx, business, step, { reason: 'settled' })) {
        if (outcome.ok) swept += 1;
        else passOver(ctx, outcome.error, plan.root.id);
      }
    }
    after = last.rootId;
    ctx.wakeMail('soon');
  }
}

/** The unary pluses keep SQLite on the index of what is due, instead of walking all rows by account. */
const listRootsWithDueOrders = query((db) =>
  db
    .selectDistinct({ rootId: sql<string>`+root_id` })
    .from(countedSpend)
    .where(
      sql`is_settled = 0 AND settles_at IS NOT NULL AND settles_at <= ${sql.placeholder('now')}
        AND +root_id > ${sql.placeholder('after')}`,
    )
    .orderBy(sql`+root_id`)
    .limit(ACCOUNTS_PER_STEP),
);

const listRootsWithDueLots = query((db) =>
  db
    .selectDistinct({ rootId: sql<string>`+account_id` })
    .from(lots)
    .where(
      sql`remaining_minor > 0 AND expires_at IS NOT NULL AND expires_at <= ${sql.placeholder('now')}
        AND +account_id > ${sql.placeholder('after')}`,
    )
    .orderBy(sql`+account_id`)
    .limit(ACCOUNTS_PER_STEP),
);
