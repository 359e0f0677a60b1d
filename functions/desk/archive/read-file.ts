import type { Value } from '../../../db/store.ts';
import { fromCell, unquoteEmpty } from '../../ground/tables/cells.ts';
import type { FileColumn, TableFile } from '../../ground/tables/table-file.ts';
import { unguardText } from '../../reach/exports/csv.ts';
import { refusedFile } from '../../reach/imports/refused-file.ts';
import { scanRecord } from '../../reach/imports/scan-record.ts';
import { brokenRule } from './broken-rule.ts';
import type { ArchivedFile } from './tar.ts';

/** A row as the database holds it, and the physical line of its file that it starts on. */
export interface ReadRow {
  line: number;
  values: Record<string, Value>;
}

/**
 * The rows of a table's file, by its ending, one after the other: of the file its text alone is in memory.
 * @throws {AppError} `validation_failed` with file, line, column and rule
 */
export function* readFile(file: ArchivedFile, table: TableFile): Generator<ReadRow> {
  const text = textOf(file);
  const records = file.name.endsWith('.csv') ? csvRecords(file.name, text) : jsonRecords(file.name, text);
  for (const { line, cells } of records)
    yield { line, values: valuesOf(table, { file: file.name, line, cells }) };
}

function textOf({ name, bytes }: ArchivedFile): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw refusedFile('archive_no_text', { name }, { cause: error });
  }
}

interface RowRecord {
  line: number;
  cells: ReadonlyMap<string, unknown>;
}

function* jsonRecords(file: string, text: string): Generator<RowRecord> {
  let line = 0;
  for (let at = 0; at < text.length; ) {
    const end = text.indexOf('\n', at);
    const written = text.slice(at, end < 0 ? text.length : end);
    at += written.length + 1;
    line += 1;
    if (written.trim() === '') continue;
    const parsed = parsedOrNull(written);
    if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed))
      throw brokenRule({ file, line, column: null, rule: 'not_object' });
    yield { line, cells: new Map(Object.entries(parsed)) };
  }
}

function parsedOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function* csvRecords(file: string, text: string): Generator<RowRecord> {
  let head: string[] | null = null;
  let line = 1;
  for (let at = 0; at < text.length; ) {
    const { cells, next, outcome } = scanRecord(text, at, ',');
    if (outcome !== 'ok') throw brokenRule({ file, line, column: null, rule: 'broken_quotes' });
    const read = cells.map((cell) => unquoteEmpty(unguardText(cell)));
    if (head === null) head = read.map((cell) => cell ?? '');
    else yield { line, cells: rowOf({ file, line, head, read }) };
    line += text.slice(at, next).split('\n').length - 1;
    at = next;
  }
}

function rowOf({
  file,
  line,
  head,
  read,
}: {
  file: string;
  line: number;
  head: string[];
  read: (string | null)[];
}) {
  if (read.length !== head.length)
    throw brokenRule({
      file,
      line,
      column: null,
      rule: 'row_cells',
      of: { cells: read.length, columns: head.length },
    });
  return new Map(head.map((name, index) => [name, read[index] ?? null]));
}

function valuesOf(
  table: TableFile,
  { file, line, cells }: { file: string } & RowRecord,
): Record<string, Value> {
  const values: Record<string, Value> = {};
  for (const column of table.columns) {
    const read = fromCell(column, cells.get(column.name));
    if (!read.ok) throw brokenRule({ file, line, column: column.name, rule: read.rule, of: read.of });
    values[column.name] = read.value;
  }
  const unknown = [...cells.keys()].find((name) => !isColumn(table.columns, name));
  if (unknown !== undefined)
    throw brokenRule({ file, line, column: unknown, rule: 'no_column', of: { table: table.name } });
  return values;
}

const isColumn = (columns: readonly FileColumn[], name: string) =>
  columns.some((column) => column.name === name);
