import type { CsvCell, SheetRow, Table } from '../../ground/formats/table.ts';
import { exactJson } from '../../ground/platform/exact-json.ts';
import { csvLine } from './csv.ts';

export const exportFormats = ['csv', 'json', 'ndjson'] as const;
export type ExportFormat = (typeof exportFormats)[number];

/**
 * The table as text, page by page, the head at once. JSON has the columns as keys: money is decimal text as in CSV,
 * what is empty is null, and nothing is guarded against formulas, which only spreadsheets read.
 */
export function writeRows(table: Table, format: ExportFormat): AsyncGenerator<string> {
  if (format === 'csv') return writeCsv(table);
  return format === 'json' ? writeJson(table) : writeNdjson(table);
}

async function* writeCsv({ columns, pages }: Table): AsyncGenerator<string> {
  yield `${columns.join(',')}\n`;
  for await (const page of pages) yield page.map(csvLine).join('');
}

async function* writeNdjson({ columns, pages }: Table): AsyncGenerator<string> {
  for await (const page of pages) yield page.map((row) => `${jsonText(columns, row)}\n`).join('');
}

async function* writeJson({ columns, pages }: Table): AsyncGenerator<string> {
  yield '[';
  let separator = '\n';
  for await (const page of pages) {
    if (page.length === 0) continue;
    yield separator + page.map((row) => jsonText(columns, row)).join(',\n');
    separator = ',\n';
  }
  yield '\n]\n';
}

function jsonText(columns: readonly string[], row: SheetRow): string {
  return exactJson(Object.fromEntries(columns.map((column, index) => [column, jsonValue(row[index])])));
}

function jsonValue(cell: CsvCell | undefined): string | number | bigint | null {
  if (cell === undefined || cell === null) return null;
  return typeof cell === 'object' ? cell.digits : cell;
}
