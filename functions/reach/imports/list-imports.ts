import { desc } from 'drizzle-orm';
import { query } from '../../../db/query.ts';
import { imports } from '../../../db/schema/index.ts';
import { allow } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';

const listAll = query((db) => db.select().from(imports).orderBy(desc(imports.startedAt), desc(imports.id)));

/** One import as it is listed: `state` is `interrupted` when it never came to its end. */
export interface ImportSummary {
  id: string;
  fileName: string;
  startedAt: number;
  state: 'done' | 'interrupted' | 'undone';
  /** The report as JSON; null while there is none. */
  report: string | null;
}

/** Every import, newest first. */
export async function listImports(ctx: Context): Promise<ImportSummary[]> {
  allow(ctx.actor, 'orders:read');
  const rows = await listAll(ctx.db);
  return rows.map(({ id, fileName, startedAt, finishedAt, undoneAt, report }) => ({
    id,
    fileName,
    startedAt,
    state: undoneAt !== null ? 'undone' : finishedAt === null ? 'interrupted' : 'done',
    report,
  }));
}
