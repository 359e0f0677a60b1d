import { z } from 'zod';
import { AppError } from '../platform/errors.ts';
import { currencyExponent } from '../platform/money.ts';
import { columns, requiredColumns } from './columns.ts';
import { isDateFormat, readDate } from './date-format.ts';
import { plainAmount } from './printed-amount.ts';
import { type Header, openTable, type Till } from './till.ts';

/**
 * What `--map FILE` says: which header of the file holds which of our columns (`unit_price` stands for a total of the
 * row that the file lacks), what to use where a cell is empty, and how the file writes dates and decimals.
 */
const columnMap = z.strictObject({
  columns: z.partialRecord(z.enum([...columns, 'unit_price']), z.string().min(1)),
  source: z.string().trim().min(1).max(200).optional(),
  defaults: z.partialRecord(z.enum(columns), z.string()).default({}),
  statuses: z.record(z.string(), z.string()).default({}),
  decimalComma: z.boolean().default(false),
  dateFormat: z
    .string()
    .refine(isDateFormat, 'must be made of YYYY or YY, MM, DD and, for times, HH, mm, ss, like "DD.MM.YYYY"')
    .optional(),
  orderOnFirstRow: z.boolean().default(false),
});
export type ColumnMap = z.infer<typeof columnMap>;

/**
 * Checks a map as read from JSON.
 * @throws AppError that names each mistake and its place
 */
export function parseColumnMap(json: unknown): ColumnMap {
  const parsed = columnMap.safeParse(json);
  const errors = parsed.success
    ? mistakesIn(parsed.data)
    : parsed.error.issues.map(({ path, message, code }) => ({ path: path.join('.'), code, message }));
  if (parsed.success && errors.length === 0) return parsed.data;
  const list = errors
    .map(({ path, message }) => `  ${path === '' ? 'the map' : path}: ${message}`)
    .join('\n');
  throw new AppError('validation_failed', `The column map cannot be used:\n${list}`, { errors });
}

function mistakesIn(map: ColumnMap): { path: string; code: string; message: string }[] {
  const missing = requiredColumns.filter((column) => {
    const isTotal = column === 'line_total' && map.columns.unit_price !== undefined;
    return map.columns[column] === undefined && map.defaults[column] === undefined && !isTotal;
  });
  const mistakes = missing.map((column) => ({
    path: `columns.${column}`,
    code: 'missing',
    message: 'name the header of the file that holds it',
  }));
  const currency = map.defaults.currency;
  if (currency !== undefined && currencyExponent(currency) === null) {
    mistakes.push({ path: 'defaults.currency', code: 'unknown', message: `"${currency}" is not a currency` });
  }
  return mistakes;
}

/** @throws AppError when the map names headers that the file does not have */
export function openMapped(header: Header, map: ColumnMap): Till {
  const wanted = Object.values(map.columns);
  const absent = wanted.filter((name) => header.find([name]) === null);
  if (absent.length > 0) {
    throw new AppError(
      'validation_failed',
      `The map names headers that the file does not have: ${absent.join(', ')}.\nThe file has: ${header.names.join(', ')}.`,
    );
  }
  const named = Object.entries(map.columns).map(([column, name]) => [column, [name]]);
  return openTable(header, {
    format: { name: map.source ?? 'csv', title: 'file read by a map' },
    columns: Object.fromEntries(named),
    extras: {},
    isOrderOnFirstRow: map.orderOnFirstRow,
    finish(row) {
      row.source ||= map.source ?? '';
      row.is_continued = map.orderOnFirstRow && row.placed_at === '';
      for (const column of columns) {
        if (row[column] === '') row[column] = map.defaults[column] ?? '';
      }
      row.status = map.statuses[row.status] ?? row.status;
      for (const column of amounts) row[column] = plainAmount(row[column], map.decimalComma);
      for (const column of times) row[column] = readTime(row[column], map.dateFormat);
    },
  });
}

const amounts = [
  'line_total',
  'unit_price',
  'line_discount',
  'refunded_total',
  'shipping',
  'tax',
  'tax_included',
  'quantity',
] as const;
const times = ['placed_at', 'delivered_at', 'promised_by'] as const;

function readTime(text: string, format: string | undefined): string {
  return format === undefined || text === '' ? text : (readDate(text, format) ?? text);
}
