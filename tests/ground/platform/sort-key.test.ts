import { expect, test } from 'vitest';
import { sortKey } from '../../../functions/ground/platform/sort-key.ts';

/** As SQLite compares texts, on every engine. */
const sorted = (names: readonly string[]) =>
  [...names].sort((a, b) => Buffer.compare(Buffer.from(sortKey(a)), Buffer.from(sortKey(b))));

test.each([
  ['capitals and accents', ['anna', 'Ärla', 'Łukasz', 'Lund', 'oz', 'Öz', 'Ozan', 'Zoe']],
  ['the Ukrainian alphabet', [...'абвгґдеєжзиіїйклмнопрстуфхцчшщьюя'].map((letter) => `${letter}ля`)],
  [
    'Ukrainian names',
    [
      'Вась',
      'В’ячеслав',
      'Галя',
      'Гнат',
      'Ґалаґан',
      'Дарина',
      'Емма',
      'євген',
      'Женя',
      'Ира',
      'Іван',
      'Ігор',
      'Їжак',
      'Йосип',
    ],
  ],
  ['a word before a longer one', ['Ann', 'Ann Lee', 'Anna']],
  ['double names', ['Anne Marie', 'Anne-Marta', 'Annette']],
  ['figures, then Latin, then Cyrillic', ['1 Bar', 'Zoe', 'Анна']],
])('puts %s in order', (_, names) => {
  const folded = (list: readonly string[]) => list.map(sortKey);
  expect(folded(sorted([...names].reverse()))).toEqual(folded(names));
});

test('puts Ukrainian and Latin letters as the collation of the language does', () => {
  for (const [language, letters] of [
    ['uk', 'абвгґдеєжзиіїйклмнопрстуфхцчшщьюя'],
    ['en', 'aàbcçdeéfghiïjklmnñoöpqrsštuüvwxyzž'],
  ] as const) {
    const collator = new Intl.Collator(language, { sensitivity: 'base' });
    const words = [...letters].flatMap((one) => [...letters].map((two) => `${one}${two}${one}`));
    const byUs = sorted(words);
    for (const [at, word] of byUs.entries())
      expect(collator.compare(byUs[at - 1] ?? word, word), `${byUs[at - 1]} ${word}`).toBeLessThanOrEqual(0);
  }
});
