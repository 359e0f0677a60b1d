import type { Days, Table } from '../../ground/formats/table.ts';
import { allow } from '../../ground/platform/allow.ts';
import { addDays } from '../../ground/platform/calendar.ts';
import type { Context } from '../../ground/platform/context.ts';
import { currencyExponent, formatDecimal } from '../../ground/platform/money.ts';
import { csvNumber } from '../../reach/exports/csv.ts';
import { checkDays } from '../../reach/exports/days.ts';
import { groupOf } from './movement-kinds.ts';
import { listMovements, type MovementRow, sumMovementsBefore } from './movement-queries.ts';

/** What entries of one kind moved on one day, and what all balances in that currency came to with it. */
export interface BalancedMovement extends MovementRow {
  balanceMinor: bigint;
}

/**
 * What the ledgers of all accounts moved, by the business day of posting, currency and kind of movement: the last of a day has
 * the balance that its books closed with. Balances below zero, which are debts, count as such.
 * @throws {AppError} `unauthenticated`, `forbidden`, `validation_failed` when a day does not exist
 */
export async function listBalancedMovements(ctx: Context, days: Days): Promise<BalancedMovement[]> {
  allow(ctx.actor, 'customers:read');
  checkDays(days);
  const { since, until } = days;
  const last = until === null ? null : addDays(until, -1);
  const [balances, rows] = await Promise.all([
    sumMovementsBefore(ctx.db, since ?? ''),
    listMovements(ctx.db, { since, until: last }),
  ]);
  return rows.map((row) => {
    const balanceMinor = (balances.get(row.currency) ?? 0n) + row.minor;
    balances.set(row.currency, balanceMinor);
    return { ...row, balanceMinor };
  });
}

const movementColumns = ['day', 'currency', 'figure', 'kind', 'entries', 'amount', 'balance'] as const;

/** The same as a table; sums are signed decimals. @throws {AppError} as `listBalancedMovements` */
export async function exportMovements(ctx: Context, days: Days): Promise<Table> {
  const movements = await listBalancedMovements(ctx, days);
  return { columns: movementColumns, pages: inOnePage(movements) };
}

async function* inOnePage(movements: readonly BalancedMovement[]) {
  yield movements.map(({ day, currency, kind, entries, minor, balanceMinor }) => {
    const money = (amount: bigint) => csvNumber(formatDecimal(amount, currencyExponent(currency) ?? 2));
    return [day, currency, groupOf(kind), kind, entries, money(minor), money(balanceMinor)];
  });
}
