import { guardText } from '../exports/csv.ts';
import { rejectedColumn } from './columns.ts';
import type { FileForm } from './file-form.ts';
import { type FileRow, readRows } from './read-rows.ts';
import type { SourceFile } from './source-file.ts';

/** Takes the bytes of a file that is written from its beginning to its end. */
export interface RowSink {
  write(bytes: Buffer): Promise<void>;
  close(): Promise<void>;
}

export interface RejectedFile {
  /** The file that was imported. */
  file: SourceFile;
  form: FileForm;
  /** Where the rejected rows go. */
  sink: RowSink;
  /** Why a row's order was left out; null where it was not. Called for every row below the header, in their order. */
  reasonOf(row: FileRow): string | null;
}

/**
 * Writes every row of every rejected order as it came, byte for byte, with one more cell that says why, so that it can be
 * mended and imported. What was not UTF-8 becomes UTF-8 with a byte order mark.
 * @returns the number of rows
 */
export async function writeRejected({ file, form, sink, reasonOf }: RejectedFile): Promise<number> {
  try {
    const text = openRows(form);
    let rows = 0;
    let isHeader = true;
    for await (const batch of readRows(file, { form, isRaw: true })) {
      let chunk = '';
      for (const row of batch) {
        const reason = isHeader ? rejectedColumn : reasonOf(row);
        if (isHeader) chunk += text.opening(row);
        if (reason !== null) chunk += text.line(row, reason);
        if (reason !== null && !isHeader) rows += 1;
        isHeader = false;
      }
      await sink.write(Buffer.from(chunk, text.charset));
    }
    return rows;
  } finally {
    await sink.close();
  }
}

function openRows(form: FileForm) {
  const delimiter = form.kind === 'csv' ? form.delimiter : ',';
  const isRaw = form.kind === 'csv' && form.encoding === 'utf-8';
  const mark = isRaw ? '\xef\xbb\xbf' : '\ufeff';
  const hasMark = form.kind === 'xlsx' || !isRaw || form.hasMark;
  const hasSeparatorLine = form.kind === 'csv' && form.hasSeparatorLine;
  let hasColumn = false;
  const line = ({ cells, raw }: FileRow, reason: string) => {
    const record = raw ?? cells.map((cell) => quoted(guardText(cell))).join(delimiter);
    const end = /\r?\n$/.exec(record)?.[0] ?? '\n';
    let text = record.slice(0, record.length - (record.endsWith(end) ? end.length : 0));
    const before = `${delimiter}${quoted(cells.at(-1) ?? '')}`;
    if (hasColumn && text.endsWith(before)) text = text.slice(0, -before.length);
    const cell = quoted(guardText(reason));
    return `${text}${delimiter}${isRaw ? Buffer.from(cell).toString('latin1') : cell}${end}`;
  };
  return {
    /** Rows of UTF-8 are handled as bytes, so that damaged ones come back as they were. */
    charset: isRaw ? ('latin1' as const) : ('utf8' as const),
    opening({ cells }: FileRow): string {
      hasColumn = cells.at(-1) === rejectedColumn;
      return `${hasMark ? mark : ''}${hasSeparatorLine ? `sep=${delimiter}\r\n` : ''}`;
    },
    line,
  };
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}
