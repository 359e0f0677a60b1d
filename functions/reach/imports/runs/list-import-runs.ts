import { allow } from '../../../ground/platform/allow.ts';
import type { Context } from '../../../ground/platform/context.ts';
import type { ImportReport } from '../report.ts';
import { listOtherImports, listRunPage } from './queries.ts';
import type { ImportKind, ImportRunState } from './run.ts';
import { type RunReport, toldOfOrders } from './run-report.ts';
import { isStillWritten } from './still-written.ts';

/** A run as it is listed, or an import of the command line, which has no page. */
export interface ImportRunSummary {
  id: string;
  kind: ImportKind;
  fileName: string;
  startedAt: number;
  state: ImportRunState | 'interrupted';
  report: RunReport | null;
  hasPage: boolean;
}

const RUNS_A_PAGE = 20;
/** Behind every id. */
const LAST = '~';

/** Every file that was brought in, the newest first. @throws {AppError} `scope_missing`, `forbidden` */
export async function listImportRuns(
  ctx: Context,
  { before = LAST }: { before?: string | undefined } = {},
): Promise<{ items: ImportRunSummary[]; next: string | null }> {
  allow(ctx.actor, 'imports:read');
  const page = { before, limit: RUNS_A_PAGE + 1 };
  const [runs, others] = await Promise.all([listRunPage(ctx.db, page), listOtherImports(ctx.db, page)]);
  const all = [
    ...runs.map(({ report, ...run }): ImportRunSummary => ({ ...run, hasPage: true, report: read(report) })),
    ...others.map((one): ImportRunSummary => {
      const { id, kind, fileName, startedAt, report } = one;
      return {
        ...{ id, kind, fileName, startedAt, hasPage: false },
        state: stateOf(one, ctx.now()),
        report: reportOf(kind, report),
      };
    }),
  ].sort((left, right) => (left.id < right.id ? 1 : -1));
  const items = all.slice(0, RUNS_A_PAGE);
  return { items, next: all.length > RUNS_A_PAGE ? (items.at(-1)?.id ?? null) : null };
}

function stateOf(
  one: { startedAt: number; finishedAt: number | null; undoneAt: number | null },
  now: number,
): ImportRunSummary['state'] {
  if (one.undoneAt !== null) return 'undone';
  if (one.finishedAt !== null) return 'done';
  return isStillWritten(one, now) ? 'running' : 'interrupted';
}

function reportOf(kind: ImportKind, kept: string | null): RunReport | null {
  if (kind !== 'orders') return read<RunReport>(kept);
  const told = read<ImportReport>(kept);
  return told === null ? null : toldOfOrders(told);
}

/** What we wrote ourselves. */
function read<Kept>(text: string | null): Kept | null {
  return text === null ? null : JSON.parse(text);
}
