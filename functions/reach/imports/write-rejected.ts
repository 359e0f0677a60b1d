import { guardText } from '../exports/csv.ts';
import { rejectedColumn } from './columns.ts';
import type { FileForm } from './file-form.ts';
import { type FileRow, readRows } from './read-rows.ts';
import { keepReason, type Reason, readReason, reasonText } from './reason.ts';
import type { SourceFile } from './source-file.ts';

/** Takes the bytes of a file that is written from its beginning to its end. */
export interface RowSink {
  write(bytes: Buffer): Promise<void>;
  /** Whether reasons are kept to be put into words when the file is fetched, see `wordReasons`. */
  keepsReasons?: boolean;
  close(): Promise<void>;
}

export interface RejectedFile {
  /** The file that was imported. */
  file: SourceFile;
  form: FileForm;
  /** Where the rejected rows go. */
  sink: RowSink;
  /** Why a row's order was left out; null where it was not. Called for every row below the header, in their order. */
  reasonOf(row: FileRow): Reason | null;
  /** The longest record, in bytes, where it is another than usual. */
  limit?: number;
}

/**
 * Writes every row of every rejected order as it came, byte for byte, with one more cell that says why, so that it can be
 * mended and imported. What was not UTF-8 becomes UTF-8 with a byte order mark.
 * @returns the number of rows
 */
export async function writeRejected({ file, form, sink, reasonOf, ...told }: RejectedFile): Promise<number> {
  try {
    const text = openRows(form);
    let rows = 0;
    let isHeader = true;
    for await (const batch of readRows(file, { ...told, form, isRaw: true })) {
      let chunk = '';
      for (const row of batch) {
        if (isHeader) {
          chunk += text.opening(row) + text.line(row, quoted(rejectedColumn));
          isHeader = false;
          continue;
        }
        const reason = reasonOf(row);
        if (reason === null) continue;
        chunk += text.line(row, whyCell(sink, reason));
        rows += 1;
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
  const line = ({ cells, raw }: FileRow, cell: string) => {
    const record = raw ?? cells.map((cell) => quoted(guardText(cell))).join(delimiter);
    const end = /\r?\n$/.exec(record)?.[0] ?? '\n';
    let text = record.slice(0, record.length - (record.endsWith(end) ? end.length : 0));
    const before = `${delimiter}${quoted(cells.at(-1) ?? '')}`;
    if (hasColumn && text.endsWith(before)) text = text.slice(0, -before.length);
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

/** The same of a file that is no table: rows by these columns, written as they are flushed. */
export function openRejectedTable(sink: RowSink, columns: readonly string[]) {
  let rows = 0;
  const cellsText = (cells: readonly string[]) => cells.map((cell) => quoted(guardText(cell))).join(',');
  let chunk = `\ufeff${cellsText([...columns, rejectedColumn])}\n`;
  return {
    add(cells: readonly string[], reason: Reason): void {
      chunk += `${cellsText(cells)},${whyCell(sink, reason)}\n`;
      rows += 1;
    },
    async flush(): Promise<void> {
      await sink.write(Buffer.from(chunk));
      chunk = '';
    },
    rows: () => rows,
  };
}

const whyCell = ({ keepsReasons }: RowSink, reason: Reason) =>
  keepsReasons === true ? keptCell(reason) : reasonCell(reasonText(reason));

/** The cell that says why a row was left out. */
function reasonCell(text: string): string {
  return quoted(guardText(text));
}

/** A cell of a file that waits to be fetched: the reason between marks that nothing else in it has. */
function keptCell(reason: Reason): string {
  return `${MARK}${keepReason(reason).replaceAll(notAscii, escaped)}${MARK}`;
}

const MARK = '\x1f';
const notAscii = /[^\x20-\x7e]/g;
const escaped = (sign: string) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`;
// biome-ignore lint/suspicious/noControlCharactersInRegex: it is the mark.
const keptCells = /\x1f(\{[^\x1f\n]*\})\x1f/g;

/** The bytes of a file that was written with `keepsReasons`, its reasons put into words; what is none stays as it is. */
export async function* wordReasons(
  chunks: AsyncIterable<Uint8Array>,
  wordsOf: (reason: Reason) => string,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const word = (text: string) =>
    Buffer.from(
      text.replaceAll(keptCells, (cell, kept: string) => {
        const reason = readReason(kept);
        return reason === null ? cell : Buffer.from(reasonCell(wordsOf(reason))).toString('latin1');
      }),
      'latin1',
    );
  let rest = '';
  for await (const chunk of chunks) {
    rest += Buffer.from(chunk).toString('latin1');
    const end = rest.lastIndexOf('\n') + 1;
    if (end === 0) continue;
    yield new Uint8Array(word(rest.slice(0, end)));
    rest = rest.slice(end);
  }
  if (rest !== '') yield new Uint8Array(word(rest));
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}
