import type { Value } from '../../../db/store.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { fromCell, unquoteEmpty } from '../../ground/tables/cells.ts';
import type { FileColumn, TableFile } from '../../ground/tables/table-file.ts';
import { unguardText } from '../../reach/exports/csv.ts';
import { scanRecord } from '../../reach/imports/scan-record.ts';
import { brokenRule } from './broken-rule.ts';
import type { ArchivedFile } from './tar.ts';

/** A row as the database holds it, and the physical line of its file that it starts on. */
export interface ReadRow {
  line: number;
  values: Record<string, Value>;
}

/** The rows of a table's file, by its ending. @throws {AppError} `validation_failed` with file, line, column and rule */
export function readFile(file: ArchivedFile, table: TableFile): ReadRow[] {
  const text = textOf(file);
  const records = file.name.endsWith('.csv') ? csvRecords(file.name, text) : jsonRecords(file.name, text);
  return records.map(({ line, cells }) => ({
    line,
    values: valuesOf(table, { file: file.name, line, cells }),
  }));
}

function textOf({ name, bytes }: ArchivedFile): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new AppError('validation_failed', `${name} is not UTF-8.`, { cause: error });
  }
}

interface RowRecord {
  line: number;
  cells: ReadonlyMap<string, unknown>;
}

function jsonRecords(file: string, text: string): RowRecord[] {
  return text.split('\n').flatMap((written, index) => {
    if (written.trim() === '') return [];
    const line = index + 1;
    const parsed = parsedOrNull(written);
    if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed))
      throw brokenRule({ file, line, column: null, rule: 'is not a JSON object' });
    return [{ line, cells: new Map(Object.entries(parsed)) }];
  });
}

function parsedOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function csvRecords(file: string, text: string): RowRecord[] {
  const records: RowRecord[] = [];
  let head: string[] | null = null;
  let line = 1;
  for (let at = 0; at < text.length; ) {
    const { cells, next, outcome } = scanRecord(text, at, ',');
    if (outcome !== 'ok') throw brokenRule({ file, line, column: null, rule: 'has broken quotes' });
    const read = cells.map((cell) => unquoteEmpty(unguardText(cell)));
    if (head === null) head = read.map((cell) => cell ?? '');
    else records.push({ line, cells: rowOf({ file, line, head, read }) });
    line += text.slice(at, next).split('\n').length - 1;
    at = next;
  }
  return records;
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
      rule: `has ${read.length} cells, and the head has ${head.length}`,
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
    if (!read.ok) throw brokenRule({ file, line, column: column.name, rule: read.rule });
    values[column.name] = read.value;
  }
  const unknown = [...cells.keys()].find((name) => !isColumn(table.columns, name));
  if (unknown !== undefined)
    throw brokenRule({ file, line, column: unknown, rule: `is no column of ${table.name}` });
  return values;
}

const isColumn = (columns: readonly FileColumn[], name: string) =>
  columns.some((column) => column.name === name);
