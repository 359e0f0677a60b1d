import { allowRole } from '../../../ground/platform/allow.ts';
import type { Context } from '../../../ground/platform/context.ts';
import type { ProofRun } from './begin-proof.ts';
import { countRoots, listDifferences, listDoubts, listRuns } from './queries.ts';

const RUNS_SHOWN = 30;
const DOUBTS_SHOWN = 100;

type Rows<List extends (...args: never[]) => Promise<readonly unknown[]>> = Awaited<ReturnType<List>>;

export interface ProofShown {
  /** The newest first. */
  runs: readonly ProofRun[];
  /** Of the newest run that found any. */
  differences: Rows<typeof listDifferences>;
  /** Accounts that are paid nothing out; one hundred at the most. */
  doubts: Rows<typeof listDoubts>;
  /** Root accounts there are: what a run over everything goes over. */
  accounts: number;
}

/** When the books were last gone over, and what was found. @throws {AppError} `forbidden` */
export async function showProof(ctx: Context): Promise<ProofShown> {
  allowRole(ctx.actor, ['owner', 'manager', 'analyst']);
  const [runs, doubts, roots] = await Promise.all([
    listRuns(ctx.db, { limit: RUNS_SHOWN }),
    listDoubts(ctx.db, { limit: DOUBTS_SHOWN }),
    countRoots(ctx.db),
  ]);
  const withSome = runs.find(({ differences }) => differences > 0);
  const differences = withSome === undefined ? [] : await listDifferences(ctx.db, { runId: withSome.id });
  return { runs, differences, doubts, accounts: roots?.accounts ?? 0 };
}
