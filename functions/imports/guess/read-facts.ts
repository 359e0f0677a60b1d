import { type FileForm, findFileForm } from '../file-form.ts';
import { recordLimit } from '../line-blocks.ts';
import { readRows } from '../read-rows.ts';
import { type ColumnFacts, noteCell, openFacts } from './column-facts.ts';

/** What a guess knows of a file once it has read every row. */
export interface FileFacts {
  form: FileForm;
  headers: string[];
  columns: ColumnFacts[];
  rows: number;
}

/** Reads all rows once and notes what each column is like. */
export async function readFacts(path: string): Promise<FileFacts> {
  const form = await findFileForm(path, recordLimit);
  let headers: string[] | null = null;
  let columns: ColumnFacts[] = [];
  let rows = 0;
  for await (const batch of readRows(path, { form })) {
    for (const { cells, problem } of batch) {
      if (headers === null) {
        headers = cells.map((cell) => cell.trim());
        columns = headers.map(openFacts);
      } else if (problem === null) {
        rows += 1;
        for (const [at, facts] of columns.entries()) noteCell(facts, cells[at] ?? '');
      }
    }
  }
  return { form, headers: headers ?? [], columns, rows };
}
