import { expect, test } from 'vitest';
import { drawingOf } from '../../../functions/ground/identity/drawing.ts';

const lettersOf = (name: string) => /<text [^>]*>([^<]*)<\/text>$/.exec(drawingOf({ name, logo: null }))?.[1];

test.each([
  ['Fern & Kettle', 'FK'],
  ['The old tea house', 'TH'],
  ['кава', 'К'],
  ['Їжак і чай', 'ЇЧ'],
  ['7 Seas', '7S'],
  ['<script>"&', 'S'],
  ['&<>"', ''],
  ['straße', 'S'],
  ['🙂 Tea', 'T'],
])('the monogram of %s is %s', (name, letters) => {
  expect(lettersOf(name)).toBe(letters);
});

test('a drawing of the deployment is kept', () => {
  expect(drawingOf({ name: 'Tea', logo: '<path/>' })).toBe('<path/>');
});
