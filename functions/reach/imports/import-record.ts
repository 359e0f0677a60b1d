import { eq, sql } from 'drizzle-orm';
import { insertInto, query, statement } from '../../../db/query.ts';
import { imports } from '../../../db/schema/index.ts';
import type { Statement } from '../../../db/store.ts';
import { writeDecision } from '../../ground/decision/write-decision.ts';
import { actorName, type Context } from '../../ground/platform/context.ts';
import { exactJson } from '../../ground/platform/exact-json.ts';
import { newId } from '../../ground/platform/ids.ts';
import { beginProgress, type Position } from './import-progress.ts';
import type { ImportReport } from './report.ts';
import type { ImportKind } from './runs/run.ts';
import type { RunReport } from './runs/run-report.ts';

const insertImport = insertInto(imports);

/** Errors that a kept report still tells. */
const ERRORS_KEPT = 100;

const isBegun = query((db) =>
  db
    .select({ id: imports.id })
    .from(imports)
    .where(eq(imports.id, sql.placeholder('id'))),
);

/**
 * Writes down that an import begins; a dry run has no file name and gets no id, a run that is kept has that of its own. One
 * that was begun under it before is gone on with.
 */
export async function startImport(
  ctx: Context,
  { fileName, begun }: { fileName: string | null; begun: { run: string; position: Position } | null },
): Promise<string | null> {
  const id = fileName === null ? null : (begun?.run ?? newId());
  const beside = begun === null ? [] : [beginProgress(begun.run, id, begun.position)];
  const isKnown = id !== null && begun !== null && (await isBegun(ctx.db.fresh, { id })).length > 0;
  if (id === null || fileName === null || isKnown) {
    await writeDecision(ctx, { beside });
    return id;
  }
  await writeDecision(ctx, {
    rows: [insertImport({ id, kind: 'orders', fileName, startedAt: ctx.now(), actor: actorName(ctx.actor) })],
    audit: { kind: 'orders.imported', subjectKind: 'import', subjectId: id },
    beside,
  });
  return id;
}

/** Keeps what it told at its end, and tells the log what it changed. */
export async function finishImport(
  ctx: Context,
  { id, report, ending }: { id: string | null; report: ImportReport; ending: readonly Statement[] },
): Promise<void> {
  const kept = exactJson({ ...report, errors: report.errors.slice(0, ERRORS_KEPT) });
  const finish = statement(
    'UPDATE imports SET finished_at = ?, report = ? WHERE id = ?',
    ctx.now(),
    kept,
    id,
  );
  const { created, updated, unchanged, rejected } = report.orders;
  await writeDecision(ctx, {
    rows: [...(id === null ? [] : [finish]), ...ending],
    audit:
      id === null
        ? null
        : {
            ...{ kind: 'import.finished', subjectKind: 'import', subjectId: id },
            detail: { file: 'orders', created, updated, unchanged, rejected },
          },
  });
}

/**
 * Writes down that the command line begins to bring in a file of another kind, so that it stands among past imports; what the
 * browser and the API bring in stands there by its run.
 * @returns its id
 */
export async function listImport(
  ctx: Context,
  { kind, fileName }: { kind: ImportKind; fileName: string },
): Promise<string> {
  const id = newId();
  const row = insertImport({ id, kind, fileName, startedAt: ctx.now(), actor: actorName(ctx.actor) });
  await writeDecision(ctx, { rows: [row] });
  return id;
}

/** What such an import told at its end; written with it. */
export function endListed(ctx: Context, id: string | null, report: RunReport): Statement[] {
  if (id === null) return [];
  const kept = exactJson(report);
  return [statement('UPDATE imports SET finished_at = ?, report = ? WHERE id = ?', ctx.now(), kept, id)];
}
