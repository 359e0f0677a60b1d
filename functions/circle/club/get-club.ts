import { dayOf } from '../../ground/platform/business-time.ts';
import type { Context } from '../../ground/platform/context.ts';
import { getBusiness } from '../../money/business/business.ts';
import { governing } from '../../money/rewards/periods.ts';
import type { Rule } from '../../money/rewards/types.ts';
import { type Benefit, listBenefits } from './benefits/list-benefits.ts';
import { clubSpendOf, type Level } from './level.ts';
import { levelTermsOf } from './levels/terms.ts';
import type { LevelTerms } from './levels/windows.ts';
import { loadLevels } from './standing.ts';

/** The club as everybody may read of it. */
export interface ClubView {
  currency: string | null;
  /** The spend that opens it; null where it is not entered by spending. */
  spend: { minor: bigint; currency: string; per: 'year' | 'lifetime'; entry: 'invite' | 'admit' } | null;
  levels: Level[];
  levelTerms: LevelTerms;
  benefits: Benefit[];
  /** The rules that count what members order today. */
  rules: Rule[];
}

/** What members have, and how one gets in; for everybody. */
export async function getClub(ctx: Context): Promise<ClubView> {
  const now = ctx.now();
  const [business, levels, benefits] = await Promise.all([
    getBusiness(ctx),
    loadLevels(ctx.db),
    listBenefits(ctx.db, now),
  ]);
  const { compiled, currency } = business;
  const today = dayOf(now, business.timeZone);
  const running = compiled?.rules.flatMap((rule) => governing(rule, today, today)?.version.rule ?? []) ?? [];
  return {
    currency,
    spend: clubSpendOf(business),
    levels,
    levelTerms: levelTermsOf(business),
    benefits,
    rules: running.filter(({ audience }) => audience === 'club'),
  };
}
