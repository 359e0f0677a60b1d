import type { CsvCell } from '../../ground/formats/table.ts';
import { currencyExponent, formatDecimal } from '../../ground/platform/money.ts';
import { csvLine, csvNumber } from '../exports/csv.ts';
import type { PaperSheet, SheetCell, SheetSum } from './sheet.ts';

/** So that spreadsheets read letters beyond ASCII as what they are. */
const BYTE_ORDER_MARK = '\uFEFF';

/**
 * A sheet as a file of rows, its columns called as on the sheet: each row of it, then what groups and all come to, with the name of
 * the sum where the widest column is and the amount in the last one. Amounts are decimals with a point, their currency beside.
 */
export function sheetCsv({ columns, groups, sums, inFile, currencyWords }: PaperSheet): string {
  const before = inFile.map(({ value }) => value);
  const widest = columns.findIndex(({ isWide }) => isWide);
  const line = (cells: readonly SheetCell[]) =>
    csvLine([...before, ...cells.map(toCsv), cells.map(currencyOf).find((code) => code !== null) ?? null]);
  const sumLine = ({ label, amount }: SheetSum) =>
    line(columns.map((_, at) => (at === columns.length - 1 ? amount : at === widest ? label : null)));
  return [
    BYTE_ORDER_MARK,
    csvLine([...inFile.map(({ label }) => label), ...columns.map(({ label }) => label), currencyWords]),
    ...groups.flatMap((group) => [...group.rows.map(line), ...group.sums.map(sumLine)]),
    ...sums.map(sumLine),
  ].join('');
}

function toCsv(cell: SheetCell): CsvCell {
  if (cell === null || typeof cell === 'string') return cell;
  if ('digits' in cell) return csvNumber(cell.digits);
  return csvNumber(formatDecimal(cell.minor, currencyExponent(cell.currency) ?? 0));
}

const currencyOf = (cell: SheetCell) =>
  cell !== null && typeof cell === 'object' && 'currency' in cell ? cell.currency : null;
