import { StoreConflict } from '../../../../db/store.ts';
import type { OtherHistory } from '../../../ground/decision/decision.ts';
import { writeDecision } from '../../../ground/decision/write-decision.ts';
import { allow } from '../../../ground/platform/allow.ts';
import { actorName, type Context } from '../../../ground/platform/context.ts';
import { newId } from '../../../ground/platform/ids.ts';
import { STALE } from '../../../money/accounts/plan-change.ts';
import { getBusiness } from '../../../money/business/business.ts';
import { recountIfStale } from '../../../money/orders/recount.ts';
import { listOwnFields } from '../../../people/own-fields/list-own-fields.ts';
import { type Reason, toldReason, wrongIn } from '../reason.ts';
import type { SourceFile } from '../source-file.ts';
import type { RowSink } from '../write-rejected.ts';
import { loadKnown } from './known.ts';
import type { CustomerRow } from './parse-row.ts';
import { type CustomerTerms, type PlannedRow, planRow } from './plan-row.ts';
import { type ReadCustomer, readCustomers, writeRejectedCustomers } from './read-customers.ts';
import type { CustomersReport } from './report.ts';

export interface CustomersImport {
  file: SourceFile;
  isDryRun?: boolean;
  openRejected?: () => Promise<RowSink>;
  onProgress?: (at: { phase: 'read' | 'write'; rows: number; of: number | null }) => void;
}

const ROWS_PER_STEP = 200;
const ERRORS_MAX = 100_000;

/**
 * Brings customers in (DOMAIN §8): who is not known is made, unclaimed; what is not known of somebody is learnt; empty
 * cells change nothing, and a row that contradicts what is known is refused with its line. Again, it changes nothing.
 * @throws {AppError} when the file cannot be read or says neither email nor customer_key; what `allow` throws
 */
export async function importCustomers(ctx: Context, request: CustomersImport): Promise<CustomersReport> {
  allow(ctx.actor, 'customers:write');
  const startedAt = performance.now();
  const business = await getBusiness({ ...ctx, db: ctx.db.fresh });
  const report: CustomersReport = {
    customers: { created: 0, updated: 0, unchanged: 0, rejected: 0 },
    accounts: { created: 0 },
    lines: 0,
    ignored: [],
    errors: [],
    seconds: 0,
  };
  const reasons = new Map<number, Reason>();
  const refuse = ({ line, customer }: ReadCustomer, reason: Reason) => {
    report.customers.rejected += 1;
    if (report.errors.length >= ERRORS_MAX) return;
    reasons.set(line, reason);
    report.errors.push({ line, customer, ...toldReason(reason) });
  };
  const terms = {
    ...{ now: ctx.now(), actor: actorName(ctx.actor), revision: business.revision },
    ...{ timeZone: business.timeZone, language: business.identity.languages[0] },
    tellsAccounts: true,
    fields: await listOwnFields(ctx.db.fresh),
  };
  const importing: Importing = { request, report, terms, refuse, seen: new Set() };
  for await (const step of readCustomers(request.file, terms, ROWS_PER_STEP)) {
    report.ignored = step.ignored;
    importing.terms.tellsAccounts = step.tellsAccounts;
    report.lines += step.rows.length;
    for (const read of step.rows) if (!read.parsed.ok) refuse(read, read.parsed.reason);
    await importStep(ctx, importing, step.rows);
    request.onProgress?.({
      phase: request.isDryRun === true ? 'read' : 'write',
      rows: report.lines,
      of: null,
    });
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
  if (request.openRejected !== undefined && reasons.size > 0)
    report.rejectedRows = await writeRejectedCustomers(request.file, reasons, await request.openRejected());
  if (request.isDryRun !== true) {
    const { created, updated } = report.customers;
    await writeDecision(ctx, {
      audit: {
        kind: 'customers.imported',
        subjectKind: 'import',
        subjectId: newId(),
        detail: { created, updated },
      },
    });
  }
  report.seconds = Math.round(performance.now() - startedAt) / 1000;
  return report;
}

interface Importing {
  request: CustomersImport;
  report: CustomersReport;
  terms: CustomerTerms;
  refuse: (row: ReadCustomer, reason: Reason) => void;
  /** In a dry run: who and which accounts would be there already from rows before. */
  seen: Set<string>;
}

interface ParsedRow {
  read: ReadCustomer;
  row: CustomerRow;
}

/** Writes some rows in one batch; when somebody else changed one of these people meanwhile, each by itself. */
async function importStep(ctx: Context, importing: Importing, read: readonly ReadCustomer[]): Promise<void> {
  const rows = read.flatMap((one) => (one.parsed.ok ? [{ read: one, row: one.parsed.row }] : []));
  if (rows.length === 0) return;
  try {
    await importRows(ctx, importing, rows);
  } catch (error) {
    if (!(error instanceof StoreConflict)) throw error;
    for (const one of rows) {
      try {
        await importRows(ctx, importing, [one]);
      } catch (again) {
        if (!(again instanceof StoreConflict)) throw again;
        importing.refuse(one.read, wrongIn('email', 'changed_meanwhile'));
      }
    }
  }
}

async function importRows(ctx: Context, importing: Importing, rows: readonly ParsedRow[]): Promise<void> {
  const { request, terms } = importing;
  const known = await loadKnown(
    ctx.db.fresh,
    rows.map(({ row }) => row),
  );
  const planned = rows.map(({ read, row }) => ({ read, row, plan: planRow(row, known, terms) }));
  if (request.isDryRun !== true)
    await write(
      ctx,
      planned.map(({ plan }) => plan),
    );
  for (const { read, row, plan } of planned) count(importing, { read, row, plan });
}

async function write(ctx: Context, plans: readonly PlannedRow[]): Promise<void> {
  const accepted = plans.flatMap((plan) => (plan.ok && plan.statements.length > 0 ? [plan] : []));
  if (accepted.length === 0) return;
  const roots = [...new Set(accepted.flatMap(({ rootId }) => rootId ?? []))];
  const histories = roots.map((rootId): OtherHistory => ({ rootId, kind: 'customers_imported' }));
  await writeDecision(ctx, { rows: accepted.flatMap(({ statements }) => statements), histories });
  const moved = accepted.flatMap(({ isMoved, rootId }) => (isMoved && rootId !== null ? [rootId] : []));
  const business = await getBusiness({ ...ctx, db: ctx.db.fresh });
  const stale = [...new Set(moved)].map((id) => ({ id, settledRevision: STALE }));
  await recountIfStale(ctx, business, stale);
}

function count(
  { report, refuse, request, seen }: Importing,
  { read, row, plan }: ParsedRow & { plan: PlannedRow },
): void {
  if (!plan.ok) {
    refuse(read, plan.reason);
    return;
  }
  const name = row.email ?? JSON.stringify([row.source, row.customer_key]);
  const isAgain = plan.outcome === 'created' && seen.has(name);
  report.customers[isAgain ? 'updated' : plan.outcome] += 1;
  const made = plan.accounts.map((account) =>
    JSON.stringify(['account', account, account === '' ? name : '']),
  );
  report.accounts.created += made.filter((account) => !seen.has(account)).length;
  if (request.isDryRun !== true) return;
  for (const one of [...(plan.outcome === 'created' ? [name] : []), ...made]) seen.add(one);
}
