import { allow } from '../../../ground/platform/allow.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { AppError } from '../../../ground/platform/errors.ts';
import { wrongField } from '../../../ground/platform/parse-input.ts';
import { listPlaces, onlyPlace } from '../../../money/accounts/places.ts';
import { assignManager, isAssigned } from '../../../people/managers/assign-manager.ts';
import { allowAssigning } from '../../../people/managers/may-assign.ts';
import { findOwnerByEmail } from '../../../people/sign-in/find-owner.ts';
import { readRecords } from '../../../reach/imports/read-records.ts';
import type { SourceFile } from '../../../reach/imports/source-file.ts';
import { managerColumns } from './export-managers.ts';

type Row = ReadonlyMap<(typeof managerColumns)[number], string>;

export interface ManagersReport {
  given: number;
  /** In these hands already. */
  same: number;
  /** Those that rules gave when the file was written: rules decide about them. */
  byRule: number;
  /** What was left out, and why; lines count from 1, the head included. */
  errors: { line: number; reason: string }[];
}

/**
 * Gives accounts into hands as a CSV says, by `account_id`, or by `email` where a customer has one account; an empty `manager`
 * leaves an account to the rules. A row that is wrong is told and left out.
 * @throws {AppError} `validation_failed` at `file` for what is no such table, `forbidden`
 */
export async function importManagers(
  ctx: Context,
  { file, isDryRun = false }: { file: SourceFile; isDryRun?: boolean },
): Promise<ManagersReport> {
  allow(ctx.actor, 'customers:write');
  await allowAssigning(ctx);
  const report: ManagersReport = { given: 0, same: 0, byRule: 0, errors: [] };
  for await (const { line, row } of readRecords(file, { columns: managerColumns, needed: ['manager'] })) {
    if (row === null) {
      report.errors.push({ line, reason: 'has not as many cells as the head, or quotes that do not close' });
      continue;
    }
    try {
      report[await takeRow(ctx, row, isDryRun)] += 1;
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      const [wrong] = error.errors;
      report.errors.push({
        line,
        reason: wrong === undefined ? error.message : `${wrong.path} ${wrong.message}`,
      });
    }
  }
  return report;
}

async function takeRow(ctx: Context, row: Row, isDryRun: boolean): Promise<'given' | 'same' | 'byRule'> {
  if (row.get('by') === 'rule') return 'byRule';
  const accountId = await accountOf(ctx, row);
  const manager = row.get('manager')?.trim() || null;
  const wish = { accountId, manager, why: row.get('why') ?? null };
  if (await isAssigned(ctx, wish)) return 'same';
  if (!isDryRun) await assignManager(ctx, wish);
  return 'given';
}

async function accountOf(ctx: Context, row: Row): Promise<string> {
  const accountId = row.get('account_id');
  if (accountId) return accountId;
  const [owner] = await findOwnerByEmail(ctx.db.fresh, {
    email: (row.get('email') ?? '').trim().toLowerCase(),
  });
  if (owner === undefined) throw wrongField('email', 'unknown', 'is of no customer');
  const places = await listPlaces(ctx.db.fresh, owner.id);
  return (await onlyPlace(ctx.db, places, null)).rootId;
}
