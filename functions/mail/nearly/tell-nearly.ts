import { insertInto, statement } from '../../../db/query.ts';
import { nearlyNotices } from '../../../db/schema/index.ts';
import { isConflictOn, type Statement } from '../../../db/store.ts';
import { listTotals } from '../../accounts/queries.ts';
import { standingOf, totalsByKey } from '../../accounts/root.ts';
import { type Business, getBusiness } from '../../business/business.ts';
import type { Context } from '../../platform/context.ts';
import { progressOf, type RuleProgress } from '../../rewards/progress.ts';
import { queueMail } from '../queue-mail.ts';
import { isNearly } from './is-nearly.ts';
import { findGoesOn, findLastPassed, LOOKED_MAX, listChanged, listTold } from './queries.ts';

type Changed = Awaited<ReturnType<typeof listChanged>>[number];

const insertNotice = insertInto(nearlyNotices);

/**
 * Tells people who signed up that they are nearly at the next target of their own account: within the last tenth of the
 * way, once for each target of a period. A run passes a part of all people and looks at those of whom there is news;
 * the next goes on after them.
 */
export async function tellNearly(ctx: Context): Promise<number> {
  const db = ctx.db.fresh;
  const business = await getBusiness({ ...ctx, db });
  if (business.compiled === null) return 0;
  const [kept] = await findGoesOn(db);
  const after = kept?.after ?? '';
  const [changed, [passed]] = await Promise.all([listChanged(db, { after }), findLastPassed(db, { after })]);
  const told = await tellAll(ctx, business, changed);
  const isFull = changed.length === LOOKED_MAX;
  const next = isFull ? changed.at(-1)?.customerId : passed?.last;
  await ctx.db.write([
    statement("UPDATE job_runs SET goes_on_after = ? WHERE name = 'nearly'", next ?? null),
  ]);
  if (told > 0) ctx.wakeMail('soon');
  return told;
}

async function tellAll(ctx: Context, business: Business, changed: readonly Changed[]): Promise<number> {
  if (changed.length === 0) return 0;
  const ids = JSON.stringify(changed.map(({ rootId }) => rootId));
  const db = ctx.db.fresh;
  const [totals, notices] = await Promise.all([listTotals(db, { ids }), listTold(db, { ids })]);
  const totalsOf = Map.groupBy(totals, ({ rootId }) => rootId);
  const told = new Set(notices.map((notice) => keyOf(notice)));
  const units = changed.map((account) => {
    const progress = nearlyOf(ctx, business, account, totalsByKey(totalsOf.get(account.rootId) ?? []));
    const news = progress.filter((one) => !told.has(keyOf(noticeOf(account, one, 0))));
    return [look(account), ...news.flatMap((one) => tell(ctx, business, account, one))];
  });
  const outcomes = await ctx.db.writeMany(units);
  // Another process that told the same at the same moment was faster.
  const failed = outcomes.find((one) => !one.ok && !isConflictOn(one.error, 'nearly_notices'));
  if (failed !== undefined && !failed.ok) throw failed.error;
  return units.reduce((sum, unit) => sum + (unit.length - 1) / 2, 0);
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
  const standing = standingOf(account, business, now);
  return progressOf(compiled, totals, { now, standing }).filter((one) => {
    const rule = compiled.ruleById
      .get(one.ruleId)
      ?.newestFirst.find(({ version }) => version === one.version);
    return rule !== undefined && isNearly(rule.rule.scheme, one.spend);
  });
}

function tell(ctx: Context, business: Business, account: Changed, one: RuleProgress): Statement[] {
  const at = ctx.now();
  const currency = business.currency ?? '';
  const amount = (minor: bigint | null) => ({ minor: minor ?? 0n, currency });
  const params = {
    ruleName: one.ruleName,
    missing: amount(one.missing),
    pays: amount(one.pays),
    until: one.period.end,
  };
  return [
    insertNotice(noticeOf(account, one, at)),
    queueMail({ template: 'nearly_there', params, customerId: account.customerId, language: null, at }),
  ];
}

function noticeOf({ rootId }: Changed, one: RuleProgress, at: number) {
  const { ruleId, version, period, nextTarget } = one;
  return { rootId, ruleId, version, periodStart: period.start, targetMinor: nextTarget ?? 0n, at };
}

function keyOf(notice: ReturnType<typeof noticeOf>): string {
  const { rootId, ruleId, version, periodStart, targetMinor } = notice;
  return JSON.stringify([rootId, ruleId, version, periodStart, String(targetMinor)]);
}

function look({ rootId, historySeq }: Changed): Statement {
  return statement(
    `INSERT INTO nearly_looks (root_id, history_seq) VALUES (?, ?)
     ON CONFLICT (root_id) DO UPDATE SET history_seq = max(history_seq, excluded.history_seq)`,
    rootId,
    historySeq,
  );
}
