import { unguardText } from '../exports/csv.ts';
import { type CsvForm, type FileForm, findFileForm } from './file-form.ts';
import { type LineBlock, readLineBlocks, recordLimit, tooLong } from './line-blocks.ts';
import { readWorkbook } from './read-workbook.ts';
import { refusedFile } from './refused-file.ts';
import { endOfLine, type Scan, scanRecord } from './scan-record.ts';
import type { SourceFile } from './source-file.ts';

/** Why a row cannot be read; its cells are then what could be read. */
export type RowProblem = 'unclosed_quote' | 'text_after_quote' | 'damaged' | 'nul';

/** A record: `line` is the physical line it starts on (the header is 1), `through` the last one it takes. */
export interface FileRow {
  line: number;
  through: number;
  cells: string[];
  problem: RowProblem | null;
  /** The record as it stands in the file, with its line end; only where it was asked for. */
  raw?: string;
}

export interface ReadOptions {
  /** The longest record, in bytes. */
  limit?: number;
  /** How the file is written, where that is known already. */
  form?: FileForm;
  /** Tells `raw` of every row; of a UTF-8 file as bytes, each a character (`latin1`). */
  isRaw?: boolean;
}

/**
 * Streams the records of a file, the header first, blank ones left out, in flat memory and many at a time. A row with
 * broken quotes is reported as such, and reading goes on with the next line that has as many cells as the header, so
 * that one stray quote costs one row. A workbook gives the rows of its first sheet that has any.
 * @throws AppError when the file cannot be read, has a record above `limit` bytes, or hundreds of quotes that never close
 */
export async function* readRows(
  file: SourceFile,
  { limit = recordLimit, form, isRaw = false }: ReadOptions = {},
): AsyncGenerator<FileRow[]> {
  const found = form ?? (await findFileForm(file, limit));
  if (found.kind === 'xlsx') return yield* readWorkbook(file);
  const asBytes = isRaw && found.encoding === 'utf-8';
  const reader = openReader({ limit: asBytes ? limit * 4 : limit, isRaw, asBytes }, found);
  for await (const block of readLineBlocks(file, { limit, encoding: found.encoding, asBytes })) {
    takeBlock(reader, block);
    const rows: FileRow[] = [];
    for (let row = nextRow(reader); row !== null; row = nextRow(reader)) rows.push(row);
    yield rows;
  }
  if (reader.width === 0) throw refusedFile('file_empty');
}

const unclosedQuotesMax = 100;

/** What is read but not yet given out: `text` from `at` on, starting on physical line `line`. */
interface Reader {
  limit: number;
  isRaw: boolean;
  /** The text is bytes, each a character; cells are decoded. */
  asBytes: boolean;
  text: string;
  at: number;
  line: number;
  isLast: boolean;
  hasNul: boolean;
  hasApostrophe: boolean;
  delimiter: string;
  /** Whether the next line is `sep=;` and no row. */
  hasSeparatorLine: boolean;
  /** Cells of the header; 0 before it was read. */
  width: number;
  unclosedQuotes: number;
  damaged: Set<number>;
}

function openReader(terms: Pick<Reader, 'limit' | 'isRaw' | 'asBytes'>, form: CsvForm): Reader {
  return {
    ...terms,
    text: '',
    at: 0,
    line: 1,
    isLast: false,
    hasNul: false,
    hasApostrophe: false,
    delimiter: form.delimiter,
    hasSeparatorLine: form.hasSeparatorLine,
    width: 0,
    unclosedQuotes: 0,
    damaged: new Set(),
  };
}

function takeBlock(reader: Reader, block: LineBlock): void {
  const rest = reader.text.slice(reader.at);
  if (rest === '') reader.damaged.clear();
  const firstLine = reader.line + countLines(rest, 0, rest.length);
  for (const index of block.damagedLines) reader.damaged.add(firstLine + index);
  reader.text = rest + block.text;
  reader.at = 0;
  reader.isLast = block.isLast;
  reader.hasNul = reader.text.includes('\0');
  reader.hasApostrophe = reader.text.includes("'");
}

