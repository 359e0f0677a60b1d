import { dayOf } from '../../ground/platform/business-time.ts';
import type { Context } from '../../ground/platform/context.ts';
import { getBusiness } from '../../money/business/business.ts';
import { governing } from '../../money/rewards/periods.ts';
import type { ProgrammeView } from './overview-types.ts';

/** The rules that count an order placed today, in the programme's order; null while there is no programme. For everybody. */
export async function getProgramme(ctx: Context): Promise<ProgrammeView | null> {
  const { compiled } = await getBusiness(ctx);
  if (compiled === null) return null;
  const { currency, timeZone } = compiled;
  const today = dayOf(ctx.now(), timeZone);
  const rules = compiled.rules.flatMap((rule) => governing(rule, today, today)?.version.rule ?? []);
  return { currency, timeZone, rules };
}
