import { statement } from '../../../db/query.ts';
import type { Store } from '../../../db/store.ts';
import type { RelationshipLevel } from '../facts/level.ts';
import { type BusinessShape, shapeOf } from '../facts/shape.ts';

export type LevelCounts = Record<RelationshipLevel, number>;

export const levels = ['first', 'repeat', 'advocate'] as const satisfies readonly RelationshipLevel[];

const isLevel = (text: unknown): text is RelationshipLevel => levels.some((level) => level === text);

const noCounts = (): LevelCounts => ({ first: 0, repeat: 0, advocate: 0 });

/** How many root accounts have each level on a business day, by what is known now. */
export async function countOn(db: Store, day: string): Promise<LevelCounts> {
  const rows = await db.read(
    statement(
      `SELECT level, count(*) FROM account_levels INDEXED BY account_levels_by_level
       WHERE level IN ('first', 'repeat', 'advocate') AND from_day <= ?1 AND (until_day IS NULL OR until_day > ?1)
       GROUP BY level`,
      day,
    ),
  );
  const counts = noCounts();
  for (const [level, accounts] of rows) if (isLevel(level)) counts[level] = Number(accounts);
  return counts;
}

/** How much a level grew within a month: who came to it, each time counted, less who left it. */
export interface LevelChange {
  month: string;
  level: RelationshipLevel;
  accounts: number;
}

/**
 * By some months, the last of them until a business day. Who came is counted in one index, who left in another that holds those
 * alone who had a level before: nobody is looked up or sorted.
 */
export async function listChanges(
  db: Store,
  { months, until }: { months: readonly string[]; until: string },
): Promise<LevelChange[]> {
  const within = `from_day >= m.value || '-01' AND from_day <= min(m.value || '-31', ?3)`;
  const rows = await db.read(
    statement(
      `SELECT m.value, l.value,
         (SELECT count(*) FROM account_levels INDEXED BY account_levels_by_level WHERE level = l.value AND ${within})
         - (SELECT count(*) FROM account_levels INDEXED BY account_levels_by_before WHERE before = l.value AND ${within})
       FROM json_each(?1) AS m CROSS JOIN json_each(?2) AS l`,
      ...[JSON.stringify(months), JSON.stringify(levels), until],
    ),
  );
  return rows.flatMap(([month, level, accounts]) =>
    isLevel(level) ? [{ month: String(month), level, accounts: Number(accounts) }] : [],
  );
}

export interface MonthShape {
  month: string;
  counts: LevelCounts;
  shape: BusinessShape;
}

/** The counts at the end of each month, from those before the first and from what changed since. */
export function shapesOf(
  before: LevelCounts,
  changes: readonly LevelChange[],
  months: readonly string[],
): MonthShape[] {
  const counts = { ...before };
  return months.map((month) => {
    for (const change of changes) if (change.month === month) counts[change.level] += change.accounts;
    return { month, counts: { ...counts }, shape: shapeOf(counts) };
  });
}
