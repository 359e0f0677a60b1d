import { insertInto, statement } from '../../db/query.ts';
import { imports } from '../../db/schema/index.ts';
import { recordAct } from '../audit/record-act.ts';
import { actorName, type Context } from '../platform/context.ts';
import { newId } from '../platform/ids.ts';
import type { ImportReport } from './report.ts';

const insertImport = insertInto(imports);

/** Notes that an import begins. */
export async function startImport(ctx: Context, fileName: string): Promise<string> {
  const id = newId();
  await ctx.db.write([
    insertImport({ id, fileName, startedAt: ctx.now(), actor: actorName(ctx.actor) }),
    recordAct(ctx, { act: 'orders.imported', subjectKind: 'import', subjectId: id }),
  ]);
  return id;
}

/** Keeps what it told at its end. */
export async function finishImport(ctx: Context, id: string, report: ImportReport): Promise<void> {
  const kept = JSON.stringify({ ...report, errors: report.errors.slice(0, 100) });
  await ctx.db.write([
    statement('UPDATE imports SET finished_at = ?, report = ? WHERE id = ?', ctx.now(), kept, id),
  ]);
}