/** The next row, or null when more text is needed. */
function nextRow(reader: Reader): FileRow | null {
  while (reader.at < reader.text.length) {
    if (reader.hasSeparatorLine) {
      moveTo(reader, endOfLine(reader.text, reader.at));
      reader.hasSeparatorLine = false;
      continue;
    }
    const scan = scanRecord(reader.text, reader.at, reader.delimiter);
    const isTooLong = scan.next - reader.at > reader.limit;
    if (scan.outcome === 'open' && !reader.isLast && !isTooLong) return null;
    if (scan.outcome !== 'ok') return brokenRow(reader, scan);
    if (isTooLong) throw tooLong({ line: reader.line, limit: reader.limit });
    const row = wholeRow(reader, scan);
    if (!isBlank(row.cells)) return row;
  }
  return null;
}

function wholeRow(reader: Reader, scan: Scan): FileRow {
  const { line, at } = reader;
  const through = moveTo(reader, scan.next);
  const decoded = reader.asBytes ? scan.cells.map(fromBytes) : scan.cells;
  const cells = reader.hasApostrophe ? decoded.map(unguardText) : decoded;
  if (reader.width === 0 && !isBlank(cells)) reader.width = cells.length;
  const row = { line, through, cells, problem: damageOf(reader, { line, through, cells }) };
  return reader.isRaw ? { ...row, raw: reader.text.slice(at, scan.next) } : row;
}

function fromBytes(cell: string): string {
  return Buffer.from(cell, 'latin1').toString('utf8');
}

function damageOf(
  reader: Reader,
  row: { line: number; through: number; cells: string[] },
): RowProblem | null {
  for (let line = row.line; reader.damaged.size > 0 && line <= row.through; line++) {
    if (reader.damaged.has(line)) return 'damaged';
  }
  return reader.hasNul && row.cells.some((cell) => cell.includes('\0')) ? 'nul' : null;
}

function brokenRow(reader: Reader, scan: Scan): FileRow {
  const { line, at } = reader;
  if (reader.width === 0) throw refusedFile('header_quotes', { line });
  const through = moveTo(reader, resumeAt(reader, scan.next));
  const cells = reader.asBytes ? scan.cells.map(fromBytes) : scan.cells;
  const raw = reader.isRaw ? { raw: reader.text.slice(at, reader.at) } : {};
  if (scan.outcome === 'text_after_quote') {
    return { line, through, cells, problem: 'text_after_quote', ...raw };
  }
  reader.unclosedQuotes += 1;
  if (reader.unclosedQuotes > unclosedQuotesMax) {
    throw refusedFile('quotes_open', { max: unclosedQuotesMax, line });
  }
  return { line, through, cells, problem: 'unclosed_quote', ...raw };
}

/** The first line after the broken one and before `end` that looks like a row. */
function resumeAt(reader: Reader, end: number): number {
  let at = endOfLine(reader.text, reader.at);
  while (at < end) {
    const next = endOfLine(reader.text, at);
    const scan = scanRecord(reader.text.slice(at, next), 0, reader.delimiter);
    if (scan.outcome === 'ok' && scan.cells.length === reader.width) return at;
    at = next;
  }
  return end;
}

/** Moves to `next` and answers the last line passed. */
function moveTo(reader: Reader, next: number): number {
  const endsInside = reader.text[next - 1] === '\n' ? 0 : 1;
  reader.line += countLines(reader.text, reader.at, next) + endsInside;
  reader.at = next;
  return reader.line - 1;
}

function countLines(text: string, start: number, end: number): number {
  let lines = 0;
  for (let at = text.indexOf('\n', start); at !== -1 && at < end; at = text.indexOf('\n', at + 1)) lines += 1;
  return lines;
}

function isBlank(cells: string[]): boolean {
  return cells[0]?.trim() === '' && cells.every((cell) => cell.trim() === '');
}
