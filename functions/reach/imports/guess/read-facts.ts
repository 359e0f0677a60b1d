import { type FileForm, findFileForm } from '../file-form.ts';
import { recordLimit } from '../line-blocks.ts';
import { readRows } from '../read-rows.ts';
import type { SourceFile } from '../source-file.ts';
import { type ColumnFacts, noteCell, openFacts } from './column-facts.ts';

/** What a guess knows of a file once it has read every row. */
export interface FileFacts {
  form: FileForm;
  headers: string[];
  columns: ColumnFacts[];
  rows: number;
  /** The first rows, as many as were asked for. */
  samples: string[][];
}

/** Reads all rows once and notes what each column is like. */
export async function readFacts(
  file: SourceFile,
  { samples: wanted = 0, onRows }: { samples?: number; onRows?: (rows: number) => void } = {},
): Promise<FileFacts> {
  const form = await findFileForm(file, recordLimit);
  let headers: string[] | null = null;
  let columns: ColumnFacts[] = [];
  const samples: string[][] = [];
  let rows = 0;
  for await (const batch of readRows(file, { form })) {
    for (const { cells, problem } of batch) {
      if (headers === null) {
        headers = cells.map((cell) => cell.trim());
        columns = headers.map(openFacts);
      } else if (problem === null) {
        rows += 1;
        if (samples.length < wanted) samples.push(cells);
        for (const [at, facts] of columns.entries()) noteCell(facts, cells[at] ?? '');
      }
    }
    onRows?.(rows);
  }
  return { form, headers: headers ?? [], columns, rows, samples };
}
