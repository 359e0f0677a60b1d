import type { SheetRow } from '../../../ground/formats/table.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { getNumbers, type NumbersView } from '../../../insight/numbers/get-numbers.ts';
import { downloadTable, moneyFor, type PageTable } from './download-table.ts';

const tables = ['rfm', 'cohorts', 'spend', 'intervals', 'months', 'weekdays', 'typical'] as const;
export type NumbersTable = (typeof tables)[number];

export const isNumbersTable = (name: string | undefined): name is NumbersTable =>
  tables.some((table) => table === name);

/** One of the figures over all accounts; null before they were first counted. @throws {AppError} as `getNumbers` */
export async function downloadNumbers(
  ctx: Context,
  name: NumbersTable,
): Promise<ReadableStream<Uint8Array> | null> {
  const numbers = await getNumbers(ctx);
  return numbers === null ? null : downloadTable(ctx, { name, ...tableOf(numbers, name) });
}

function tableOf(numbers: NumbersView, name: NumbersTable): Omit<PageTable, 'name'> {
  const { currency } = numbers;
  const money = moneyFor(currency);
  switch (name) {
    case 'rfm':
      return {
        columns: ['recency', 'frequency', 'accounts', 'currency', 'spend'],
        rows: numbers.rfm.cells.map((cell) => [
          ...[cell.recency, cell.frequency, cell.accounts],
          ...[currency, money(cell.spendMinor)],
        ]),
      };
    case 'cohorts':
      return {
        columns: ['first_month', 'months_later', 'accounts', 'bought'],
        rows: numbers.cohorts.flatMap(({ month, accounts, bought }) =>
          bought.map((again, later): SheetRow => [month, later, accounts, again]),
        ),
      };
    case 'spend':
      return {
        columns: ['from', 'below', 'currency', 'accounts'],
        rows: numbers.spend.map(({ from, to, accounts }) => [
          ...[money(from), to === null ? null : money(to)],
          ...[currency, accounts],
        ]),
      };
    case 'intervals':
      return {
        columns: ['from_days', 'below_days', 'accounts'],
        rows: numbers.intervals.map(({ from, to, accounts }) => [
          ...[Number(from) / 2, to === null ? null : Number(to) / 2],
          accounts,
        ]),
      };
    case 'months':
      return {
        columns: ['month', 'orders', 'accounts', 'currency', 'spend'],
        rows: numbers.months.map(({ month, orders, accounts, spendMinor }) => [
          ...[month, orders, accounts],
          ...[currency, money(spendMinor)],
        ]),
      };
    case 'weekdays':
      return {
        columns: ['weekday', 'orders', 'currency', 'spend'],
        rows: numbers.weekdays.map(({ weekday, orders, spendMinor }) => [
          ...[weekday, orders],
          ...[currency, money(spendMinor)],
        ]),
      };
    case 'typical':
      return typicalTable(numbers);
  }
}

function typicalTable({ typical: kinds, currency }: NumbersView): Omit<PageTable, 'name'> {
  const money = moneyFor(currency);
  return {
    columns: [
      'kind',
      'accounts',
      'currency',
      'basket',
      'purchase_days',
      'year_spend',
      'returning',
      'interval_days',
    ],
    rows: Object.entries(kinds).map(([kind, typical]) => [
      ...[kind, typical.accounts, currency],
      typical.basketMinor && money(typical.basketMinor.median),
      typical.yearDays && Number(typical.yearDays.median),
      typical.yearSpendMinor && money(typical.yearSpendMinor.median),
      typical.returning,
      typical.intervalHalfDays && Number(typical.intervalHalfDays.median) / 2,
    ]),
  };
}
