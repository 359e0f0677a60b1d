import { expect, test } from 'vitest';
import { safeNext } from '../../src/forms.ts';

test.each([
  ['/account/orders?page=2', '/account/orders?page=2'],
  ['/uk/account', '/uk/account'],
  ['https://evil.example/account', '/home'],
  ['//evil.example/account', '/home'],
  ['/\\\\evil.example/account', '/home'],
  ['javascript:alert(1)', '/home'],
  ['/accounting', '/home'],
  [null, '/home'],
])('goes on into the account alone, never to another site: %s', (next, expected) => {
  expect(safeNext(next, '/home')).toBe(expected);
});
