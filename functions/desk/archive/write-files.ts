import type { SheetRow, Table } from '../../ground/formats/table.ts';
import { quoteEmpty } from '../../ground/tables/cells.ts';
import { writeRows } from '../../reach/exports/write-rows.ts';
import type { ArchivedFile } from './tar.ts';

export const archiveFormats = ['ndjson', 'csv'] as const;
export type ArchiveFormat = (typeof archiveFormats)[number];

/** A file of an archive is about as long as this; the next rows go into another. */
const PART_LENGTH = 4 * 1024 * 1024;

/** A table as text in one of the formats. In CSV an empty text differs from nothing, see `cells.ts`. */
export function writeTable(table: Table, format: ArchiveFormat): AsyncGenerator<string> {
  return writeRows(format === 'csv' ? { ...table, pages: quotedPages(table.pages) } : table, format);
}

async function* quotedPages(pages: Table['pages']): AsyncGenerator<SheetRow[]> {
  for await (const page of pages) yield page.map((row) => row.map(quoteEmpty));
}

/**
 * A table as the files `name.csv`, `name.2.csv` and so on, each with its own head; no file of a table without rows. No more
 * than one of them is held in memory.
 */
export async function* filesOf(
  { name, table }: { name: string; table: Table },
  format: ArchiveFormat,
): AsyncGenerator<ArchivedFile> {
  const encoder = new TextEncoder();
  const head = format === 'csv' ? `${table.columns.join(',')}\n` : '';
  let part = 1;
  let text = head;
  const file = (): ArchivedFile => ({
    name: `${part === 1 ? name : `${name}.${part}`}.${format}`,
    bytes: encoder.encode(text),
  });
  let isHead = format === 'csv';
  for await (const portion of writeTable(table, format)) {
    if (isHead) {
      isHead = false;
      continue;
    }
    if (text.length + portion.length > PART_LENGTH && text.length > head.length) {
      yield file();
      part += 1;
      text = head;
    }
    text += portion;
  }
  if (text.length > head.length) yield file();
}
