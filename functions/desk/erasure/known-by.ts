/** By what somebody is known. */
export interface KnownBy {
  names: readonly string[];
  /** Theirs alone; `formerAddresses` somebody else has by now. */
  addresses: readonly string[];
  formerAddresses: readonly string[];
  phones: readonly string[];
  /** Member numbers, and what shops call them. */
  keys: readonly string[];
}

/** What names more than one person names neither: a text that says it may be about the other. */
export function withoutShared(known: KnownBy, others: readonly KnownBy[]): KnownBy {
  const names = new Set(others.flatMap((other) => other.names.map(sameName)));
  const phones = new Set(others.flatMap((other) => other.phones.map(localPart)));
  const keys = new Set(others.flatMap((other) => other.keys.map((key) => key.toLowerCase())));
  return {
    ...known,
    names: known.names.filter((name) => !names.has(sameName(name))),
    phones: known.phones.filter((phone) => !phones.has(localPart(phone))),
    keys: known.keys.filter((key) => !keys.has(key.toLowerCase())),
  };
}

/** Of a telephone number: its last nine digits, which are the same with the country and without it. */
export const localPart = (phone: string) => digitsOf(phone).slice(-9);

/** A name, whichever way round and in letters of any size. */
const sameName = (name: string) => partsOf(name.toLowerCase()).toSorted().join(' ');

const tellingMin = 6;
/** Shorter ones are numbers of orders, sums and days as well. */
const digitsMin = 9;

/**
 * Texts that name nobody else, as SQLite writes them in small letters, which knows those of English alone, and as all languages
 * do: addresses, phone numbers and keys that are no everyday number, and names of more than one word.
 */
export function wordsOf({ names, addresses, phones, keys }: KnownBy): string[] {
  const full = names.filter((name) => partsOf(name).length > 1 && name.trim().length >= 5);
  const telling = [...addresses, ...full.flatMap(ordersOf), ...numbersOf(phones), ...keys.filter(isTelling)];
  const written = telling.flatMap((text) => [
    text,
    JSON.stringify(text).slice(1, -1),
    encodeURIComponent(text),
    encodeURIComponent(text).replaceAll('%20', '+'),
  ]);
  const small = written.flatMap((text) => [text, text.toLowerCase(), text.toUpperCase()].map(smallEnglish));
  return [...new Set(small)];
}

/** What names them in texts of their own rows: parts of their names as well, as a sentence bends them, and short numbers. */
export function formsOf(known: KnownBy): string[] {
  const parts = known.names.flatMap(partsOf).filter((part) => part.length >= 3);
  const whole = [...known.names, ...known.keys, ...known.phones, ...known.phones.map(digitsOf)]
    .map((text) => text.trim())
    .filter((text) => text.length >= 2);
  return [
    ...new Set([...wordsOf(known), ...known.formerAddresses, ...whole, ...parts, ...parts.flatMap(bent)]),
  ];
}

/** What Ukrainian puts behind the stem of a name: a reply begins with `Олено`. */
const endings = 'а у о и і е я ю є ї ь й ом ем єм ою ею єю ові еві єві ого ому им ій ої'.split(' ');

/** A name of Cyrillic letters in its cases; those in which a letter within changes are left out. */
function bent(name: string): string[] {
  if (!/^\p{Script=Cyrillic}[\p{Script=Cyrillic}'’ʼ-]{3,}$/u.test(name)) return [];
  const stem = name.replace(/(?:ий|[аоуиіїеєюяьй])$/iu, '');
  return stem.length < 3 ? [] : [stem, ...endings.map((ending) => `${stem}${ending}`)];
}

const smallEnglish = (text: string) => text.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());

const partsOf = (name: string) => name.split(/[\s,.;()"]+/u).filter((part) => part !== '');

/** A name of two words is written the other way round as well. */
function ordersOf(name: string): string[] {
  const [first = '', last = '', ...more] = partsOf(name);
  const whole = name.trim();
  return more.length > 0 ? [whole] : [whole, `${last} ${first}`, `${last}, ${first}`];
}

function isTelling(text: string): boolean {
  const isNumber = !/\p{L}/u.test(text);
  return isNumber ? digitsOf(text).length >= digitsMin : text.trim().length >= tellingMin;
}

const digitsOf = (text: string) => text.replaceAll(/\D/g, '');

/** A number is written with the country and without it. */
const numbersOf = (phones: readonly string[]) =>
  phones
    .flatMap((phone) => {
      const digits = digitsOf(phone);
      const within = digits.length > 10 ? [`0${localPart(phone)}`] : [];
      return [phone.trim(), digits, ...within];
    })
    .filter(isTelling);
