import { statement } from '../../../../db/query.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { listVerdicts } from '../../../people/preferences/may-tell.ts';
import type { Verdict } from '../../../people/preferences/verdict.ts';

const PEOPLE_MAX = 500;

/** Somebody who had better not be called unasked now. */
export interface Reluctant {
  customerId: string;
  /** Null for whose own account it is. */
  name: string | null;
  verdict: Verdict;
}

/**
 * Of the people of some root accounts those who had better not be called unasked now, by their account: too much was told to
 * them, they paused, or they do not want it.
 * @throws {AppError} `unauthenticated`, `forbidden`
 */
export async function listReluctant(
  ctx: Context,
  rootIds: readonly string[],
): Promise<ReadonlyMap<string, Reluctant[]>> {
  const rows = await ctx.db.read(
    statement(
      `SELECT DISTINCT r.id, c.id, CASE r.kind WHEN 'personal' THEN NULL ELSE coalesce(c.name, c.email, '') END
       FROM json_each(?) AS asked CROSS JOIN accounts AS r ON r.id = asked.value
       CROSS JOIN accounts AS a ON a.root_id = r.id
       CROSS JOIN memberships AS m ON m.account_id = a.id AND m.until IS NULL
       CROSS JOIN customers AS c ON c.id = m.customer_id LIMIT ?`,
      JSON.stringify(rootIds),
      PEOPLE_MAX,
    ),
  );
  const people = rows.map(([rootId, customerId, name]) => ({
    ...{ rootId: String(rootId), customerId: String(customerId) },
    name: name === null || name === undefined ? null : String(name),
  }));
  const ids = people.map(({ customerId }) => customerId);
  const verdicts = await listVerdicts(ctx, [...new Set(ids)], { topic: 'contact', channel: 'phone' });
  const reluctant = people.flatMap(({ rootId, ...one }) => {
    const verdict = verdicts.get(one.customerId);
    return verdict === undefined || verdict.may ? [] : [{ rootId, told: { ...one, verdict } }];
  });
  const byRoot = Map.groupBy(reluctant, ({ rootId }) => rootId);
  return new Map([...byRoot].map(([rootId, all]) => [rootId, all.map(({ told }) => told)]));
}
