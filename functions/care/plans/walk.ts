import { eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { queryOne, statement } from '../../../db/query.ts';
import { jobRuns } from '../../../db/schema/index.ts';
import type { Store } from '../../../db/store.ts';
import type { Context } from '../../ground/platform/context.ts';
import type { AccountSlice } from './list-due.ts';

/** The job whose row keeps how far each plan has come. */
export const PLANS_JOB = 'plans';

/** So many accounts are looked at for one plan in one run: all of a shop, or a part of a large one, which goes round in a day or so. */
export const SLICE = 20_000;

/** Behind which account each plan goes on, by its id; a plan that is not named begins with the first. */
export type Places = ReadonlyMap<string, string>;

const findRun = queryOne((db) =>
  db.select({ goesOnAfter: jobRuns.goesOnAfter }).from(jobRuns).where(eq(jobRuns.name, PLANS_JOB)),
);
const kept = z.record(z.string(), z.string());

export async function loadPlaces(db: Store): Promise<Places> {
  const text = (await findRun(db))?.goesOnAfter ?? null;
  return new Map(text === null ? [] : Object.entries(kept.parse(JSON.parse(text))));
}

export async function keepPlaces({ db }: Pick<Context, 'db'>, places: Places): Promise<void> {
  const text = places.size === 0 ? null : JSON.stringify(Object.fromEntries(places));
  await db.write([
    statement(
      'UPDATE job_runs SET goes_on_after = ?1 WHERE name = ?2 AND goes_on_after IS NOT ?1',
      text,
      PLANS_JOB,
    ),
  ]);
}

/** The account that ends a slice; null where fewer are left. */
const findSliceEnd = queryOne((db) =>
  db
    .select({ id: sql<string>`a.id` })
    .from(sql`accounts AS a`)
    .where(sql`a.id > ${sql.placeholder('behind')}`)
    .orderBy(sql`a.id`)
    .limit(1)
    .offset(sql.placeholder('skipped')),
);

/** The accounts that are looked at next. */
export async function nextSlice(
  db: Store,
  { behind, size = SLICE }: { behind: string; size?: number | undefined },
): Promise<AccountSlice> {
  const end = await findSliceEnd(db, { behind, skipped: size - 1 });
  return { behind, upTo: end?.id ?? null };
}

/** The accounts of whom pages tell who is due by a plan: all of a shop, of a large one those that the next run looks at; null for all. */
export async function openSlices(
  db: Store,
  { size }: { size?: number | undefined } = {},
): Promise<(planId: string) => Promise<AccountSlice | null>> {
  const first = await nextSlice(db, { behind: '', size });
  if (first.upTo === null) return async () => null;
  const places = await loadPlaces(db);
  return async (planId) => nextSlice(db, { behind: places.get(planId) ?? '', size });
}
