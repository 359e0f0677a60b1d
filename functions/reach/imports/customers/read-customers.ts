import type { OwnField } from '../../../people/own-fields/own-field.ts';
import { rejectedColumn } from '../columns.ts';
import { findFileForm } from '../file-form.ts';
import { recordLimit } from '../line-blocks.ts';
import { type FileRow, readRows } from '../read-rows.ts';
import { because, type Reason } from '../reason.ts';
import { refusedFile } from '../refused-file.ts';
import type { SourceFile } from '../source-file.ts';
import { type RowSink, writeRejected } from '../write-rejected.ts';
import { type CustomerColumn, columnOf, customerColumns } from './columns.ts';
import { type CustomerCells, parseCustomerRow } from './parse-row.ts';

/** A row of the file, and who it says it is about. */
export interface ReadCustomer {
  line: number;
  customer: string;
  parsed: ReturnType<typeof parseCustomerRow>;
}

export interface CustomersStep {
  /** Rows of the file before these. */
  before: number;
  rows: ReadCustomer[];
  ignored: string[];
  /** Whether the file has a column for the account. */
  tellsAccounts: boolean;
}

/** Streams the rows of a customers file, some at a time. @throws {AppError} when it cannot be read */
export async function* readCustomers(
  file: SourceFile,
  { timeZone, fields }: { timeZone: string; fields: readonly OwnField[] },
  rows_max: number,
): AsyncGenerator<CustomersStep> {
  let header: Header | null = null;
  let rows: ReadCustomer[] = [];
  let before = 0;
  for await (const batch of readRows(file)) {
    for (const row of batch) {
      if (header === null) {
        header = openHeader(row.cells, fields);
        continue;
      }
      rows.push(toCustomer(row, header, timeZone));
      if (rows.length < rows_max) continue;
      yield stepOf(rows, { before, header });
      before += rows.length;
      rows = [];
    }
  }
  if (header !== null && rows.length > 0) yield stepOf(rows, { before, header });
}

function stepOf(
  rows: ReadCustomer[],
  { before, header: { ignored, places } }: { before: number; header: Header },
): CustomersStep {
  return { before, rows, ignored, tellsAccounts: places.has('account') };
}

/** Writes every refused row as it came, with the reason behind it, to be mended. */
export async function writeRejectedCustomers(
  file: SourceFile,
  reasons: ReadonlyMap<number, Reason>,
  sink: RowSink,
): Promise<number> {
  const form = await findFileForm(file, recordLimit);
  return writeRejected({ file, form, sink, reasonOf: ({ line }) => reasons.get(line) ?? null });
}

interface Header {
  width: number;
  places: Map<CustomerColumn, number>;
  /** Where own fields stand. */
  ownPlaces: Map<OwnField, number>;
  ignored: string[];
}

function openHeader(cells: readonly string[], fields: readonly OwnField[]): Header {
  const ownPlaces = new Map<OwnField, number>();
  const places = new Map<CustomerColumn, number>();
  const ignored: string[] = [];
  for (const [place, name] of cells.entries()) {
    const own = /^own:(.*)$/i.exec(name.trim())?.[1];
    if (own !== undefined) {
      const field = fields.find(({ key }) => key === own.trim());
      if (field === undefined) throw refusedFile('own_field_unknown', { name: name.trim() });
      if (!ownPlaces.has(field)) ownPlaces.set(field, place);
      continue;
    }
    const column = columnOf(name);
    if (column !== null && !places.has(column)) places.set(column, place);
    else if (name.trim() !== '' && name.trim() !== rejectedColumn) ignored.push(name.trim());
  }
  if (!places.has('email') && !places.has('customer_key')) {
    throw refusedFile('customers_need_key', { columns: cells.slice(0, 40).join(', ') });
  }
  return { width: cells.length, places, ownPlaces, ignored };
}

function toCustomer({ line, cells, problem }: FileRow, header: Header, timeZone: string): ReadCustomer {
  const cellOf = (column: CustomerColumn) => cells[header.places.get(column) ?? -1] ?? '';
  const customer = (cellOf('email') || cellOf('customer_key')).slice(0, 80);
  if (problem !== null) return { line, customer, parsed: { ok: false, reason: because(problem) } };
  if (cells.length !== header.width) {
    const reason = because('row_cells', { cells: cells.length, columns: header.width });
    return { line, customer, parsed: { ok: false, reason } };
  }
  const told: Partial<Record<CustomerColumn, string>> = {};
  for (const column of customerColumns) told[column] = cellOf(column);
  const own = [...header.ownPlaces].map(([field, place]) => ({ field, text: cells[place] ?? '' }));
  return { line, customer, parsed: parseCustomerRow({ ...empty, ...told }, { timeZone, own }) };
}

const empty: CustomerCells = {
  ...{
    email: '',
    customer_key: '',
    source: '',
    name: '',
    phone: '',
    address: '',
    birthday: '',
    language: '',
  },
  ...{
    tone: '',
    account: '',
    account_kind: '',
    department: '',
    member_number: '',
    joined_at: '',
    why_us: '',
  },
  ...{ interests: '', news: '', news_at: '', news_source: '', note: '' },
};
