import { insertInto } from '../../../../db/query.ts';
import { nearlyNotices } from '../../../../db/schema/index.ts';
import type { Decision } from '../../../ground/decision/decision.ts';
import { toStatements } from '../../../ground/decision/write-decision.ts';
import { followChanges } from '../../../ground/feed/follow-changes.ts';
import type { Change, Follower } from '../../../ground/feed/follower.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { listTotals } from '../../accounts/list-totals.ts';
import { standingOf, totalsByKey } from '../../accounts/root.ts';
import { type Business, getBusiness } from '../../business/business.ts';
import { policyOf } from '../../business/policies.ts';
import { progressOf, type RuleProgress } from '../../rewards/progress.ts';
import { nearlyMoment, nearlyPercent } from '../moments.ts';
import { isNearly } from './is-nearly.ts';
import { listOwnAccounts, listTold } from './queries.ts';

type Changed = Awaited<ReturnType<typeof listOwnAccounts>>[number];

const insertNotice = insertInto(nearlyNotices);

/** Whoever is nearly there got there by something that happened with their account. */
export const nearlyNews: Follower = { name: 'nearly', start: 'beginning' };

/**
 * Tells people who signed up that they are nearly at the next target of their own account: within the last part of the way
 * that the business chose, once for each target of a period. While it is switched off, changes are passed over. Returns how many
 * were told.
 */
export async function tellNearly(ctx: Context): Promise<number> {
  let told = 0;
  await followChanges(ctx, nearlyNews, async (changes) => {
    const decisions = await decideNotices(ctx, changes);
    told += decisions.length;
    return toStatements(ctx, { also: decisions });
  });
  if (told > 0) ctx.wakeMail('soon');
  return told;
}

/** A letter each, with the notice that it was written. */
async function decideNotices(ctx: Context, changes: readonly Change[]): Promise<Decision[]> {
  const db = ctx.db.fresh;
  const ids = JSON.stringify([...new Set(changes.map(({ accountId }) => accountId))]);
  const business = await getBusiness({ ...ctx, db });
  if (policyOf(business, nearlyMoment.isOn) === 'off') return [];
  const [changed, totals, notices] = await Promise.all([
    listOwnAccounts(db, { ids }),
    listTotals(db, { ids }),
    listTold(db, { ids }),
  ]);
  const totalsOf = Map.groupBy(totals, ({ rootId }) => rootId);
  const known = new Set(notices.map((notice) => keyOf(notice)));
  return changed.flatMap((account) =>
    nearlyOf(ctx, business, account, totalsByKey(totalsOf.get(account.rootId) ?? []))
      .filter((one) => !known.has(keyOf(noticeOf(account, one, 0))))
      .map((one) => tell(ctx, business, account, one)),
  );
}

function nearlyOf(
  ctx: Context,
  business: Business,
  account: Changed,
  totals: ReturnType<typeof totalsByKey>,
): RuleProgress[] {
  const { compiled } = business;
  if (compiled === null) return [];
  const now = ctx.now();
  const percent = policyOf(business, nearlyPercent);
  const standing = standingOf(account, business, now);
  return progressOf(compiled, totals, { now, standing }).filter((one) => {
    const rule = compiled.ruleById
      .get(one.ruleId)
      ?.newestFirst.find(({ version }) => version === one.version);
    return rule !== undefined && isNearly(rule.rule.scheme, one.spend, percent);
  });
}

function tell(ctx: Context, business: Business, account: Changed, one: RuleProgress): Decision {
  const at = ctx.now();
  const currency = business.currency ?? '';
  const amount = (minor: bigint | null) => ({ minor: minor ?? 0n, currency });
  const params = {
    ruleName: one.ruleName,
    missing: amount(one.missing),
    pays: amount(one.pays),
    until: one.period.end,
  };
  return {
    rows: [insertNotice(noticeOf(account, one, at))],
    letters: [{ template: 'nearly_there', params, customerId: account.customerId }],
  };
}

function noticeOf({ rootId }: Changed, one: RuleProgress, at: number) {
  const { ruleId, version, period, nextTarget } = one;
  return { rootId, ruleId, version, periodStart: period.start, targetMinor: nextTarget ?? 0n, at };
}

function keyOf(notice: ReturnType<typeof noticeOf>): string {
  const { rootId, ruleId, version, periodStart, targetMinor } = notice;
  return JSON.stringify([rootId, ruleId, version, periodStart, String(targetMinor)]);
}
