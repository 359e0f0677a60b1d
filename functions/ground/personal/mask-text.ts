/** What stands where a name stood. */
const MASK = '—';

interface Place {
  begin: number;
  end: number;
}

/** Finds texts by which somebody is known, one after the other. */
export type Finder = (text: string) => Place[];

/** How much of a text around a word says whether it is a whole one. */
export const AROUND = 64;

/** Finds them as whole words, the longest first, in letters of any size; null where there are none. */
export function finderOf(forms: readonly string[]): Finder | null {
  const telling = [...new Set(forms)].filter((form) => form.trim() !== '');
  if (telling.length === 0) return null;
  const longestFirst = telling.toSorted((one, other) => other.length - one.length);
  const words = longestFirst.map((form) => ({
    at: new RegExp(writtenLike(form), 'iuy'),
    isWhole: borderOf(form),
  }));
  const any = new RegExp(longestFirst.map(writtenLike).join('|'), 'giu');
  const wordAt = (text: string, begin: number): Place | null => {
    for (const { at, isWhole } of words) {
      at.lastIndex = begin;
      if (!at.test(text)) continue;
      const place = { begin, end: at.lastIndex };
      if (isWhole(text, place)) return place;
    }
    return null;
  };
  return (text) => {
    const found: Place[] = [];
    any.lastIndex = 0;
    for (let one = any.exec(text); one !== null; one = any.exec(text)) {
      const place = wordAt(text, one.index);
      any.lastIndex = place?.end ?? one.index + 1;
      if (place !== null) found.push(place);
    }
    return found;
  };
}

const address = String.raw`(?<![\p{L}\p{N}._%+'-])[\p{L}\p{N}][\p{L}\p{N}._%+'-]{0,63}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,8}`;
/** Ten digits and more: telephone numbers, cards, accounts. */
const number = String.raw`(?<!\p{N})\+?\d(?:[\s().\u2010-\u2015-]{0,3}\d){9,}(?!\p{N})`;

/** Finds beside these every address and long number: in their own words somebody tells by what they are reached. */
export function withReach(finder: Finder | null): Finder {
  const reach = new RegExp(`${address}|${number}`, 'gu');
  return (text) => {
    const found = finder?.(text) ?? [];
    if (!mayReach(text)) return found;
    const reached = [...text.matchAll(reach)].map(({ 0: { length }, index }) => ({
      begin: index,
      end: index + length,
    }));
    return joined([...found, ...reached]);
  };
}

/** Most texts hold neither, and are told at once. */
const mayReach = (text: string) => text.includes('@') || (text.match(/\d/g)?.length ?? 0) >= 10;

/** Places that overlap become one. */
function joined(places: readonly Place[]): Place[] {
  const found: Place[] = [];
  for (const place of places.toSorted((one, other) => one.begin - other.begin)) {
    const last = found.at(-1);
    if (last === undefined || place.begin >= last.end) found.push({ ...place });
    else last.end = Math.max(last.end, place.end);
  }
  return found;
}

/** Fewer digits are numbers of many things. */
const NUMBER_DIGITS_MIN = 9;

/** What stands between the digits of a telephone number. */
const BETWEEN_DIGITS = String.raw`[\s().\u2010-\u2015-]{0,3}`;

/** A long number is found however its digits are set apart. */
function writtenLike(form: string): string {
  const digits = form.replaceAll(/\D/g, '');
  const isNumber = digits.length >= NUMBER_DIGITS_MIN && /^\+?[\d\s().-]+$/.test(form);
  return isNumber ? String.raw`\+?` + [...digits].join(BETWEEN_DIGITS) : escaped(form);
}

const escaped = (form: string) =>
  form
    .replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`)
    .replaceAll(/\s+/g, String.raw`\s+`)
    .replaceAll(/['’ʼ]/g, `['’ʼ]`);

/** Scripts that put no space between words. */
const unspaced = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]+$/u;

/** What stands before and behind a text that is no whole word, or a part of another name: Мар'яна is not Яна. */
const borders = {
  address: {
    before: /[\p{L}\p{N}\p{M}][._%+'-]{0,3}$/u,
    behind: /^[._-]?[\p{L}\p{N}\p{M}]/u,
  },
  digits: { before: /\p{N}$/u, behind: /^\p{N}/u },
  word: {
    before: /[\p{L}\p{N}\p{M}]['’ʼ-]?$/u,
    behind: /^(?:['’ʼ](?!s(?![\p{L}\p{N}\p{M}]))|-)?[\p{L}\p{N}\p{M}]/iu,
  },
};
/** A letter of an address on the web that is none of English. */
const encoded = { before: /%[89a-f][0-9a-f]$/i, behind: /^%[89a-f][0-9a-f]/i };

/** Whether what stands in a text ends where it ends, and begins there. */
function borderOf(form: string): (text: string, place: Place) => boolean {
  if (unspaced.test(form)) return () => true;
  const kind = /@|%40/.test(form) ? 'address' : /\p{L}/u.test(form) ? 'word' : 'digits';
  const { before, behind } = borders[kind];
  const isOpen = /^[^\p{L}\p{N}]/u.test(form);
  const isClosed = /[^\p{L}\p{N}]$/u.test(form);
  const isEncoded = /%[89a-f]/i.test(form);
  return (text, { begin, end }) => {
    const left = text.slice(Math.max(0, begin - AROUND), begin);
    const right = text.slice(end, end + AROUND);
    if (isEncoded && (encoded.before.test(left) || encoded.behind.test(right))) return false;
    return (isOpen || !before.test(left)) && (isClosed || !behind.test(right));
  };
}

/**
 * A text without what is found in it. Of JSON only texts change, never names of fields: null where something is found in one of
 * these.
 */
export function maskText(text: string, finder: Finder): string | null {
  if (!isJson(text)) return maskPlain(text, finder);
  let isField = false;
  const masked = text.replaceAll(/"(?:[^"\\]|\\.)*"(\s*:)?/gs, (written, colon?: string) => {
    const content: string = JSON.parse(colon === undefined ? written : written.slice(0, -colon.length));
    const without = maskPlain(content, finder);
    if (without === content) return written;
    if (colon !== undefined) isField = true;
    return JSON.stringify(without);
  });
  return isField ? null : masked;
}

function maskPlain(text: string, finder: Finder): string {
  let masked = '';
  let from = 0;
  for (const { begin, end } of finder(text)) {
    masked += text.slice(from, begin) + MASK;
    from = end;
  }
  return masked + text.slice(from);
}

function isJson(text: string): boolean {
  if (!/^\s*[[{"]/.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
