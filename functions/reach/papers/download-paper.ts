import type { FileHead } from '../../ground/formats/file-head.ts';
import { invoiceSheet } from './invoice-sheet.ts';
import type { PaperFormat } from './schema.ts';
import { sheetCsv } from './sheet-csv.ts';
import type { Paper } from './whole-paper.ts';

export type PaperFile = FileHead & { body: ReadableStream<Uint8Array<ArrayBuffer>> };

/** The media types of files of papers. */
export const paperMediaTypes = ['text/csv'];

/** What the file of a paper is called. */
export function headOfPaper({ number }: Pick<Paper, 'number'>, format: PaperFormat): FileHead {
  const fileName = `${number.replaceAll(/[^\p{ASCII}]|[^\w.-]/gu, '_')}.${format}`;
  return { mediaType: 'text/csv; charset=utf-8', fileName };
}

/** A paper as a file. */
export async function writePaper(paper: Paper, format: PaperFormat): Promise<PaperFile> {
  const bytes = new TextEncoder().encode(sheetCsv(invoiceSheet(paper)));
  return { ...headOfPaper(paper, format), body: streamOf(bytes) };
}

const streamOf = (bytes: Uint8Array<ArrayBuffer>): PaperFile['body'] =>
  new ReadableStream({
    start: (controller) => {
      controller.enqueue(bytes);
      controller.close();
    },
  });
