import { statement } from '../../../db/query.ts';
import type { Store } from '../../../db/store.ts';
import { addDays, dayOf, startOfDay } from '../../ground/platform/business-time.ts';

/** Purchase days up to a day that nobody could know on it, as all their orders were recorded later. */
export interface LateDays {
  /** Whether any order of these accounts was recorded by then: otherwise all of them are from an import since. */
  isAnyKnown: boolean;
  /** By account; those of which nothing is late have none. */
  late: ReadonlyMap<string, ReadonlySet<string>>;
}

/** Of some root accounts, as of the end of the business day `asOf`. Where nothing was known then, no days are listed. */
export async function listLateDays(
  db: Store,
  { ids, asOf, timeZone }: { ids: readonly string[]; asOf: string; timeZone: string },
): Promise<LateDays> {
  const end = startOfDay(addDays(asOf, 1), timeZone);
  const accounts = JSON.stringify(ids);
  const [known] = await db.read(
    statement(
      `SELECT EXISTS (SELECT 1 FROM json_each(?) AS one CROSS JOIN orders AS o ON o.root_id = one.value
         WHERE o.recorded_at < ?)`,
      ...[accounts, end],
    ),
  );
  if (Number(known?.[0]) !== 1) return { isAnyKnown: false, late: new Map() };
  const late = new Map<string, Set<string>>();
  const seen = new Map<string, Set<string>>();
  const rows = await db.read(
    statement(
      `SELECT o.root_id, o.placed_at, o.recorded_at FROM json_each(?1) AS one CROSS JOIN orders AS o ON o.root_id = one.value
       WHERE o.placed_at < ?2 AND EXISTS (SELECT 1 FROM orders AS other
         WHERE other.root_id = one.value AND other.placed_at < ?2 AND other.recorded_at >= ?2)`,
      ...[accounts, end],
    ),
  );
  for (const [root, placedAt, recordedAt] of rows) {
    const into = Number(recordedAt) < end ? seen : late;
    const days = into.get(String(root)) ?? new Set();
    into.set(String(root), days.add(dayOf(Number(placedAt), timeZone)));
  }
  for (const [root, days] of late) for (const day of seen.get(root) ?? []) days.delete(day);
  return { isAnyKnown: true, late };
}
