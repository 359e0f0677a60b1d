import { insertInto } from '../../../db/query.ts';
import { premiumMarks } from '../../../db/schema/index.ts';
import { dayOf } from '../../ground/platform/business-time.ts';
import type { Context } from '../../ground/platform/context.ts';
import { getBusiness } from '../../money/business/business.ts';
import { policyOf } from '../../money/business/policies.ts';
import { premiumCount } from './group.ts';
import { premiumShare } from './policies.ts';
import { findMark } from './premium-mark.ts';
import { countSpenders, findSpendAt } from './queries.ts';

const putMark = insertInto(
  premiumMarks,
  `ON CONFLICT (currency) DO UPDATE SET day = excluded.day, share_percent = excluded.share_percent,
   accounts = excluded.accounts, from_minor = excluded.from_minor, at = excluded.at`,
);

/** All accounts are added up for it, so it is done anew with each business day, and while something happens this often. */
const ANEW_MS = 10 * 60_000;

/**
 * Finds from which spend of the last 365 days on an account is among the highest spenders; equal ones are all among them.
 * `hasNews` is whether anything was counted since.
 */
export async function markPremium(ctx: Context, { hasNews }: { hasNews: boolean }): Promise<void> {
  const db = ctx.db.fresh;
  const business = await getBusiness({ ...ctx, db });
  const { currency, timeZone } = business;
  if (currency === null) return;
  const sharePercent = policyOf(business, premiumShare);
  const [day, kept] = [dayOf(ctx.now(), timeZone), await findMark(db, { currency })];
  const isSame = kept?.day === day && kept.sharePercent === sharePercent;
  if (isSame && (!hasNews || ctx.now() - kept.at < ANEW_MS)) return;
  const accounts = (await countSpenders(db, { currency }))?.accounts ?? 0;
  const highest = premiumCount(accounts, sharePercent);
  const last = highest === 0 ? null : await findSpendAt(db, { currency, before: highest - 1 });
  await ctx.db.write([
    putMark({ currency, day, sharePercent, accounts, fromMinor: last?.minor ?? null, at: ctx.now() }),
  ]);
}
