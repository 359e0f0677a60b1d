import { type Encoding, markOf, openDecoder, openEncodingGuess } from './encodings.ts';
import { type FailureCode, refusedFile } from './refused-file.ts';
import type { SourceFile } from './source-file.ts';

/** What a file is before its headers are looked at. */
export type FileForm = CsvForm | { kind: 'xlsx' };

export interface CsvForm {
  kind: 'csv';
  encoding: Encoding;
  delimiter: Delimiter;
  /** Whether the file begins with a byte order mark. */
  hasMark: boolean;
  /** Whether the first line is not the header but `sep=;`, which spreadsheets write for themselves. */
  hasSeparatorLine: boolean;
}

const delimiters = [',', ';', '\t', '|'] as const;
export type Delimiter = (typeof delimiters)[number];

/**
 * Tells how a file is written from its first bytes, and from all of its lines where they are not ASCII.
 * @throws {AppError} when it cannot be opened, or is a kind of file that nobody reads here, by its name
 */
export async function findFileForm(file: SourceFile, lineLimit: number, told?: Encoding): Promise<FileForm> {
  const guess = openEncodingGuess();
  let rest: Buffer = Buffer.alloc(0);
  let opening: Buffer | null = null;
  let mark: ReturnType<typeof markOf> = null;
  for await (const chunk of file.chunks()) {
    if (opening === null) {
      opening = chunk;
      if (isZip(chunk)) return { kind: 'xlsx' };
      refuseOtherKinds(chunk);
      mark = markOf(chunk);
    }
    if (told !== undefined || mark !== null || guess.isSure()) break;
    const cut = chunk.lastIndexOf(lineFeed) + 1;
    if (cut > 0)
      guess.take(rest.length === 0 ? chunk.subarray(0, cut) : Buffer.concat([rest, chunk.subarray(0, cut)]));
    rest = cut > 0 ? chunk.subarray(cut) : Buffer.concat([rest, chunk]);
    if (rest.length > lineLimit) break;
  }
  if (mark === null && told === undefined && rest.length <= lineLimit) guess.take(rest);
  const encoding = mark?.encoding ?? told ?? guess.answer();
  return {
    kind: 'csv',
    encoding,
    hasMark: mark !== null,
    ...readFirstLine(opening ?? Buffer.alloc(0), encoding),
  };
}

const lineFeed = 10;

function isZip(bytes: Buffer): boolean {
  return bytes.subarray(0, 4).toString('latin1') === 'PK\x03\x04';
}

const otherKinds: [begins: string, kind: FailureCode][] = [
  ['\xd0\xcf\x11\xe0', 'old_excel'],
  ['%PDF', 'pdf'],
  ['\x1f\x8b', 'compressed'],
  ['{\\rtf', 'rich_text'],
  ['\x89PNG', 'picture'],
  ['SQLite format 3', 'database'],
];

function refuseOtherKinds(bytes: Buffer): void {
  const opening = bytes.subarray(0, 16).toString('latin1');
  const found = otherKinds.find(([begins]) => opening.startsWith(begins));
  if (found === undefined) return;
  throw refusedFile(found[1]);
}

function readFirstLine(bytes: Buffer, encoding: Encoding): Pick<CsvForm, 'delimiter' | 'hasSeparatorLine'> {
  const text = openDecoder(encoding)
    .take(bytes)
    .toString('utf8')
    .replace(/^\ufeff/, '');
  const [first = '', ...others] = text.split(/\r?\n/, 20);
  const separator = /^"?sep=(.)"?\s*$/i.exec(first)?.[1];
  const told = delimiters.find((one) => one === separator);
  if (told !== undefined) return { delimiter: told, hasSeparatorLine: true };
  const header = [first, ...others].find((line) => line.trim() !== '') ?? '';
  return { delimiter: delimiterOf(header), hasSeparatorLine: false };
}

/** The one that the header has most of; the earlier of `delimiters` where two are even. */
function delimiterOf(header: string): Delimiter {
  const isUnquoted = (_part: string, index: number) => index % 2 === 0;
  const bare = header.split('"').filter(isUnquoted).join('');
  let best: Delimiter = ',';
  for (const one of delimiters) if (countOf(bare, one) > countOf(bare, best)) best = one;
  return best;
}

function countOf(text: string, one: string): number {
  return text.split(one).length;
}
