import { and, desc, eq, inArray, isNotNull, lt, ne, sql } from 'drizzle-orm';
import { query } from '../../../../db/query.ts';
import { importMaps, importRunSteps, importRuns, imports } from '../../../../db/schema/index.ts';
import { endedStates } from './run.ts';
import { isToDo } from './to-do.ts';

export const findRunRow = query((db) =>
  db
    .select()
    .from(importRuns)
    .where(eq(importRuns.id, sql.placeholder('id'))),
);

const summary = {
  id: importRuns.id,
  kind: importRuns.kind,
  fileName: importRuns.fileName,
  state: importRuns.state,
  startedAt: importRuns.startedAt,
  startedBy: importRuns.startedBy,
  report: importRuns.report,
};

/** The newest first, from before a run on; '~' stands behind all of them. */
export const listRunPage = query((db) =>
  db
    .select(summary)
    .from(importRuns)
    .where(sql`${importRuns.id} < ${sql.placeholder('before')}`)
    .orderBy(desc(importRuns.id))
    .limit(sql.placeholder('limit')),
);

const hasNoRun = sql`NOT EXISTS (SELECT 1 FROM import_runs WHERE import_id = ${imports.id})`;

/** Imports of the command line, which no run has. */
export const listOtherImports = query((db) =>
  db
    .select()
    .from(imports)
    .where(and(sql`${imports.id} < ${sql.placeholder('before')}`, hasNoRun))
    .orderBy(desc(imports.id))
    .limit(sql.placeholder('limit')),
);

/** What the browser and the API brought in of anything but orders, which `imports` has. */
export const listOtherRuns = query((db) =>
  db
    .select({
      ...{ id: importRuns.id, kind: importRuns.kind, fileName: importRuns.fileName },
      ...{ startedAt: importRuns.startedAt, report: importRuns.report },
    })
    .from(importRuns)
    .where(and(eq(importRuns.state, 'done'), ne(importRuns.kind, 'orders'))),
);

/** What is to be worked on, the oldest first, with who works on it and since when nothing was heard of it. */
export const listToDo = query((db) =>
  db
    .select({
      id: importRuns.id,
      state: importRuns.state,
      claimedBy: importRuns.claimedBy,
      progressAt: importRuns.progressAt,
    })
    .from(importRuns)
    .where(sql.raw(isToDo))
    .orderBy(importRuns.id),
);

/** What nobody went on with since a moment; its file is kept no longer. */
export const listForgotten = query((db) =>
  db
    .select({ id: importRuns.id, state: importRuns.state })
    .from(importRuns)
    .where(
      and(
        inArray(importRuns.state, ['uploading', 'checking', 'checked', 'waiting', 'failed']),
        lt(importRuns.startedAt, sql.placeholder('before')),
        sql`coalesce(${importRuns.progressAt}, 0) < ${sql.placeholder('before')}`,
      ),
    ),
);

/** Runs that ended before a moment and whose file is not known to be gone. */
export const listLeftFiles = query((db) =>
  db
    .select({ id: importRuns.id })
    .from(importRuns)
    .where(
      and(
        inArray(importRuns.state, endedStates),
        isNotNull(importRuns.fileBytes),
        lt(importRuns.finishedAt, sql.placeholder('before')),
      ),
    ),
);

/** Runs that ended before a moment and still have a file of rejected rows. */
export const listOldRejected = query((db) =>
  db
    .select({ id: importRuns.id })
    .from(importRuns)
    .where(and(sql`${importRuns.rejectedRows} > 0`, lt(importRuns.finishedAt, sql.placeholder('before')))),
);

export const findKeptMap = query((db) =>
  db
    .select({ map: importMaps.map })
    .from(importMaps)
    .where(eq(importMaps.headersHash, sql.placeholder('hash'))),
);

/** One import of the command line. */
export const findOtherImport = query((db) =>
  db
    .select()
    .from(imports)
    .where(and(eq(imports.id, sql.placeholder('id')), hasNoRun)),
);

/** Who did what a run is at. */
export const findStepActor = query((db) =>
  db
    .select({ actor: importRunSteps.actor })
    .from(importRunSteps)
    .where(
      and(eq(importRunSteps.runId, sql.placeholder('id')), eq(importRunSteps.seq, sql.placeholder('seq'))),
    ),
);
