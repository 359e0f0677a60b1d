import { expect, test } from 'vitest';
import { readDate } from '../../../functions/reach/imports/date-format.ts';

test.each([
  ['01x03x2026', 'DD.MM.YYYY'],
  ['01032026', 'DD+MM+YYYY'],
  ['2026-03-01', 'YYYY(-)MM(-)DD'],
  ['01/03/2026', 'DD[/]MM[/]YYYY'],
])('a sign in a format stands for itself: %s is not written as %s', (date, format) => {
  expect(readDate(date, format)).toBeNull();
});
