import { wrongField } from '../../ground/platform/parse-input.ts';
import { type RowProblem, readRows } from './read-rows.ts';
import type { SourceFile } from './source-file.ts';

const RECORD_BYTES_MAX = 64 * 1024;

/** A row of a table of ours that comes back, or what is wrong with it: `cells` where it has not as many as the head. */
export type FileRecord<Column extends string> =
  | { line: number; row: ReadonlyMap<Column, string> }
  | { line: number; row: null; problem: RowProblem | 'cells' };

/**
 * The rows of a small table by the names of its columns, in whatever order these stand.
 * @throws {AppError} `validation_failed` at `file` where a column is not known or one that is needed is missing
 */
export async function* readRecords<Column extends string>(
  file: SourceFile,
  known: { columns: readonly Column[]; needed: readonly Column[] },
): AsyncGenerator<FileRecord<Column>> {
  let head: readonly Column[] | null = null;
  for await (const rows of readRows(file, { limit: RECORD_BYTES_MAX }))
    for (const { line, cells, problem } of rows) {
      if (head === null) head = headOf(cells, known);
      else if (problem !== null || cells.length !== head.length)
        yield { line, row: null, problem: problem ?? 'cells' };
      else yield { line, row: new Map(head.map((name, at) => [name, cells[at] ?? ''])) };
    }
}

function headOf<Column extends string>(
  cells: readonly string[],
  { columns, needed }: { columns: readonly Column[]; needed: readonly Column[] },
): Column[] {
  const names = cells.map((cell) => cell.trim().toLowerCase());
  const found = names.flatMap((name) => columns.find((known) => known === name) ?? []);
  if (found.length < names.length || needed.some((name) => !found.includes(name)))
    throw wrongField(
      'file',
      'columns',
      `needs the column${needed.length > 1 ? 's' : ''} ${needed.join(', ')}, and knows ${columns.join(', ')}`,
    );
  return found;
}
