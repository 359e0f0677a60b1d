import { statement } from '../../../../db/query.ts';
import { allow } from '../../../ground/platform/allow.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { listVerdicts } from '../../../people/preferences/may-tell.ts';
import type { Verdict } from '../../../people/preferences/verdict.ts';

/** Of one account. */
const PEOPLE_MAX = 100;

/** Somebody who had better not be called unasked now. */
export interface Reluctant {
  customerId: string;
  /** Null for whose own account it is. */
  name: string | null;
  verdict: Verdict;
}

/**
 * Of the people of some root accounts those who had better not be called unasked now, by their account: too much was told to
 * them, they paused, or they do not want it. Of an account with very many people some are looked at.
 * @throws {AppError} `unauthenticated`, `forbidden`
 */
export async function listReluctant(
  ctx: Context,
  rootIds: readonly string[],
): Promise<ReadonlyMap<string, Reluctant[]>> {
  allow(ctx.actor, 'customers:read');
  const rows = await ctx.db.read(
    statement(
      `WITH people AS (SELECT r.id AS root_id, r.kind, m.customer_id,
           row_number() OVER (PARTITION BY r.id ORDER BY m.customer_id) AS place
         FROM json_each(?) AS asked CROSS JOIN accounts AS r ON r.id = asked.value
         CROSS JOIN accounts AS a ON a.root_id = r.id
         CROSS JOIN memberships AS m ON m.account_id = a.id AND m.until IS NULL
         GROUP BY r.id, m.customer_id)
       SELECT p.root_id, c.id, CASE p.kind WHEN 'personal' THEN NULL ELSE coalesce(c.name, c.email, '') END
       FROM people AS p CROSS JOIN customers AS c ON c.id = p.customer_id WHERE p.place <= ?`,
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
