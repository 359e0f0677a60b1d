import { writeDecision } from '../../../ground/decision/write-decision.ts';
import { allow } from '../../../ground/platform/allow.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { AppError, assert } from '../../../ground/platform/errors.ts';
import { listPlaces, onlyPlace } from '../../../money/accounts/places.ts';
import { assignManager, isAssigned, isManagedBy } from '../../../people/managers/assign-manager.ts';
import { allowAssigning } from '../../../people/managers/may-assign.ts';
import { findOwnerByEmail } from '../../../people/sign-in/find-owner.ts';
import { writeRejectedCustomers } from '../customers/read-customers.ts';
import { endProgress, markUnit } from '../import-progress.ts';
import { endListed, listImport } from '../import-record.ts';
import { type Reason, toldReason, wrongIn } from '../reason.ts';
import { ERRORS_MAX } from '../report.ts';
import { endStep, openRowWalk, type RowWalk, type Slice } from '../row-walk.ts';
import { toldOfManagers } from '../runs/run-report.ts';
import type { SourceFile } from '../source-file.ts';
import type { RowSink } from '../write-rejected.ts';
import type { ManagerColumn } from './columns.ts';
import { lineNamedBefore } from './named-before.ts';
import { type AssignmentRow, readAssignments } from './read-assignments.ts';
import type { ManagersReport } from './report.ts';

export interface ManagersImport {
  file: SourceFile;
  isDryRun?: boolean;
  /** Whether it stands among past imports by itself; one of a slice does by its run. */
  isListed?: boolean;
  onProgress?: (at: { phase: 'read' | 'write'; rows: number; of: number | null }) => void;
  /** Where rows go that were left out, to be mended. */
  openRejected?: () => Promise<RowSink>;
}

/** Accounts are given one by one, each with its line in the history. */
const ROWS_PER_STEP = 50;

/**
 * Gives accounts into hands as a table says, by `account_id`, or by `email` where a customer has one account; an empty `manager`
 * leaves an account to the rules. A row of which `by` says `rule` changes nothing while it names who has the account; whom else it
 * names gets it by hand. A row that is wrong, or of an account that the file named before, is told and left out.
 * @throws {AppError} when the file cannot be read or has other columns, `forbidden`
 */
export async function importManagers(ctx: Context, request: ManagersImport): Promise<ManagersReport> {
  const told = await importManagersSlice(ctx, { ...request, slice: null });
  assert(told !== null, 'an import that nobody interrupts is whole');
  return told;
}

/**
 * A part of the same: begins it, or goes on where the slice before was over, or killed; null while there is more to do.
 * @throws {AppError} as `importManagers`
 */
export async function importManagersSlice(
  ctx: Context,
  { slice, ...request }: ManagersImport & { slice: Slice | null },
): Promise<ManagersReport | null> {
  allow(ctx.actor, 'customers:write');
  await allowAssigning(ctx);
  const startedAt = performance.now();
  const opened = await openRowWalk<Told, Outcome, Refused>(ctx, slice, {
    phase: 'rows',
    told: { given: 0, same: 0, byRule: 0, lines: 0, seconds: 0, report: null },
  });
  if (opened.isOver) return opened.told.report;
  const { walk } = opened;
  const before = walk.told.seconds;
  const refused: Refused[] = [...walk.keptBefore];
  const isDryRun = request.isDryRun === true;
  const isListed = request.isListed === true && !isDryRun && slice === null;
  let listedAs: string | null = null;
  const steps = readAssignments(request.file, { from: walk.reached, rows_max: ROWS_PER_STEP });
  for await (const step of steps) {
    if (isListed) listedAs ??= await listImport(ctx, { kind: 'managers', fileName: request.file.name });
    const left: Refused[] = [];
    for (const row of step) {
      const outcome = walk.marks.get(markOf(row)) ?? (await takeRow(ctx, row, { isDryRun, slice }));
      if (typeof outcome === 'string') walk.told[outcome] += 1;
      else left.push({ line: row.line, account: row.account, reason: outcome.reason });
    }
    refused.push(...left);
    walk.told.lines += step.length;
    walk.told.seconds = before + Math.round(performance.now() - startedAt) / 1000;
    request.onProgress?.({ phase: isDryRun ? 'read' : 'write', rows: walk.told.lines, of: null });
    if (!(await endStep(ctx, walk, { rows: step.length, beside: left, hasWritten: !isDryRun }))) return null;
  }
  return tell(ctx, { request, walk, refused, listedAs });
}

/** What became of a row. */
type Outcome = 'given' | 'same' | 'byRule';

interface Refused {
  line: number;
  account: string;
  reason: Reason;
}

