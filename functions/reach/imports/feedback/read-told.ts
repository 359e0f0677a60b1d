import { type FeedbackColumn, feedbackColumns } from '../../exports/feedback/columns.ts';
import { rejectedColumn } from '../columns.ts';
import { type FileForm, findFileForm } from '../file-form.ts';
import { readLineBlocks } from '../line-blocks.ts';
import { type RowProblem, readRows } from '../read-rows.ts';
import { because, type Reason } from '../reason.ts';
import { refusedFile } from '../refused-file.ts';
import type { SourceFile } from '../source-file.ts';

/** One row of the file by its columns; what is empty or left out is ''. `line` counts physical lines from 1. */
export interface ToldRow {
  line: number;
  cells: Record<FeedbackColumn, string>;
  /** Why the row cannot be read at all. */
  problem: Reason | null;
}

/** A text of a million characters, each of several bytes, is still read. */
export const RECORD_BYTES_MAX = 16 * 1024 * 1024;

/**
 * Streams the rows of a feedback export: CSV, NDJSON, or JSON as it is written, told by how the file begins.
 * @throws {AppError} when the file cannot be read or lacks the columns `id`, `kind`, `told_at`, `text`
 */
export async function* readTold(file: SourceFile): AsyncGenerator<ToldRow[]> {
  const form = await findToldForm(file);
  if (form === null) yield* readJsonLines(file);
  else yield* readCsv(file, form);
}

/** How a file of rows is written; null for NDJSON and JSON. @throws {AppError} when it cannot be read */
export async function findToldForm(file: SourceFile): Promise<FileForm | null> {
  const first = await beginningOf(file);
  return first === '{' || first === '[' ? null : findFileForm(file, RECORD_BYTES_MAX, 'utf-8');
}

async function beginningOf(file: SourceFile): Promise<string> {
  for await (const { text } of readLineBlocks(file, { limit: RECORD_BYTES_MAX })) {
    const begun = text.trimStart();
    if (begun !== '') return begun.slice(0, 1);
  }
  throw refusedFile('file_empty');
}

async function* readCsv(file: SourceFile, form: FileForm): AsyncGenerator<ToldRow[]> {
  let columns: (FeedbackColumn | null)[] | null = null;
  for await (const rows of readRows(file, { limit: RECORD_BYTES_MAX, form })) {
    const told: ToldRow[] = [];
    for (const { line, cells, problem } of rows) {
      if (columns === null) columns = headerOf(cells);
      else told.push({ line, cells: recordOf(columns, cells), problem: problemOf(columns, cells, problem) });
    }
    yield told;
  }
}

function headerOf(cells: readonly string[]): (FeedbackColumn | null)[] {
  const columns = cells.map((cell) => columnNamed(cell.trim().toLowerCase()));
  const unknown = cells.filter((cell, index) => columns[index] === null && cell.trim() !== rejectedColumn);
  if (unknown.length > 0) throw refusedFile('columns_unknown', { columns: unknown.join(', ') });
  const missing = needed.filter((name) => !columns.includes(name));
  if (missing.length > 0) throw refusedFile('columns_missing', { columns: missing.join(', ') });
  return columns;
}

const needed: readonly FeedbackColumn[] = ['id', 'kind', 'told_at', 'text'];
const columnNamed = (name: string) => feedbackColumns.find((known) => known === name) ?? null;

function recordOf(columns: readonly (FeedbackColumn | null)[], cells: readonly string[]): ToldRow['cells'] {
  const record = emptyRecord();
  for (const [index, column] of columns.entries()) if (column !== null) record[column] = cells[index] ?? '';
  return record;
}

function problemOf(columns: readonly unknown[], cells: readonly string[], problem: RowProblem | null) {
  if (problem !== null && problem !== 'nul') return because(problem);
  return cells.length === columns.length
    ? null
    : because('row_cells', { cells: cells.length, columns: columns.length });
}

/** NDJSON, and JSON with one object on a line, as exports write it. */
async function* readJsonLines(file: SourceFile): AsyncGenerator<ToldRow[]> {
  let line = 0;
  for await (const { text } of readLineBlocks(file, { limit: RECORD_BYTES_MAX })) {
    const told: ToldRow[] = [];
    const lines = text.split('\n');
    if (lines.at(-1) === '') lines.pop();
    for (const raw of lines) {
      line += 1;
      const json = raw.trim().replace(/,$/, '');
      if (json !== '' && json !== '[' && json !== ']') told.push(jsonRow(line, json));
    }
    yield told;
  }
}

function jsonRow(line: number, json: string): ToldRow {
  const unread = (problem: Reason) => ({ line, cells: { ...emptyRecord(), text: json }, problem });
  try {
    const value: unknown = JSON.parse(json);
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      return unread(because('not_object'));
    return { line, ...cellsOf(value) };
  } catch {
    return unread(because('not_json'));
  }
}

/** What can be read of a row, also where something in it cannot. */
function cellsOf(value: object): Pick<ToldRow, 'cells' | 'problem'> {
  const cells = emptyRecord();
  let problem: Reason | null = null;
  for (const [name, cell] of Object.entries(value)) {
    const column = columnNamed(name);
    if (column === null) problem ??= because('unknown_column', { name });
    else if (cell !== null && typeof cell !== 'string' && typeof cell !== 'number')
      problem ??= because('text_or_number', { name });
    else cells[column] = cell === null ? '' : String(cell);
  }
  return { cells, problem };
}

function emptyRecord(): Record<FeedbackColumn, string> {
  return { ...blank };
}

const blank: Record<FeedbackColumn, string> = {
  id: '',
  kind: '',
  told_at: '',
  reply_to: '',
  said_by: '',
  reference: '',
  person: '',
  email: '',
  name: '',
  account: '',
  department: '',
  source: '',
  language: '',
  order_source: '',
  order_number: '',
  line: '',
  served_by: '',
  page: '',
  wants_reply: '',
  survey: '',
  question: '',
  asks: '',
  score: '',
  text: '',
  state: '',
  state_at: '',
  cause: '',
  name_form: '',
  shown_name: '',
  consent: '',
  product: '',
  place: '',
  url: '',
  author: '',
  rating: '',
  said_on: '',
};
