import type { Context } from '../../ground/platform/context.ts';
import { findMoved, type MovedTo, redirectTo } from '../../money/orders/find-moved.ts';
import { orderKey } from '../../money/orders/load-orders.ts';
import type { OrderDraft } from '../../money/orders/order.ts';
import type { DraftOutcome, DraftsPlan } from '../../money/orders/plan-drafts.ts';
import { mayBeMoved } from '../../money/orders/refusals.ts';
import type { DraftedUnit } from './import-sales.ts';
import type { ImportUnit } from './import-unit.ts';

/**
 * The same units, orders that staff moved to somebody else apart: told as of whose they are by now, a unit for each root
 * account. Null where nothing was moved, which is asked only of orders that are refused as another one's.
 */
export async function splitMoved(
  ctx: Context,
  drafted: readonly DraftedUnit[],
  plans: readonly DraftsPlan[],
): Promise<ImportUnit[] | null> {
  const refused = drafted.flatMap(({ drafts }, at) =>
    drafts.filter((_, index) => isRefused(plans[at]?.outcomes[index])),
  );
  if (refused.length === 0) return null;
  const homes = await findMoved(ctx.db.fresh, refused);
  if (homes.size === 0) return null;
  return drafted.flatMap(({ unit, drafts }) => {
    const moved = drafts.filter((draft) => homes.has(orderKey(draft)));
    return moved.length === 0 ? [unit] : partsOf(unit, moved, homes);
  });
}

const isRefused = (outcome: DraftOutcome | undefined) =>
  outcome?.kind === 'rejected' && mayBeMoved(outcome.code);

type Named = Parameters<typeof orderKey>[0];

/** Their keys are of no unit of a file, so that each part is marked by itself. */
function partsOf(
  unit: ImportUnit,
  moved: readonly OrderDraft[],
  homes: ReadonlyMap<string, MovedTo>,
): ImportUnit[] {
  const rest = partOf(unit, 'rest', (named) => !homes.has(orderKey(named)));
  const homeOf = (named: Named) => homes.get(orderKey(named));
  const roots = new Set(moved.map((draft) => rootOf(homeOf(draft))));
  const parts = [...roots].map((root): ImportUnit => {
    const part = partOf(unit, root, (named) => rootOf(homeOf(named)) === root);
    const drafts = async (timeZone: string) =>
      (await part.drafts(timeZone)).map((draft) => {
        const home = homeOf(draft);
        return home === undefined ? draft : redirectTo(home, draft);
      });
    return { ...part, drafts, errors: () => [], rows: 0 };
  });
  return [rest, ...parts];
}

/** One text for the root account that a moved order came to: a company's or household's, or the customer's own. */
const rootOf = (home: MovedTo | undefined) =>
  home === undefined ? '' : JSON.stringify(home.account === null ? [home.customerId] : ['', home.account]);

function partOf(unit: ImportUnit, name: string, has: (named: Named) => boolean): ImportUnit {
  return {
    ...unit,
    key: JSON.stringify([unit.key, name]),
    drafts: async (timeZone) => (await unit.drafts(timeZone)).filter(has),
    places: () => unit.places().filter(has),
  };
}
