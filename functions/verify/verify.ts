import { inSteps } from '../accounts/in-steps.ts';
import { allow } from '../platform/allow.ts';
import type { Context } from '../platform/context.ts';
import { type Business, getBusiness } from '../programme/business.ts';
import { checkBonuses } from './check-bonuses.ts';
import { checkCauses } from './check-causes.ts';
import { checkConservation } from './check-conservation.ts';
import { checkCounts } from './check-counts.ts';
import { checkLedger } from './check-ledger.ts';
import { checkOrders } from './check-orders.ts';
import { checkSales } from './check-sales.ts';
import { type Difference, openFindings } from './difference.ts';
import { type Evidence, loadEvidence } from './evidence.ts';
import { findStrays } from './find-strays.ts';
import { listRootPage } from './queries.ts';

export interface Verified {
  /** Root accounts in use, and ledger entries looked at. */
  accounts: number;
  entries: number;
  differences: number;
  /** The first of the differences, at most 1,000. */
  found: Difference[];
  /** Accounts the newest programme has not reached yet: their rewards were added up, not counted again. */
  waiting: number;
}

const FOUND_MAX = 1000;

const ACCOUNTS_PER_PAGE = 200;
/** A server beside us may write between our reads: what differs is looked at again before it is believed. */
const LOOKS = 3;

/**
 * Recomputes everything from orders, rules and causes and compares it with what is kept (DOMAIN §2, Proof): counted
 * spend, totals, order states, ledger with its chain, lots, balances, redemptions, history, conservation. Writes
 * nothing. What a job has yet to settle or to expire is no difference.
 */
export async function verify(
  ctx: Context,
  options: { onProgress?: (accounts: number) => void } = {},
): Promise<Verified> {
  allow(ctx.actor, 'customers:read');
  const verified: Verified = { accounts: 0, entries: 0, differences: 0, found: [], waiting: 0 };
  let after = '';
  for (;;) {
    const page = await listRootPage(ctx.db.fresh, { after, limit: ACCOUNTS_PER_PAGE });
    const last = page.at(-1);
    if (last === undefined) break;
    after = last.id;
    const ids = page.map(({ id }) => id);
    for (const step of await inSteps(ctx.db.fresh, ids)) {
      for (const { evidence, isWaiting, differences } of await look(ctx, step)) {
        if (evidence.root.withdrawnAt === null) verified.accounts += 1;
        verified.entries += evidence.entries.length;
        if (isWaiting) verified.waiting += 1;
        note(verified, differences);
      }
    }
    options.onProgress?.(verified.accounts);
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
  note(verified, await findStrays(ctx.db.fresh));
  note(verified, await checkSales(ctx.db.fresh));
  return verified;
}

interface Look {
  evidence: Evidence;
  isWaiting: boolean;
  differences: Difference[];
}

async function look(ctx: Context, rootIds: readonly string[], times = 1): Promise<Look[]> {
  const db = ctx.db.fresh;
  const [business, all] = await Promise.all([getBusiness({ ...ctx, db }), loadEvidence(db, rootIds)]);
  const looks = all.map((evidence) => lookAt(evidence, business, ctx.now()));
  const doubtful = looks.filter(({ differences }) => differences.length > 0);
  if (doubtful.length === 0 || times === LOOKS) return looks;
  const again = await look(
    ctx,
    doubtful.map(({ evidence }) => evidence.root.id),
    times + 1,
  );
  return [...looks.filter(({ differences }) => differences.length === 0), ...again];
}

function lookAt(evidence: Evidence, business: Business, now: number): Look {
  const { root, history } = evidence;
  const findings = openFindings(root.id);
  const isWaiting = root.settledRevision !== business.revision;
  checkOrders(evidence, findings);
  checkCounts(evidence, { business, now, isWaiting }, findings);
  checkCauses(evidence, checkLedger(evidence, business, findings), findings);
  checkBonuses(evidence, findings);
  checkConservation(evidence, findings);
  findings.compare('times in the club', evidence.clubSpans.owed, evidence.clubSpans.kept);
  findings.compare('history rows', root.historySeq, history.rows);
  findings.compare('history', `1 to ${root.historySeq}`, `${history.first} to ${history.last}`);
  return { evidence, isWaiting, differences: findings.list };
}

function note(verified: Verified, differences: readonly Difference[]): void {
  verified.differences += differences.length;
  verified.found.push(...differences.slice(0, Math.max(0, FOUND_MAX - verified.found.length)));
}
