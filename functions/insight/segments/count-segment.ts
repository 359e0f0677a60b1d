import { allow } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import { checkDefinition } from './check-definition.ts';
import { countFitting, fittingOf, listFitting, openBase } from './evaluate.ts';
import { loadWorld } from './load-world.ts';
import { allowRules } from './may-ask.ts';

/** How many root accounts fit a definition, and some of them. */
export interface SegmentCount {
  accounts: number;
  /** Ids of the first few, by id. */
  examples: string[];
}

/**
 * Asks a definition that need not be kept, by what was counted of the accounts so far. `at` is the moment it is asked for:
 * orders placed later do not exist yet.
 * @throws {AppError} `validation_failed` with all that is wrong and all that is kept from the actor, by path; `forbidden`
 */
export async function countSegment(
  ctx: Context,
  asked: { definition: unknown; at?: number | null; examples?: number; path?: string },
): Promise<SegmentCount> {
  allow(ctx.actor, 'segments:read');
  const { definition, at = null, examples = 0, path = '' } = asked;
  const world = await loadWorld(ctx);
  const group = checkDefinition(definition, world, { path });
  allowRules(ctx.actor, group, world, { path });
  const fitting = await fittingOf(group, world, await openBase(ctx, { at }));
  const [accounts, ids] = await Promise.all([
    countFitting(ctx.db, fitting),
    examples === 0 ? [] : listFitting(ctx.db, fitting, { limit: examples }),
  ]);
  return { accounts, examples: ids };
}
