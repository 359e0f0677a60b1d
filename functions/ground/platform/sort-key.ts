const LENGTH_MAX = 200;

/** Follows every letter of its alphabet, so a letter written with it comes right behind the one it is written by. */
const BEHIND = 'ӿ';

/** Letters that stand elsewhere in their alphabet than in Unicode, and those that are told by others. */
const letters: Readonly<Record<string, string>> = {
  ...{ ґ: `г${BEHIND}`, є: `е${BEHIND}`, і: `и${BEHIND}`, ї: `и${BEHIND}${BEHIND}` },
  ...{ ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ı: 'i' },
};

/**
 * What a name sorts by, byte by byte, so that every engine puts names as a reader expects: capitals and accents make no
 * difference, Ukrainian letters stand where its alphabet has them, an apostrophe is none. Figures come first, then Latin
 * names, then Cyrillic ones. It is kept: to change it means to make it anew.
 */
export function sortKey(name: string): string {
  const plain = name
    .toLowerCase()
    .replace(/['’ʼ`´]/g, '')
    .normalize('NFKD')
    .replace(/и\u0306/g, 'й')
    .replace(/і\u0308/g, 'ї')
    .replace(/\p{M}+/gu, '')
    .replace(/[\s\p{Cc}\p{Pd}]+/gu, ' ')
    .trim();
  return [...plain]
    .slice(0, LENGTH_MAX)
    .map((letter) => letters[letter] ?? letter)
    .join('');
}
