import { z } from 'zod';
import { isTimeZone } from '../../ground/platform/business-time.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { currencyExponent } from '../../ground/platform/money.ts';
import { columns, requiredColumns } from './columns.ts';
import { isDateFormat } from './date-format.ts';
import { roundings } from './decimals.ts';
import { encodings } from './encodings.ts';

/** Columns of ours that a file may hold beside those of our own format, see `TillRow`. */
export const mappedColumns = [
  ...columns,
  'unit_price',
  'order_total',
  'order_subtotal',
  'order_discount',
  'order_refunded',
  'line_tax',
  'refunded_order',
] as const;
export type MappedColumn = (typeof mappedColumns)[number];

/** Columns of the whole order of which its rows may tell several values. */
const severalColumns = [
  'placed_at',
  'shipping',
  'tax',
  'status',
  'delivered_at',
  'promised_by',
  'carrier',
  'tracking_number',
] as const;

const header = z.string().min(1);

/**
 * What `--map FILE` says: which header of the file holds which of our columns, what to use where a cell is empty, and how
 * the file writes what it writes.
 */
const columnMap = z.strictObject({
  /** A header, or several whose cells are joined by a space, like a day and a time. */
  columns: z.partialRecord(z.enum(mappedColumns), z.union([header, z.array(header).min(1).max(5)])),
  source: z.string().trim().min(1).max(200).optional(),
  defaults: z.partialRecord(z.enum(columns), z.string()).default({}),
  statuses: z.record(z.string(), z.string()).default({}),
  decimalComma: z.boolean().default(false),
  /** In which days and times without an offset are meant; business time when left out. */
  timeZone: z.string().refine(isTimeZone, 'must be a time zone such as Europe/Kyiv').optional(),
  dateFormat: z
    .string()
    .refine(isDateFormat, 'must be made of YYYY or YY, MM, DD and, for times, HH, mm, ss, like "DD.MM.YYYY"')
    .optional(),
  orderOnFirstRow: z.boolean().default(false),
  encoding: z.enum(encodings).optional(),
  /** For amounts with more decimals than the currency has; refused without it. */
  round: z.enum(roundings).optional(),
  /** Which value to take where the rows of an order tell several: of times the earliest or latest, else the upper or lower row's. */
  several: z.partialRecord(z.enum(severalColumns), z.enum(['first', 'last'])).default({}),
  /** Whether `tax` and `line_tax` are inside the prices; told from `order_total` where that is there. */
  taxInside: z.boolean().default(false),
  /** Reads rows with minus amounts or quantities, and rows whose number begins with `prefix`, as taking goods back. */
  refunds: z
    .strictObject({ minus: z.boolean().default(true), prefix: z.string().trim().min(1).max(20).optional() })
    .optional(),
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
  if (currency !== undefined && currencyExponent(currency.toUpperCase()) === null) {
    mistakes.push({ path: 'defaults.currency', code: 'unknown', message: `"${currency}" is not a currency` });
  }
  return mistakes;
}
