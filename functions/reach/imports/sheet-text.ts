import type { WorkbookRows } from './source-file.ts';

/** How a workbook is asked for its cells. */
export const sheetOptions = { trim: false, parseNumber: plainNumber };

/** The rows of the first sheet that has any, as text. */
export function rowsOfSheets(sheets: readonly { data: readonly (readonly unknown[])[] }[]): WorkbookRows {
  const sheet = sheets.find(({ data }) => data.length > 0)?.data ?? [];
  const rows = sheet.map((cells, index) => ({ line: index + 1, cells: cells.map(textOf) }));
  return { rows: rows.filter(({ cells }) => cells.some((cell) => cell.trim() !== '')) };
}

export function whyUnread(error: unknown): WorkbookRows {
  return { reason: error instanceof Error ? error.message.slice(0, 200) : 'it is damaged' };
}

function textOf(cell: unknown): string {
  if (cell instanceof Date) return momentText(cell);
  if (typeof cell === 'string') return cell;
  return cell === null || cell === undefined ? '' : String(cell);
}

/** Excel counts days from 1899-12-30, so a time of day alone lies on that day. */
function momentText(cell: Date): string {
  const seconds = Math.round(cell.getTime() / 1000);
  const iso = new Date(seconds * 1000).toISOString().slice(0, 19);
  if (iso < '1900') return iso.slice(11);
  return iso.endsWith('T00:00:00') ? iso.slice(0, 10) : iso;
}

/** `19.989999999999998`, as a sheet keeps 19.99, and `1E-3` as people write them: 15 digits and no exponent. */
function plainNumber(text: string): string {
  if (/^-?\d{1,15}$/.test(text) || (text.length < 16 && /^-?\d+\.\d+$/.test(text))) return text;
  const number = Number(text);
  if (!Number.isFinite(number) || Math.abs(number) >= 1e21) return text;
  const rounded = Number(number.toPrecision(15));
  return /e/i.test(String(rounded)) ? withoutZeros(rounded.toFixed(20)) : String(rounded);
}

function withoutZeros(decimal: string): string {
  let end = decimal.length;
  while (decimal[end - 1] === '0') end -= 1;
  return decimal.slice(0, decimal[end - 1] === '.' ? end - 1 : end);
}
