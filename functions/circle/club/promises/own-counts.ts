import { addDays, dayOf, startOfDay } from '../../../ground/platform/business-time.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { type Business, getBusiness } from '../../../money/business/business.ts';
import { listManagedAmong } from '../../../people/managers/list-managed-among.ts';
import { detailShape, readContact } from '../benefits/schema.ts';
import { hasLevel } from '../level.ts';
import { loadStandings } from '../standing.ts';
import { none, type PromiseCount } from './judge.ts';
import { countUsesBelowMinimum, listNewestMembers } from './queries.ts';

/** A benefit that stands, as what is known without being told needs it. */
export interface MeasuredBenefit {
  id: string;
  kind: string;
  level: string | null;
  /** JSON by kind. */
  detail: string;
  from: number;
}

/** Whether members have an account manager is looked at for so many who joined last. */
const MEMBERS_MAX = 2000;

/** What days and members say themselves of a benefit since a business day, without anybody telling it; none of what only people can tell. */
export async function countOwn(
  ctx: Context,
  benefit: MeasuredBenefit,
  { today, since }: { today: string; since: string },
): Promise<PromiseCount> {
  const business = await getBusiness({ ...ctx, db: ctx.db.fresh });
  const promised = dayOf(benefit.from, business.timeZone);
  const from = promised > since ? promised : since;
  switch (benefit.kind) {
    case 'rule':
      return countRuleDays(business, benefit, { from, today });
    case 'account_manager':
      return countManaged(ctx, business, benefit);
    case 'waived_minimum':
      return countWaived(ctx, benefit, { from });
    default:
      return none;
  }
}

/** Days before today on which it was promised, and those on which the programme had its rule. */
function countRuleDays(
  { compiled }: Pick<Business, 'compiled'>,
  { detail }: MeasuredBenefit,
  { from, today }: { from: string; today: string },
): PromiseCount {
  const { ruleId } = detailShape.parse(JSON.parse(detail));
  const versions = compiled?.ruleById.get(ruleId ?? '')?.newestFirst ?? [];
  let [kept, of] = [0, 0];
  for (let day = from; day < today; day = addDays(day, 1)) {
    of += 1;
    if (versions.some((one) => one.from <= day && (one.until === null || day < one.until))) kept += 1;
  }
  return { kept, of };
}

/** Members who have it by their level now, and those whom somebody of the team looks after. */
async function countManaged(
  ctx: Context,
  business: Business,
  { level, detail }: MeasuredBenefit,
): Promise<PromiseCount> {
  const db = ctx.db.fresh;
  const now = ctx.now();
  const members = await listNewestMembers(db, { limit: MEMBERS_MAX });
  const ids = members.map(({ accountId }) => accountId);
  const entitled = level === null ? ids : await onlyFrom(level);
  // Whom an earlier release showed to all members looks after each of them.
  if (readContact(detail) !== null) return { kept: entitled.length, of: entitled.length };
  const managed = await listManagedAmong(db, { ids: JSON.stringify(entitled) });
  return { kept: managed.length, of: entitled.length };

  async function onlyFrom(lowest: string): Promise<string[]> {
    const { levels, standings } = await loadStandings(db, business, { accountIds: ids, now });
    return ids.filter((id) => hasLevel(levels, { level: lowest, number: standings.get(id)?.number ?? 0 }));
  }
}

/** Vouchers that members used below the minimum of them: at such a moment it is kept, and nobody is asked. */
async function countWaived(ctx: Context, benefit: MeasuredBenefit, { from }: { from: string }) {
  const { timeZone } = await getBusiness({ ...ctx, db: ctx.db.fresh });
  const [row] = await countUsesBelowMinimum(ctx.db.fresh, {
    since: Math.max(benefit.from, startOfDay(from, timeZone)),
  });
  const uses = row?.uses ?? 0;
  return { kept: uses, of: uses };
}
