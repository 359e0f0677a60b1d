import type { Context } from '../platform/context.ts';

/** A table on its way out: pages of rows, each with one cell per column. */
export interface Table {
  columns: readonly string[];
  pages: AsyncIterable<readonly SheetRow[]>;
}

export type SheetRow = readonly CsvCell[];

/** Text is guarded against formula injection; numbers and `bigint` are written as they are; null is an empty cell. */
export type CsvCell = string | number | bigint | null | CsvNumber;

/** A number already written as text, such as an amount with decimals: never guarded. */
export interface CsvNumber {
  digits: string;
}

/** Business days that an export is limited to: `since` inclusive, `until` exclusive, null = open. */
export interface Days {
  since: string | null;
  until: string | null;
}

/** A table that the business takes home by `export NAME`, in any of the formats. */
export interface ExportedTable {
  name: string;
  /** What it holds, and which days `--since` and `--until` are, in sentences for the command line. */
  about: string;
  /** @throws {AppError} `forbidden`, `validation_failed` when a day does not exist */
  open: (ctx: Context, days: Days) => Promise<Table>;
}
