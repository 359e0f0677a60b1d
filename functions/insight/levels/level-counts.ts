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

/** How many accounts passed from one level to another within a month, each time counted. */
export interface LevelFlow {
  month: string;
  before: RelationshipLevel | null;
  level: RelationshipLevel;
  accounts: number;
}

/** Between two business days, the first not included, the second included. */
export async function listFlows(
  db: Store,
  { after, until }: { after: string; until: string },
): Promise<LevelFlow[]> {
  const rows = await db.read(
    statement(
      `SELECT substr(from_day, 1, 7), before, level, count(*) FROM account_levels INDEXED BY account_levels_by_day
       WHERE from_day > ?1 AND from_day <= ?2 GROUP BY 1, 2, 3`,
      after,
      until,
    ),
  );
  return rows.flatMap(([month, before, level, accounts]) =>
    isLevel(level)
      ? [{ month: String(month), before: isLevel(before) ? before : null, level, accounts: Number(accounts) }]
      : [],
  );
}

export interface MonthShape {
  month: string;
  counts: LevelCounts;
  shape: BusinessShape;
}

/** The counts at the end of each month, from those before the first and from what flowed since. */
export function shapesOf(
  before: LevelCounts,
  flows: readonly LevelFlow[],
  months: readonly string[],
): MonthShape[] {
  const counts = { ...before };
  return months.map((month) => {
    for (const flow of flows) {
      if (flow.month !== month) continue;
      counts[flow.level] += flow.accounts;
      if (flow.before !== null) counts[flow.before] -= flow.accounts;
    }
    return { month, counts: { ...counts }, shape: shapeOf(counts) };
  });
}
