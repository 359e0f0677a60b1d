import { isAscii } from 'node:buffer';
import { Unzip, UnzipInflate } from 'fflate';
import { AROUND, type Finder, finderOf } from '../../../ground/personal/mask-text.ts';
import { markOf } from '../encodings.ts';

/** Whether a file, which comes in pieces, names somebody. @throws {Error} for a workbook that cannot be unpacked */
export type FileSearch = (chunks: AsyncIterable<Uint8Array>) => Promise<boolean>;

/** Looks for texts in files of rows: in text of any writing that imports read, and in the cells of workbooks. Null for no texts. */
export function searchFor(words: readonly string[]): FileSearch | null {
  const finder = finderOf(words);
  if (finder === null) return null;
  const longest = Math.max(...words.map((word) => word.length));
  const open = () => openSearch(finder, longest);
  return async (chunks) => {
    let readers: Reader[] | null = null;
    for await (const chunk of chunks) {
      readers ??= readersOf(chunk, words, open);
      if (readers.some(({ take }) => take(chunk))) return true;
    }
    return (readers ?? []).some(({ end }) => end());
  };
}

interface Reader {
  /** Answers whether somebody is named up to here. */
  take: (bytes: Uint8Array) => boolean;
  end: () => boolean;
}

type Search = ReturnType<typeof openSearch>;

function readersOf(first: Uint8Array, words: readonly string[], open: () => Search): Reader[] {
  if (isZip(first)) return [openWorkbook(open())];
  const mark = markOf(first);
  if (mark !== null) return [openText(mark.encoding, open())];
  // What is no UTF-8 says so nowhere; words of ASCII stand in all of these alike.
  const others = words.every(isPlain) ? [] : ['windows-1251', 'windows-1252'];
  return ['utf-8', ...others].map((encoding) => openText(encoding, open()));
}

const isPlain = (word: string) => isAscii(Buffer.from(word));
const isZip = (bytes: Uint8Array) => Buffer.from(bytes.subarray(0, 4)).toString('latin1') === 'PK\x03\x04';

function openText(encoding: string, { has, end }: Search): Reader {
  const decoder = new TextDecoder(encoding);
  return { take: (bytes) => has(decoder.decode(bytes, { stream: true })), end };
}

/** Words lie across pieces, too: what ends a piece is looked at with the next, when what stands around it is known. */
function openSearch(finder: Finder, longest: number) {
  let text = '';
  let known = 0;
  return {
    has: (more: string): boolean => {
      text += more;
      const { length } = text;
      if (finder(text).some(({ begin, end }) => begin >= known && end + AROUND <= length)) return true;
      text = text.slice(-4 * (longest + AROUND));
      if (text.length < length) known = AROUND;
      return false;
    },
    end: (): boolean => finder(text).some(({ begin }) => begin >= known),
  };
}

/** Deflate grows at most some thousandfold, so a push unpacks to 16 MB at most. */
const PUSH_BYTES = 16 * 1024;
/** Far longer than any. */
const TAG_MAX = 1024 ** 2;
/** Nobody sends a workbook of more, which would not be read either. */
const UNPACKED_MAX = 1024 ** 3;

function openWorkbook({ has, end }: Search): Reader {
  let isNamed = false;
  let unpacked = 0;
  const unzip = new Unzip((part) => {
    const decoder = new TextDecoder();
    let rest = '';
    part.ondata = (error, data, isLast) => {
      if (error !== null) throw error;
      unpacked += data.length;
      if (unpacked > UNPACKED_MAX) throw new RangeError('a workbook unpacks to too much');
      const xml = rest + decoder.decode(data, { stream: !isLast });
      const whole = isLast ? xml.length : xml.lastIndexOf('>') + 1;
      rest = xml.slice(whole);
      if (rest.length > TAG_MAX) throw new RangeError('a workbook has a tag without an end');
      isNamed ||= has(`${cellTexts(xml.slice(0, whole))}${isLast ? CELL_END : ''}`);
    };
    if (part.name.endsWith('.xml')) part.start();
  });
  unzip.register(UnzipInflate);
  return {
    take: (bytes) => {
      for (let at = 0; at < bytes.length && !isNamed; at += PUSH_BYTES)
        unzip.push(bytes.subarray(at, at + PUSH_BYTES));
      return isNamed;
    },
    end: () => isNamed || end(),
  };
}

/** No white space, so that what stands in two cells is never one name. */
const CELL_END = '\0';

/** A cell may be put together of runs in several hands. */
const cellTexts = (xml: string) =>
  xml
    .replaceAll(/<\/(?:si|is|c)>/g, CELL_END)
    .replaceAll(/<[^<>]*>/g, '')
    .replaceAll(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(\w{2,6}));/gi, (_, decimal, hex, name) =>
      name === undefined
        ? String.fromCodePoint(Number.parseInt(decimal ?? hex, decimal === undefined ? 16 : 10) % 0x110000)
        : (entities[name] ?? ''),
    );

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
