import { allowRole } from '../../../ground/platform/allow.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { readWhat, type What, whatText } from '../what.ts';
import type { ProofRun } from './begin-proof.ts';
import { countRoots, listDifferences, listDoubts, listRuns } from './queries.ts';

const RUNS_SHOWN = 30;
const DOUBTS_SHOWN = 100;

type Rows<List extends (...args: never[]) => Promise<readonly unknown[]>> = Awaited<ReturnType<List>>;

/** Its account, what differs by code, or in the words of the release that found it, and both sides. */
export type ShownDifference = Rows<typeof listDifferences>[number] & { is: What | null };

export interface ProofShown {
  /** The newest first. */
  runs: readonly ProofRun[];
  /** Of the newest run that found any. */
  differences: readonly ShownDifference[];
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
  const shown = differences.map((one) => {
    const is = readWhat(one.what);
    return { ...one, is, what: is === null ? one.what : whatText(is) };
  });
  return { runs, differences: shown, doubts, accounts: roots?.accounts ?? 0 };
}
