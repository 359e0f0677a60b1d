import type { CsvCell, CsvNumber } from '../../ground/formats/table.ts';
/** One record of RFC 4180 with its line feed. */
export function csvLine(cells: readonly CsvCell[]): string {
  let line = '';
  for (let index = 0; index < cells.length; index++) {
    line += `${index === 0 ? '' : ','}${csvCell(cells[index] ?? null)}`;
  }
  return `${line}\n`;
}

/** Marks text as a number for `csvLine`. */
export function csvNumber(digits: string): CsvNumber {
  return { digits };
}

/**
 * Puts an apostrophe before text that a spreadsheet would run as a formula (`= + - @`, also in full width, tab or CR first), and before
 * text that already looks guarded, so that `unguardText` gives back exactly what went in. See DOMAIN.md §4.
 */
export function guardText(text: string): string {
  return formulaLike.test(text) ? `'${text}` : text;
}

/** Takes off the one apostrophe that `guardText` put on. */
export function unguardText(text: string): string {
  return text.charCodeAt(0) === apostrophe && formulaLike.test(text) ? text.slice(1) : text;
}

/** Some spreadsheets read the letters of full width (U+FF1D, U+FF0B, U+FF0D, U+FF20) as those of one byte. */
const formulaLike = /^'*[=+\-@\uff1d\uff0b\uff0d\uff20\t\r]/;
const needsQuotes = /[",;\r\n]|^\s|\s$/;
const apostrophe = 39;

function csvCell(cell: CsvCell): string {
  if (cell === null) return '';
  if (typeof cell === 'object') return cell.digits;
  if (typeof cell !== 'string') return cell.toString();
  const text = guardText(cell);
  return needsQuotes.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