interface Told extends Record<Outcome, number> {
  lines: number;
  seconds: number;
  report: ManagersReport | null;
}

const markOf = ({ line }: AssignmentRow) => String(line);

async function takeRow(
  ctx: Context,
  row: AssignmentRow,
  { isDryRun, slice }: { isDryRun: boolean; slice: Slice | null },
): Promise<Outcome | { reason: Reason }> {
  if (!row.told.ok) return { reason: row.told.reason };
  const { cells } = row.told;
  try {
    const wish = { accountId: await accountOf(ctx, cells), manager: cells.manager || null, why: cells.why };
    const before = await namedBefore(ctx, row, wish.accountId);
    if (before !== null) return { reason: wrongIn(keyOf(cells), 'named_before', { line: String(before) }) };
    if (cells.by === 'rule' && (await isManagedBy(ctx, { ...wish, manager: cells.manager }))) return 'byRule';
    if (await isAssigned(ctx, wish)) return 'same';
    if (!isDryRun)
      await assignManager(ctx, wish, slice === null ? {} : { alongside: () => markOfGiven(slice, row) });
    return 'given';
  } catch (error) {
    if (!(error instanceof AppError) || error.status >= 500) throw error;
    return { reason: reasonOfRefusal(error, cells) };
  }
}

/** Written with what a row did, so that who goes on with a step that was cut off counts it once. */
const markOfGiven = ({ run }: Slice, row: AssignmentRow) => [markUnit<Outcome>(run, markOf(row), 'given')];

const accountOf = async (ctx: Context, { account_id, email }: Record<ManagerColumn, string>) =>
  account_id === '' ? accountOfEmail(ctx, email) : account_id;

/** The one account of a customer. @throws {AppError} `not_found`, `account_required` */
async function accountOfEmail(ctx: Context, email: string): Promise<string> {
  const [owner] = await findOwnerByEmail(ctx.db.fresh, { email });
  if (owner === undefined) throw new AppError('not_found', 'There is no such customer.');
  const places = await listPlaces(ctx.db.fresh, owner.id);
  return (await onlyPlace(ctx.db, places, null)).rootId;
}

/** The line that named the account of a row before, by its id or an address; null for none. */
const namedBefore = (ctx: Context, row: AssignmentRow, accountId: string) =>
  lineNamedBefore(ctx.db.fresh, row, {
    accountId,
    accountOf: async (email) => {
      try {
        return await accountOfEmail(ctx, email);
      } catch (error) {
        if (error instanceof AppError && error.status < 500) return null;
        throw error;
      }
    },
  });

/** By what a row names its account. */
const keyOf = ({ account_id }: Record<ManagerColumn, string>) => (account_id === '' ? 'email' : 'account_id');

/** Why a row is refused, at the cell that is wrong. */
function reasonOfRefusal(error: AppError, cells: Record<ManagerColumn, string>): Reason {
  const [wrong] = error.errors;
  const at = (column: ManagerColumn, code: Reason['code']): Reason => ({
    ...wrongIn(column, code),
    value: cells[column].slice(0, 80),
  });
  if (wrong?.path === 'manager')
    return at('manager', wrong.code === 'only_reads' ? 'only_reads' : 'no_colleague');
  if (wrong?.path === 'why') return wrongIn('why', 'not_valid');
  if (error.code === 'account_required') return at('email', 'several_accounts');
  return at(keyOf(cells), error.code === 'not_found' ? 'not_here' : 'not_valid');
}

/** What it comes to, with the rows to be mended; kept where it goes by parts. */
async function tell(
  ctx: Context,
  {
    request,
    walk,
    refused,
    listedAs,
  }: {
    request: ManagersImport;
    walk: RowWalk<Told, Outcome, Refused>;
    refused: Refused[];
    listedAs: string | null;
  },
): Promise<ManagersReport> {
  const { given, same, byRule, lines, seconds } = walk.told;
  const shown = refused.slice(0, ERRORS_MAX);
  const report: ManagersReport = {
    ...{ given, same, byRule, lines, seconds, rejected: refused.length },
    errors: shown.map(({ line, account, reason }) => ({ line, account, ...toldReason(reason) })),
  };
  const reasons = new Map(shown.map(({ line, reason }) => [line, reason]));
  if (request.openRejected !== undefined && reasons.size > 0)
    report.rejectedRows = await writeRejectedCustomers(request.file, reasons, await request.openRejected());
  const end = { phase: 'over', reached: '', steps: walk.steps, told: { ...walk.told, report } } as const;
  const beside = walk.slice === null ? [] : endProgress(walk.slice.run, end);
  await writeDecision(ctx, { rows: endListed(ctx, listedAs, toldOfManagers(report)), beside });
  return report;
}
