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

const tellingMin = 6;

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

/** What names them in texts of their own rows: parts of their names as well. */
export function formsOf(known: KnownBy): string[] {
  const parts = known.names.flatMap(partsOf).filter((part) => part.length >= 3);
  const whole = [...known.names, ...known.keys].map((text) => text.trim()).filter((text) => text.length >= 2);
  return [...new Set([...wordsOf(known), ...known.formerAddresses, ...whole, ...parts])];
}

const smallEnglish = (text: string) => text.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());

const partsOf = (name: string) => name.split(/[\s,.;()"]+/).filter((part) => part !== '');

/** A name of two words is written the other way round as well. */
function ordersOf(name: string): string[] {
  const [first = '', last = '', ...more] = partsOf(name);
  const whole = name.trim();
  return more.length > 0 ? [whole] : [whole, `${last} ${first}`, `${last}, ${first}`];
}

const isTelling = (text: string) => text.trim().length >= tellingMin;

const numbersOf = (phones: readonly string[]) =>
  phones.flatMap((phone) => [phone.trim(), phone.replaceAll(/\D/g, '')]).filter(isTelling);
