import { rejectedColumn } from '../columns.ts';
import { type FileRow, readRows } from '../read-rows.ts';
import { because, type Reason, wrongIn } from '../reason.ts';
import { refusedFile } from '../refused-file.ts';
import type { SourceFile } from '../source-file.ts';
import { type ManagerColumn, managerColumns } from './columns.ts';

/** A row that says in whose hands an account is to be, or why it cannot be read. */
export interface AssignmentRow {
  line: number;
  /** Whose row it is: the account's id, or the customer's email. */
  account: string;
  told: { ok: true; cells: Record<ManagerColumn, string> } | { ok: false; reason: Reason };
  /** By which line each account was named first, as far as the file has been read: its id, or `email` and an address. */
  named: ReadonlyMap<string, number>;
}

/** Streams the rows of such a file, some at a time, those before `from` left out. @throws {AppError} when it cannot be read */
export async function* readAssignments(
  file: SourceFile,
  { from, rows_max }: { from: number; rows_max: number },
): AsyncGenerator<AssignmentRow[]> {
  let places: ReadonlyMap<string, number> | null = null;
  let width = 0;
  let before = 0;
  const named = new Map<string, number>();
  let step: AssignmentRow[] = [];
  for await (const rows of readRows(file))
    for (const row of rows) {
      if (places === null) {
        places = placesIn(row.cells);
        width = row.cells.length;
        continue;
      }
      before += 1;
      const assignment = onlyOnce({ ...toAssignment(row, places, width), named }, named);
      if (before <= from) continue;
      step.push(assignment);
      if (step.length < rows_max) continue;
      yield step;
      step = [];
    }
  if (step.length > 0) yield step;
}

/** The same, or a refusal where a row before it names the same account. */
function onlyOnce(row: AssignmentRow, named: Map<string, number>): AssignmentRow {
  if (!row.told.ok) return row;
  const { account_id, email } = row.told.cells;
  const key = account_id === '' ? `email ${email}` : account_id;
  const line = named.get(key);
  if (line === undefined) {
    named.set(key, row.line);
    return row;
  }
  const column = account_id === '' ? 'email' : 'account_id';
  return { ...row, told: { ok: false, reason: wrongIn(column, 'named_before', { line: String(line) }) } };
}

/** @throws {AppError} `validation_failed` where the header is of another file */
function placesIn(cells: readonly string[]): Map<string, number> {
  const places = new Map(cells.map((cell, at) => [cell.trim().toLowerCase(), at]));
  places.delete(rejectedColumn);
  const unknown = [...places.keys()].filter((name) => !managerColumns.some((known) => known === name));
  if (unknown.length > 0) throw refusedFile('columns_unknown', { columns: unknown.slice(0, 40).join(', ') });
  if (!places.has('manager') || !(places.has('account_id') || places.has('email')))
    throw refusedFile('managers_need_key', { columns: cells.slice(0, 40).join(', ') });
  return places;
}

function toAssignment(
  { line, cells, problem }: FileRow,
  places: ReadonlyMap<string, number>,
  width: number,
): Omit<AssignmentRow, 'named'> {
  const cellOf = (column: ManagerColumn) => (cells[places.get(column) ?? -1] ?? '').trim();
  const account = (cellOf('account_id') || cellOf('email')).slice(0, 80);
  const refuse = (reason: Reason) => ({ line, account, told: { ok: false, reason } }) as const;
  if (problem !== null) return refuse(because(problem));
  if (cells.length !== width) return refuse(because('row_cells', { cells: cells.length, columns: width }));
  const told: Record<ManagerColumn, string> = {
    ...{ account_id: cellOf('account_id'), name: '', email: cellOf('email').toLowerCase() },
    ...{ manager: cellOf('manager'), by: cellOf('by'), why: cellOf('why'), since: '' },
  };
  return { line, account, told: { ok: true, cells: told } };
}
