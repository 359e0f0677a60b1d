import { stopWords } from './stop-words.ts';

/** A phrase of so many words at the most is suggested. */
const WORDS_MAX = 3;

/** The words of a text, sentence by sentence, in lower case; what separates phrases separates parts. */
export function partsOfText(text: string): string[][] {
  return text
    .normalize('NFC')
    .toLowerCase()
    .replaceAll(/[’ʼ`]/g, "'")
    .split(/[.!?…;:,()"«»“”\n\r—–]+/u)
    .map((part) => part.split(/[^\p{L}\p{M}\p{N}'-]+/u).flatMap((word) => trimmed(word)))
    .filter((words) => words.length > 0);
}

function trimmed(word: string): string[] {
  const signs = [...word];
  const isLetter = (sign: string) => sign !== "'" && sign !== '-';
  const first = signs.findIndex(isLetter);
  return first < 0 ? [] : [signs.slice(first, signs.findLastIndex(isLetter) + 1).join('')];
}

/** What a text may be about: phrases of one to three words that neither begin nor end with a word that says nothing. */
export function phrasesIn(text: string): Set<string> {
  const found = new Set<string>();
  for (const words of partsOfText(text))
    for (let from = 0; from < words.length; from += 1)
      for (let length = 1; length <= WORDS_MAX && from + length <= words.length; length += 1) {
        const phrase = words.slice(from, from + length);
        if (isTelling(phrase)) found.add(phrase.join(' '));
      }
  return found;
}

function isTelling(phrase: readonly string[]): boolean {
  const [first = '', last = ''] = [phrase.at(0), phrase.at(-1)];
  if (stopWords.has(first) || stopWords.has(last)) return false;
  return phrase.every((word) => word.length > 1 && !/^\d+$/.test(word));
}

/** A phrase as it is kept: words with one blank between; a star at the end of a word stands for any ending. Empty for none. */
export function normalPhrase(typed: string): string {
  return typed
    .split(/\s+/)
    .map((word) => {
      const bare = partsOfText(word).flat().join('');
      return bare !== '' && word.endsWith('*') ? `${bare}*` : bare;
    })
    .filter((word) => word !== '')
    .join(' ');
}

/** Whether a text says a phrase, its words one after another within one part of a sentence. */
export function says(parts: readonly (readonly string[])[], phrase: string): boolean {
  const wanted = phrase.split(' ');
  const fits = (word: string | undefined, pattern: string) =>
    word !== undefined && (pattern.endsWith('*') ? word.startsWith(pattern.slice(0, -1)) : word === pattern);
  return parts.some((words) =>
    words.some((_, from) => wanted.every((pattern, at) => fits(words[from + at], pattern))),
  );
}
