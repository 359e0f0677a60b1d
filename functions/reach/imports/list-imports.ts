import { desc } from 'drizzle-orm';
import { query } from '../../../db/query.ts';
import { imports } from '../../../db/schema/index.ts';
import { allow } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import { listOtherRuns } from './runs/queries.ts';
import type { ImportKind } from './runs/run.ts';

const listAll = query((db) => db.select().from(imports).orderBy(desc(imports.startedAt), desc(imports.id)));

/** One import as it is listed: `state` is `interrupted` when it never came to its end. */
export interface ImportSummary {
  id: string;
  kind: ImportKind;
  fileName: string;
  startedAt: number;
  state: 'done' | 'interrupted' | 'undone';
  /** JSON: of orders an `ImportReport`, of anything else a `RunReport`; null while there is none. */
  report: string | null;
}

/** Every import, whoever brought it in, newest first. */
export async function listImports(ctx: Context): Promise<ImportSummary[]> {
  allow(ctx.actor, 'orders:read');
  const [rows, runs] = await Promise.all([listAll(ctx.db), listOtherRuns(ctx.db)]);
  const all = rows.map(({ finishedAt, undoneAt, actor: _, ...one }): ImportSummary => {
    const state = undoneAt !== null ? 'undone' : finishedAt === null ? 'interrupted' : 'done';
    return { ...one, state };
  });
  for (const run of runs) all.push({ ...run, state: 'done' });
  return all.sort((left, right) => right.startedAt - left.startedAt || (left.id < right.id ? 1 : -1));
}
