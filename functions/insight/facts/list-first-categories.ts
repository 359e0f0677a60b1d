import { statement } from '../../../db/query.ts';
import type { Store } from '../../../db/store.ts';
import { addDays, startOfDay } from '../../ground/platform/business-time.ts';

/**
 * On which category each of some root accounts spent most on its first purchase day, in one currency, in the sequence given: the
 * first by name of equal ones, empty for lines that tell none; null where nothing was bought in that currency.
 */
export async function listFirstCategories(
  db: Store,
  accounts: readonly { id: string; firstOn: string }[],
  { currency, timeZone }: { currency: string; timeZone: string },
): Promise<(string | null)[]> {
  const bounds = new Map<string, readonly [number, number]>();
  const asked = accounts.map(({ id, firstOn }) => {
    const known = bounds.get(firstOn) ?? [
      startOfDay(firstOn, timeZone),
      startOfDay(addDays(firstOn, 1), timeZone),
    ];
    bounds.set(firstOn, known);
    return [id, ...known];
  });
  const rows = await db.read(
    statement(
      `SELECT one.value ->> 0, coalesce(l.category, ''), CAST(sum(l.total_minor - l.discount_minor - l.refunded_minor) AS TEXT)
       FROM json_each(?1) AS one CROSS JOIN orders AS o ON o.root_id = one.value ->> 0 AND o.placed_at >= one.value ->> 1
         AND o.placed_at < one.value ->> 2 AND o.is_cancelled = 0 AND o.currency = ?2
       CROSS JOIN order_lines AS l ON l.order_id = o.id GROUP BY 1, 2 ORDER BY 1, 2`,
      JSON.stringify(asked),
      currency,
    ),
  );
  const most = new Map<string, { category: string; minor: bigint }>();
  for (const [id, category, sum] of rows) {
    const minor = BigInt(String(sum));
    const before = most.get(String(id));
    if (before === undefined || minor > before.minor)
      most.set(String(id), { category: String(category), minor });
  }
  return accounts.map(({ id }) => most.get(id)?.category ?? null);
}
