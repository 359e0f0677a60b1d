import { z } from 'zod';
import type { Context } from '../../../ground/platform/context.ts';
import { exactInteger, exactJson } from '../../../ground/platform/exact-json.ts';
import { type FilteredTotal, sumFiltered } from '../../../money/orders/find-filtered.ts';
import { asksNothing } from '../../../money/orders/order-filter.ts';
import { sumFilteredSales } from '../../../money/orders/waiting/find-filtered-sales.ts';
import { keptFigure } from '../kept-figures.ts';
import type { Meant } from './meant.ts';

const totals = z.array(z.object({ currency: z.string(), orders: z.int(), spendMinor: exactInteger }));

/** What all came to that staff ask for; of all orders there are, as of a while ago where summing them takes long. */
export async function sumAsked(ctx: Context, meant: Meant): Promise<FilteredTotal[]> {
  const { filter, text, isOfNobody } = meant;
  if (isOfNobody) return sumFilteredSales(ctx.db, filter, text);
  const compute = () => sumFiltered(ctx.db, filter);
  if (!asksNothing(filter)) return compute();
  return keptFigure(ctx, 'orders', {
    compute,
    write: exactJson,
    read: (kept) => totals.parse(JSON.parse(kept)),
  });
}
