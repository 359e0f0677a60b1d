import { dayFromNumber } from '../../../ground/platform/calendar.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { getBusiness } from '../../../money/business/business.ts';
import { listFirstCategories } from '../../facts/list-first-categories.ts';
import type { CollectedAccounts } from '../known/collect-days.ts';

const ACCOUNTS_PER_PAGE = 1_000;

/** On which category each of these accounts spent most on its first purchase day: read from the lines of that day. */
export async function readFirstCategories(
  ctx: Pick<Context, 'db' | 'cache' | 'defaults' | 'now'>,
  { ids, purchases: { days, starts } }: Pick<CollectedAccounts, 'ids' | 'purchases'>,
): Promise<(string | null)[]> {
  const db = ctx.db.fresh;
  const { currency, timeZone } = await getBusiness({ ...ctx, db });
  const categories: (string | null)[] = [];
  for (let at = 0; at < ids.length; at += ACCOUNTS_PER_PAGE) {
    const page = ids.slice(at, at + ACCOUNTS_PER_PAGE).map((id, place) => ({
      id,
      firstOn: dayFromNumber(days[starts[at + place] ?? 0] ?? 0),
    }));
    categories.push(...(await listFirstCategories(db, page, { currency: currency ?? '', timeZone })));
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
  return categories;
}
