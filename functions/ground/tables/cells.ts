import type { Value } from '../../../db/store.ts';
import type { CsvCell } from '../formats/table.ts';
import { assert } from '../platform/errors.ts';
import type { About } from '../platform/fill-words.ts';
import type { FileColumn } from './table-file.ts';

/**
 * A value as it stands in a file: moments as `2026-03-01T10:00:00.000Z`, flags as `yes` and `no`, money in minor units,
 * counts as numbers, texts as they are.
 */
export function toCell({ kind }: FileColumn, value: Value): CsvCell {
  if (value === null || typeof value === 'string') return value;
  if (kind === 'flag') return BigInt(value) === 1n ? 'yes' : 'no';
  return kind === 'instant' ? new Date(Number(value)).toISOString() : BigInt(value);
}

/** What may be wrong with a cell, in the words of the command line; a name in braces is what it is about. */
export const cellRules = {
  missing: 'is missing',
  not_text: 'is not a text',
  no_character: 'holds a character that is none',
  not_choice: 'is not one of {choices}',
  not_flag: 'is neither yes nor no',
  not_time: 'is not a time like 2026-03-01T10:00:00.000Z',
  not_whole: 'is not a whole number',
  too_large: 'is too large',
} as const;

export type ReadCell = { ok: true; value: Value } | { ok: false; rule: keyof typeof cellRules; of: About };

/** What a cell of a file means to the database, or the rule that it breaks. JSON gives numbers and texts, CSV texts alone. */
export function fromCell(column: FileColumn, cell: unknown): ReadCell {
  if (cell === null || cell === undefined)
    return column.isNullable ? { ok: true, value: null } : broken('missing');
  if (column.kind === 'text') return textOf(column, cell);
  if (column.kind === 'flag') return flagOf(cell);
  return column.kind === 'instant' ? instantOf(cell) : integerOf(cell);
}

const broken = (rule: keyof typeof cellRules, of: About = {}): ReadCell => ({ ok: false, rule, of });

function textOf({ choices }: FileColumn, cell: unknown): ReadCell {
  if (typeof cell !== 'string') return broken('not_text');
  if (cell.includes('\0')) return broken('no_character');
  if (choices !== null && !choices.includes(cell))
    return broken('not_choice', { choices: choices.join(', ') });
  return { ok: true, value: cell };
}

function flagOf(cell: unknown): ReadCell {
  if (cell === 'yes') return { ok: true, value: 1n };
  return cell === 'no' ? { ok: true, value: 0n } : broken('not_flag');
}

function instantOf(cell: unknown): ReadCell {
  const at = typeof cell === 'string' ? Date.parse(cell) : Number.NaN;
  const isExact = !Number.isNaN(at) && new Date(at).toISOString() === cell;
  return isExact ? { ok: true, value: BigInt(at) } : broken('not_time');
}

const INTEGER_MAX = 2n ** 63n - 1n;

function integerOf(cell: unknown): ReadCell {
  const isNumber = typeof cell === 'number' && Number.isSafeInteger(cell);
  const isDigits = typeof cell === 'string' && /^-?(?:0|[1-9]\d{0,18})$/.test(cell);
  if (!isNumber && !isDigits) return broken('not_whole');
  const value = BigInt(cell);
  return value <= INTEGER_MAX && value >= -INTEGER_MAX ? { ok: true, value } : broken('too_large');
}

/**
 * Text of a CSV cell that tells nothing from an empty text: nothing is an empty cell, an empty text a lone apostrophe. The
 * guard against formulas then does the same to texts of apostrophes alone.
 */
export function quoteEmpty(cell: CsvCell): CsvCell {
  return typeof cell === 'string' && /^'*$/.test(cell) ? `'${cell}` : cell;
}

/** Takes back what {@link quoteEmpty} did; null for an empty cell. */
export function unquoteEmpty(text: string): string | null {
  if (text === '') return null;
  return /^'+$/.test(text) ? text.slice(1) : text;
}

/** A value as a part of JSON, every integer exact. */
export function valueJson(value: Value): string {
  assert(typeof value !== 'number' || Number.isSafeInteger(value), 'only whole numbers are kept');
  return typeof value === 'string' || value === null ? JSON.stringify(value) : String(value);
}
