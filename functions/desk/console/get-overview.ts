import { z } from 'zod';
import { allow } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import { exactInteger, exactJson } from '../../ground/platform/exact-json.ts';
import { type Business, getBusiness } from '../../money/business/business.ts';
import { versionKey } from '../../money/rewards/compile.ts';
import { pendingOf } from '../../money/rewards/settle.ts';
import { listFailures } from '../../people/mail/list-failures.ts';
import { isReason, type Reason } from '../../reach/imports/reason.ts';
import { getProgramme } from '../portal/get-programme.ts';
import { keptFigure } from './kept-figures.ts';
import {
  countWaitingMail,
  findCounts,
  findProgrammeSet,
  listJobRuns,
  listLatestImports,
  listUnsettledTotals,
  sumAvailable,
  sumDebts,
  sumOpenVouchers,
} from './queries.ts';
import type { ConsoleOverview, ImportView } from './types.ts';

const FAILURES_SHOWN = 10;

/**
 * The business at a glance, for every role: how much there is, what is owed, what ran and what failed. Figures over
 * whole tables are those of a while ago where summing them takes long.
 * @throws {AppError} `unauthenticated`, `forbidden`
 */
export async function getOverview(ctx: Context): Promise<ConsoleOverview> {
  allow(ctx.actor, 'customers:read');
  allow(ctx.actor, 'orders:read');
  const { db } = ctx;
  const [{ currency }, sums, imports, jobs, [waiting], failures, programme, [set]] = await Promise.all([
    getBusiness(ctx),
    getFigures(ctx),
    listLatestImports(db),
    listJobRuns(db),
    countWaitingMail(db),
    listFailures(ctx),
    getProgramme(ctx),
    findProgrammeSet(db),
  ]);
  return {
    orders: sums.orders,
    customers: { total: sums.customers, claimed: sums.claimed },
    owed: owedOf(sums, currency),
    imports: imports.map(importView),
    jobs,
    mail: {
      waiting: waiting?.mails ?? 0,
      failures: failures
        .slice(0, FAILURES_SHOWN)
        .map(({ template, email, failedAt, failure }) => ({ template, email, failedAt, failure })),
    },
    programme: programme === null || set === undefined ? null : { ...programme, setAt: set.setAt },
  };
}

/** Figures over all accounts, in minor units of the business currency. */
const figures = z.object({
  orders: z.number(),
  customers: z.number(),
  claimed: z.number(),
  available: exactInteger,
  pending: exactInteger,
  debt: exactInteger,
  vouchers: z.object({ count: z.number(), minor: exactInteger }),
});
type Figures = z.output<typeof figures>;

function getFigures(ctx: Context): Promise<Figures> {
  return keptFigure(ctx, 'overview', {
    compute: () => sumFigures(ctx),
    write: exactJson,
    read: (text) => figures.parse(JSON.parse(text)),
  });
}

async function sumFigures(ctx: Context): Promise<Figures> {
  const { db } = ctx;
  const now = ctx.now();
  const [business, [counts], [available], [debt], [vouchers], totals] = await Promise.all([
    getBusiness(ctx),
    findCounts(db),
    sumAvailable(db, { now }),
    sumDebts(db),
    sumOpenVouchers(db, { now }),
    listUnsettledTotals(db),
  ]);
  return {
    orders: counts?.orders ?? 0,
    customers: counts?.customers ?? 0,
    claimed: counts?.claimed ?? 0,
    available: available?.minor ?? 0n,
    pending: pendingOver(totals, business),
    debt: debt?.minor ?? 0n,
    vouchers: { count: vouchers?.count ?? 0, minor: vouchers?.minor ?? 0n },
  };
}

/** Null while the business has no currency: then nothing was ever earned. */
function owedOf(
  { available, pending, debt, vouchers }: Figures,
  currency: string | null,
): ConsoleOverview['owed'] {
  if (currency === null) return null;
  const amount = (minor: bigint) => ({ minor, currency });
  return {
    available: amount(available),
    pending: amount(pending),
    debt: amount(debt),
    vouchers: { count: vouchers.count, amount: amount(vouchers.minor) },
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

const refusals = z.array(
  z.object({
    line: z.number(),
    order: z.string().nullish(),
    subject: z.string().nullish(),
    reason: z.string(),
    why: z.custom<Reason>(isReason).optional().catch(undefined),
  }),
);

function importView(row: Awaited<ReturnType<typeof listLatestImports>>[number]): ImportView {
  const { id, kind, fileName, startedAt, finishedAt, undoneAt, created, updated, unchanged, rejected } = row;
  const hasCounts = created !== null && updated !== null && unchanged !== null && rejected !== null;
  return {
    id,
    kind,
    fileName,
    startedAt,
    state: undoneAt !== null ? 'undone' : finishedAt === null ? 'interrupted' : 'done',
    counts: hasCounts ? { created, updated, unchanged, rejected } : null,
    errors: refusals.parse(JSON.parse(row.errors)).map(({ why, order, subject, ...one }) => {
      const told = { ...one, order: order ?? subject ?? null };
      return why === undefined ? told : { ...told, why };
    }),
  };
}
