import { z } from 'zod';
import { allow } from '../platform/allow.ts';
import type { Context } from '../platform/context.ts';
import { getProgramme } from '../portal/get-programme.ts';
import { type Business, getBusiness } from '../programme/business.ts';
import { versionKey } from '../rewards/compile.ts';
import { pendingOf } from '../rewards/settle.ts';
import {
  findCounts,
  findProgrammeSet,
  listJobRuns,
  listLatestImports,
  listMailFailures,
  listUnsettledTotals,
  sumAvailable,
  sumDebts,
  sumOpenVouchers,
} from './queries.ts';
import type { ConsoleOverview, ImportView } from './types.ts';

/**
 * The business at a glance, for every role: how much there is, what is owed, what ran and what failed.
 * @throws {AppError} `unauthenticated`, `forbidden`
 */
export async function getOverview(ctx: Context): Promise<ConsoleOverview> {
  allow(ctx.actor, 'customers:read');
  allow(ctx.actor, 'orders:read');
  const { db } = ctx;
  const [[counts], owed, imports, jobs, failures, programme, [set]] = await Promise.all([
    findCounts(db),
    findOwed(ctx),
    listLatestImports(db),
    listJobRuns(db),
    listMailFailures(db),
    getProgramme(ctx),
    findProgrammeSet(db),
  ]);
  return {
    orders: counts?.orders ?? 0,
    customers: { total: counts?.customers ?? 0, claimed: counts?.claimed ?? 0 },
    owed,
    imports: imports.map(importView),
    jobs,
    mail: {
      waiting: counts?.mailWaiting ?? 0,
      failures: failures.map((row) => ({ ...row, failure: row.failure ?? '' })),
    },
    programme: programme === null || set === undefined ? null : { ...programme, setAt: set.setAt },
  };
}

/** Null while the business has no currency: then nothing was ever earned. */
async function findOwed(ctx: Context): Promise<ConsoleOverview['owed']> {
  const { db } = ctx;
  const now = ctx.now();
  const [business, [available], [debt], [vouchers], totals] = await Promise.all([
    getBusiness(ctx),
    sumAvailable(db, { now }),
    sumDebts(db),
    sumOpenVouchers(db, { now }),
    listUnsettledTotals(db),
  ]);
  const { currency } = business;
  if (currency === null) return null;
  const amount = (minor: bigint | undefined) => ({ minor: minor ?? 0n, currency });
  return {
    available: amount(available?.minor),
    pending: amount(pendingOver(totals, business)),
    debt: amount(debt?.minor),
    vouchers: { count: vouchers?.count ?? 0, amount: amount(vouchers?.minor) },
  };
}

type Unsettled = Awaited<ReturnType<typeof listUnsettledTotals>>;

function pendingOver(totals: Unsettled, { compiled }: Business): bigint {
  let sum = 0n;
  for (const total of totals) {
    const version = compiled?.versionByKey.get(versionKey(total.ruleId, total.version));
    if (version !== undefined) sum += pendingOf(version, total);
  }
  return sum;
}

const refusals = z.array(z.object({ line: z.number(), order: z.string().nullable(), reason: z.string() }));

function importView(row: Awaited<ReturnType<typeof listLatestImports>>[number]): ImportView {
  const { id, fileName, startedAt, finishedAt, undoneAt, created, updated, unchanged, rejected } = row;
  const hasCounts = created !== null && updated !== null && unchanged !== null && rejected !== null;
  return {
    id,
    fileName,
    startedAt,
    state: undoneAt !== null ? 'undone' : finishedAt === null ? 'interrupted' : 'done',
    counts: hasCounts ? { created, updated, unchanged, rejected } : null,
    errors: refusals.parse(JSON.parse(row.errors)),
  };
}
