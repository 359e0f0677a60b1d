import { type Statement, StoreConflict } from '../../../../db/store.ts';
import type { OtherHistory } from '../../../ground/decision/decision.ts';
import { writeDecision } from '../../../ground/decision/write-decision.ts';
import { allow } from '../../../ground/platform/allow.ts';
import { actorName, type Context } from '../../../ground/platform/context.ts';
import { assert } from '../../../ground/platform/errors.ts';
import { newId } from '../../../ground/platform/ids.ts';
import { STALE } from '../../../money/accounts/plan-change.ts';
import { getBusiness } from '../../../money/business/business.ts';
import { recountIfStale } from '../../../money/orders/recount.ts';
import { listOwnFields } from '../../../people/own-fields/list-own-fields.ts';
import { endProgress, markUnit } from '../import-progress.ts';
import { endListed, listImport } from '../import-record.ts';
import { type Reason, toldReason, wrongIn } from '../reason.ts';
import { endStep, openRowWalk, type RowWalk, type Slice } from '../row-walk.ts';
import { toldOfCustomers } from '../runs/run-report.ts';
import type { SourceFile } from '../source-file.ts';
import type { RowSink } from '../write-rejected.ts';
import {
  type CustomersTally,
  emptyTally,
  type ParsedCustomerRow,
  type RefusedCustomer,
  tallyOf,
} from './count-rows.ts';
import { loadKnown } from './known.ts';
import { type CustomerTerms, type PlannedRow, planRow } from './plan-row.ts';
import { type CustomersStep, readCustomers, writeRejectedCustomers } from './read-customers.ts';
import type { CustomersReport } from './report.ts';

export interface CustomersImport {
  file: SourceFile;
  isDryRun?: boolean;
  /** Whether it stands among past imports by itself; one of a slice does by its run. */
  isListed?: boolean;
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
  const told = await importCustomersSlice(ctx, { ...request, slice: null });
  assert(told !== null, 'an import that nobody interrupts is whole');
  return told;
}

/**
 * A part of the same: begins an import, or goes on with it where the slice before was over, or killed. What it tells at
 * its end is what one uninterrupted import tells; null while there is more to do.
 * @throws {AppError} as `importCustomers`
 */
export async function importCustomersSlice(
  ctx: Context,
  { slice, ...request }: CustomersImport & { slice: Slice | null },
): Promise<CustomersReport | null> {
  allow(ctx.actor, 'customers:write');
  const startedAt = performance.now();
  const opened = await openRowWalk<Told, CustomersTally, Kept>(ctx, slice, {
    phase: 'rows',
    told: { ...emptyTally(), lines: 0, seconds: 0, report: null },
  });
  if (opened.isOver) return opened.told.report;
  const { walk } = opened;
  const before = walk.told.seconds;
  const business = await getBusiness({ ...ctx, db: ctx.db.fresh });
  const terms = {
    ...{ now: ctx.now(), actor: actorName(ctx.actor), revision: business.revision },
    ...{ timeZone: business.timeZone, language: business.identity.languages[0] },
    tellsAccounts: true,
    fields: await listOwnFields(ctx.db.fresh),
  };
  const refused = walk.keptBefore.flatMap((one) => ('seen' in one ? [] : [one]));
  const seen = new Set(walk.keptBefore.flatMap((one) => ('seen' in one ? one.seen : [])));
  const importing: Importing = { request, terms, walk, refused, seen, marks: walk.marks, listedAs: null };
  let ignored: string[] = [];
  for await (const step of readCustomers(request.file, terms, ROWS_PER_STEP)) {
    ignored = step.ignored;
    terms.tellsAccounts = step.tellsAccounts;
    const isDone = step.before + step.rows.length <= walk.reached;
    if (isDone) continue;
    await list(ctx, importing);
    const kept = await takeStep(ctx, importing, step);
    walk.told.seconds = before + Math.round(performance.now() - startedAt) / 1000;
    const phase = request.isDryRun === true ? 'read' : 'write';
    request.onProgress?.({ phase, rows: walk.told.lines, of: null });
    const hasWritten = request.isDryRun !== true;
    if (!(await endStep(ctx, walk, { rows: step.rows.length, beside: kept, hasWritten }))) return null;
  }
  return tell(ctx, importing, ignored);
}

/** What is kept of an import under way, but for what it refused; the report once it is over. */
interface Told extends CustomersTally {
  lines: number;
  seconds: number;
  report: CustomersReport | null;
}

type Kept = RefusedCustomer | { seen: string[] };

interface Importing {
  request: CustomersImport;
  terms: CustomerTerms;
  walk: RowWalk<Told, CustomersTally, Kept>;
  /** All that was refused so far. */
  refused: RefusedCustomer[];
  /** In a dry run: who and which accounts would be there already from rows before. */
  seen: Set<string>;
  /** What of the present step was written before; of a later one there is none. */
  marks: ReadonlyMap<string, CustomersTally>;
  /** Among past imports; null until the file could be read. */
  listedAs: string | null;
}

async function list(ctx: Context, importing: Importing): Promise<void> {
  const { request, walk } = importing;
  if (request.isListed !== true || request.isDryRun === true || walk.slice !== null) return;
  importing.listedAs ??= await listImport(ctx, { kind: 'customers', fileName: request.file.name });
}

