import type { SheetRow } from '../../ground/formats/table.ts';
import { guardText } from './csv.ts';

/** What one cell of a spreadsheet holds at most, in UTF-16 units. */
export const CELL_LENGTH_MAX = 32_767;

/**
 * A row as XML; `number` counts from 1. Texts are inline strings, never formulas, and those that look like one are marked as
 * quoted, which a spreadsheet keeps when they are edited.
 */
export function rowXml(cells: SheetRow, number: number): string {
  let xml = `<row r="${number}">`;
  for (let index = 0; index < cells.length; index += 1)
    xml += cellXml(cells[index] ?? null, `${columnOf(index)}${number}`);
  return `${xml}</row>`;
}

/**
 * The row and, where a text is longer than a cell can hold, further rows with what is left of it. Each begins with the first
 * cell again and ends with its part's number.
 */
export function splitRow(row: SheetRow): SheetRow[] {
  const parts: SheetRow[] = [];
  let rest: SheetRow | null = row;
  while (rest !== null) {
    const heads: SheetRow = rest.map((cell) => (typeof cell === 'string' ? headOf(cell) : cell));
    const tails: SheetRow = rest.map((cell, index) => tailOf(cell, heads[index]));
    parts.push([...heads, parts.length + 1]);
    rest = tails.some((cell) => cell !== null) ? [row[0] ?? null, ...tails.slice(1)] : null;
  }
  return parts;
}

/** As much as a cell holds, never half of a surrogate pair. */
function headOf(text: string): string {
  if (text.length <= CELL_LENGTH_MAX) return text;
  const isHigh = (unit: number) => unit >= 0xd800 && unit < 0xdc00;
  const end = isHigh(text.charCodeAt(CELL_LENGTH_MAX - 1)) ? CELL_LENGTH_MAX - 1 : CELL_LENGTH_MAX;
  return text.slice(0, end);
}

function tailOf(cell: SheetRow[number], head: SheetRow[number] | undefined): string | null {
  if (typeof cell !== 'string' || typeof head !== 'string' || head.length === cell.length) return null;
  return cell.slice(head.length);
}

function cellXml(cell: SheetRow[number], place: string): string {
  if (cell === null) return '';
  if (typeof cell === 'object') return `<c r="${place}"><v>${cell.digits}</v></c>`;
  if (typeof cell !== 'string') return `<c r="${place}"><v>${cell}</v></c>`;
  const style = guardText(cell) === cell ? '' : ' s="1"';
  return `<c r="${place}"${style} t="inlineStr"><is><t xml:space="preserve">${textXml(cell)}</t></is></c>`;
}

/** A to Z, then AA and on. */
function columnOf(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : columnOf(Math.floor(index / 26) - 1) + letter;
}

const special = /[<>&]|_(?=x[0-9A-Fa-f]{4}_)|[\p{Cc}\p{Cs}\ufffe\uffff]/u;
const everySpecial = new RegExp(special, 'gu');
const asItIs: Record<string, string> = { '<': '&lt;', '>': '&gt;', '&': '&amp;', '\t': '\t', '\n': '\n' };

/** What XML cannot hold is written as `_xHHHH_` (ECMA-376 Part 1, 22.9.2.19, ST_Xstring), and so is what looks like that. */
function textXml(text: string): string {
  if (!special.test(text)) return text;
  return text.replace(
    everySpecial,
    (unit) => asItIs[unit] ?? `_x${unit.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`,
  );
}
