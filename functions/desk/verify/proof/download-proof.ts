import { allowRole } from '../../../ground/platform/allow.ts';
import { instantText } from '../../../ground/platform/answer.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { downloadTable, namesFor, type PageTable } from '../../console/insight/download-table.ts';
import { readWhat, whatText } from '../what.ts';
import { listAllDifferences, listDoubts, listRuns } from './queries.ts';

/** More than all there ever are: a run keeps the first of its differences. */
const ROWS_MAX = 100_000;

export const proofTables = ['runs', 'differences', 'doubts'] as const;
export type ProofTable = (typeof proofTables)[number];

/**
 * What checks of the books found, as a CSV: every run, what differed in each, or the accounts that are paid nothing out; who took
 * it stands in the log. Analysts get no names.
 * @throws {AppError} `forbidden`, `proof_needed` for a table that names accounts
 */
export async function downloadProof(ctx: Context, table: ProofTable): Promise<ReadableStream<Uint8Array>> {
  allowRole(ctx.actor, ['owner', 'manager', 'analyst']);
  return downloadTable(ctx, await readers[table](ctx), { isNamed: table !== 'runs' });
}

const readers: Record<ProofTable, (ctx: Context) => Promise<PageTable>> = {
  runs: async (ctx) => ({
    name: 'proof-runs',
    columns: ['begun_at', 'finished_at', 'scope', 'accounts', 'ledger_entries', 'differences'],
    rows: (await listRuns(ctx.db, { limit: ROWS_MAX })).map((run) => [
      ...[instantText(run.begunAt), run.finishedAt === null ? null : instantText(run.finishedAt), run.scope],
      ...[run.accounts, run.entries, run.differences],
    ]),
  }),
  differences: async (ctx) => {
    const told = namesFor(ctx);
    return {
      name: 'proof-differences',
      columns: ['check_begun_at', 'account_id', 'account', 'what', 'should_be', 'is'],
      rows: (await listAllDifferences(ctx.db, { limit: ROWS_MAX })).map((one) => [
        ...[instantText(one.begunAt), one.accountId || null, told(one.name ?? '') || null],
        ...[textOf(one.what), one.expected, one.found],
      ]),
    };
  },
  doubts: async (ctx) => {
    const told = namesFor(ctx);
    return {
      name: 'proof-doubts',
      columns: ['account_id', 'account', 'since'],
      rows: (await listDoubts(ctx.db, { limit: ROWS_MAX })).map(({ accountId, name, since }) => [
        ...[accountId, told(name ?? '') || null, instantText(since)],
      ]),
    };
  },
};

/** A code, or the words of the release that found it. */
function textOf(kept: string): string {
  const what = readWhat(kept);
  return what === null ? kept : whatText(what);
}
