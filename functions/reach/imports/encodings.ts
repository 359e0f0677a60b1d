import { isAscii, isUtf8 } from 'node:buffer';

/** How the text of a file is written. The two of Windows are only ever told by what their bytes would spell. */
export const encodings = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252', 'windows-1251'] as const;
export type Encoding = (typeof encodings)[number];

/** The encoding and length of a byte order mark; null when the file has none. */
export function markOf(bytes: Uint8Array): { encoding: Encoding; length: number } | null {
  const [first, second, third] = bytes;
  if (first === 0xff && second === 0xfe) return { encoding: 'utf-16le', length: 2 };
  if (first === 0xfe && second === 0xff) return { encoding: 'utf-16be', length: 2 };
  const isUtf8Mark = first === 0xef && second === 0xbb && third === 0xbf;
  return isUtf8Mark ? { encoding: 'utf-8', length: 3 } : null;
}

/** Decodes a stream of bytes to UTF-8; what is no text becomes a byte that UTF-8 never has, so that its line is told. */
export function openDecoder(encoding: Encoding): { take(bytes: Buffer): Buffer; end(): Buffer } {
  if (encoding === 'utf-8') return { take: (bytes) => bytes, end: () => Buffer.alloc(0) };
  const decoder = new TextDecoder(encoding);
  const damage = encoding.startsWith('utf-16') ? /\ufffd/ : /[\u0080-\u009f]/;
  return {
    take: (bytes) => toUtf8(decoder.decode(bytes, { stream: true }), damage),
    end: () => toUtf8(decoder.decode(), damage),
  };
}

const never = Buffer.from([0xff]);

function toUtf8(text: string, damage: RegExp): Buffer {
  if (!damage.test(text)) return Buffer.from(text);
  return Buffer.concat(
    text.split(damage).flatMap((part, index) => [...(index === 0 ? [] : [never]), Buffer.from(part)]),
  );
}

/** Gathers the lines that are not ASCII and tells what they are written in. */
export interface EncodingGuess {
  take(lines: Buffer): void;
  /** Whether more lines would not change the answer. */
  isSure(): boolean;
  answer(): Encoding;
}

/**
 * UTF-8 unless more lines fail it than keep it. Then bytes that stand alone between ASCII letters (`Müller`) are
 * Windows-1252, and bytes in rows (`Чашка`) are Windows-1251; what spells neither stays UTF-8, its lines damaged.
 */
export function openEncodingGuess(): EncodingGuess {
  const counts = { good: 0, bad: 0, high: 0, western: 0, cyrillic: 0, alone: 0, inRows: 0 };
  return {
    take(lines) {
      if (isAscii(lines)) return;
      for (const line of linesOf(lines)) {
        if (isUtf8(line)) counts.good += isAscii(line) ? 0 : 1;
        else {
          counts.bad += 1;
          countBytes(line, counts);
        }
      }
    },
    isSure: () => counts.good > sureLines && counts.bad === 0,
    answer() {
      if (counts.bad === 0 || counts.good > counts.bad) return 'utf-8';
      if (counts.western > 0.95 * counts.high && counts.alone > 0.7 * counts.high) return 'windows-1252';
      if (counts.cyrillic > 0.95 * counts.high && counts.inRows > 0.8 * counts.high) return 'windows-1251';
      return 'utf-8';
    },
  };
}

const sureLines = 1000;
const lineFeed = 10;

function* linesOf(bytes: Buffer): Generator<Buffer> {
  for (let start = 0; start < bytes.length; ) {
    const found = bytes.indexOf(lineFeed, start);
    const end = found === -1 ? bytes.length : found + 1;
    yield bytes.subarray(start, end);
    start = end;
  }
}

interface ByteCounts {
  high: number;
  western: number;
  cyrillic: number;
  alone: number;
  inRows: number;
}

function countBytes(line: Buffer, counts: ByteCounts): void {
  for (const [at, byte] of line.entries()) {
    if (byte < 0x80) continue;
    const [before = 0, after = 0] = [line[at - 1], line[at + 1]];
    counts.high += 1;
    if (westernLetters.has(byte) || westernSigns.has(byte)) counts.western += 1;
    if (westernSigns.has(byte) || isAsciiLetter(before) || isAsciiLetter(after)) counts.alone += 1;
    if (cyrillicLetters.has(byte) || cyrillicSigns.has(byte)) counts.cyrillic += 1;
    if (cyrillicSigns.has(byte) || before > 0x7f || after > 0x7f) counts.inRows += 1;
  }
}

function isAsciiLetter(byte: number): boolean {
  const lower = byte | 0x20;
  return lower >= 0x61 && lower <= 0x7a;
}

/** Letters of western Europe, and the signs of money and print, as bytes of Windows-1252. */
const westernLetters = bytesOf('ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜßàáâãäåæçèéêëìíîïñòóôõöøùúûüœŒ', {
  œ: 0x9c,
  Œ: 0x8c,
});
const westernSigns = new Set([
  0x80, 0x84, 0x85, 0x91, 0x92, 0x93, 0x94, 0x96, 0x97, 0xa0, 0xa3, 0xa7, 0xab, 0xb0, 0xb4, 0xbb,
]);

/** А to я and the four letters of Ukrainian, and №, quotes and dashes, as bytes of Windows-1251. */
const cyrillicLetters = new Set([
  ...Array.from({ length: 64 }, (_, index) => 0xc0 + index),
  ...[0xa5, 0xaa, 0xaf, 0xb2, 0xb3, 0xb4, 0xba, 0xbf, 0xa8, 0xb8],
]);
const cyrillicSigns = new Set([0x88, 0x84, 0x91, 0x92, 0x93, 0x94, 0x96, 0x97, 0xa0, 0xab, 0xb9, 0xbb]);

function bytesOf(letters: string, others: Record<string, number>): Set<number> {
  return new Set([...letters].map((letter) => others[letter] ?? letter.charCodeAt(0)));
}
