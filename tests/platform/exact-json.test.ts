import { expect, test } from 'vitest';
import { readTaken, takenText } from '../../functions/accounts/book-postings.ts';
import { exactJson } from '../../functions/platform/exact-json.ts';

test.each([
  ['0', 0n, '0'],
  ['a debt', -250n, '-250'],
  ['the largest that a number holds', 2n ** 53n - 1n, '9007199254740991'],
  ['one that a number would round', 2n ** 53n + 1n, '"9007199254740993"'],
  ['a debt that a number would round', -(2n ** 60n) - 1n, '"-1152921504606846977"'],
])('%s is written exactly, and read back as it was', (_name, minor, text) => {
  expect(exactJson({ minor })).toBe(`{"minor":${text}}`);
  expect(BigInt(JSON.parse(exactJson({ minor })).minor)).toBe(minor);
  const taken = [{ lotSeq: 3, amount: minor }];
  expect(readTaken(takenText(taken))).toEqual(taken);
});