/** Works on some rows and counts them; answers what is to be kept of them beside. */
async function takeStep(ctx: Context, importing: Importing, step: CustomersStep): Promise<Kept[]> {
  const { told } = importing.walk;
  const seenBefore = importing.seen.size;
  const refused: RefusedCustomer[] = step.rows.flatMap(({ line, customer, parsed }) =>
    parsed.ok ? [] : [{ line, customer, reason: parsed.reason }],
  );
  const add = (tally: CustomersTally) => {
    told.created += tally.created;
    told.updated += tally.updated;
    told.unchanged += tally.unchanged;
    told.accounts += tally.accounts;
    refused.push(...tally.refused);
  };
  const rows = step.rows.flatMap((read) => (read.parsed.ok ? [{ read, row: read.parsed.row }] : []));
  for (const tally of importing.marks.values()) add(tally);
  const isLeft = ({ read: { line } }: ParsedCustomerRow) =>
    ![...importing.marks.keys()].some((name) => {
      const [from = 0, until = 0] = name.split(' ').map(Number);
      return line >= from && line <= until;
    });
  await importRows(ctx, importing, { rows: rows.filter(isLeft), add });
  importing.marks = new Map();
  told.lines += step.rows.length;
  importing.refused.push(...refused);
  const seen = [...importing.seen].slice(seenBefore);
  return seen.length === 0 ? refused : [...refused, { seen }];
}

interface Adding {
  rows: readonly ParsedCustomerRow[];
  add: (tally: CustomersTally) => void;
}

/** Writes some rows in one batch; when somebody else changed one of these people meanwhile, each by itself. */
async function importRows(ctx: Context, importing: Importing, { rows, add }: Adding): Promise<void> {
  if (rows.length === 0) return;
  try {
    add(await importOnce(ctx, importing, rows));
  } catch (error) {
    if (!(error instanceof StoreConflict)) throw error;
    for (const one of rows) {
      try {
        add(await importOnce(ctx, importing, [one]));
      } catch (again) {
        if (!(again instanceof StoreConflict)) throw again;
        const { line, customer } = one.read;
        const reason = wrongIn('email', 'changed_meanwhile');
        add({ ...emptyTally(), refused: [{ line, customer, reason }] });
      }
    }
  }
}

async function importOnce(
  ctx: Context,
  { request, terms, seen, walk: { slice } }: Importing,
  rows: readonly ParsedCustomerRow[],
): Promise<CustomersTally> {
  const known = await loadKnown(
    ctx.db.fresh,
    rows.map(({ row }) => row),
  );
  const planned = rows.map((one) => ({ ...one, plan: planRow(one.row, known, terms) }));
  const isDryRun = request.isDryRun === true;
  const tally = tallyOf(planned, { seen, isDryRun });
  if (isDryRun) return tally;
  const name = `${rows[0]?.read.line} ${rows.at(-1)?.read.line}`;
  await write(
    ctx,
    planned.map(({ plan }) => plan),
    slice === null ? [] : [markUnit(slice.run, name, tally)],
  );
  return tally;
}

async function write(ctx: Context, plans: readonly PlannedRow[], beside: Statement[]): Promise<void> {
  const accepted = plans.flatMap((plan) => (plan.ok && plan.statements.length > 0 ? [plan] : []));
  if (accepted.length === 0) return;
  const roots = [...new Set(accepted.flatMap(({ rootId }) => rootId ?? []))];
  const histories = roots.map((rootId): OtherHistory => ({ rootId, kind: 'customers_imported' }));
  const rows = accepted.flatMap(({ statements }) => statements);
  await writeDecision(ctx, { rows, histories, beside });
  const moved = accepted.flatMap(({ isMoved, rootId }) => (isMoved && rootId !== null ? [rootId] : []));
  if (moved.length === 0) return;
  const business = await getBusiness({ ...ctx, db: ctx.db.fresh });
  const stale = [...new Set(moved)].map((id) => ({ id, settledRevision: STALE }));
  await recountIfStale(ctx, business, stale);
}

/** What the import comes to, with the rows to be mended, kept with the line of the log. */
async function tell(ctx: Context, importing: Importing, ignored: string[]): Promise<CustomersReport> {
  const { request, walk, refused } = importing;
  const { created, updated, unchanged, accounts, lines, seconds } = walk.told;
  const told = refused.slice(0, ERRORS_MAX).sort((left, right) => left.line - right.line);
  const report: CustomersReport = {
    customers: { created, updated, unchanged, rejected: refused.length },
    ...{ accounts: { created: accounts }, lines, ignored, seconds },
    errors: told.map(({ line, customer, reason }) => ({ line, customer, ...toldReason(reason) })),
  };
  const reasons = new Map(told.map(({ line, reason }): [number, Reason] => [line, reason]));
  if (request.openRejected !== undefined && reasons.size > 0)
    report.rejectedRows = await writeRejectedCustomers(request.file, reasons, await request.openRejected());
  const end = { phase: 'over', reached: '', steps: walk.steps, told: { ...walk.told, report } } as const;
  await writeDecision(ctx, {
    rows: endListed(ctx, importing.listedAs, toldOfCustomers(report)),
    audit:
      request.isDryRun === true
        ? null
        : {
            ...{ kind: 'customers.imported', subjectKind: 'import' },
            ...{ subjectId: walk.slice?.run ?? importing.listedAs ?? newId(), detail: { created, updated } },
          },
    beside: walk.slice === null ? [] : endProgress(walk.slice.run, end),
  });
  return report;
}
