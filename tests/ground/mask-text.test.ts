import { expect, test } from 'vitest';
import { finderOf, maskText } from '../../functions/ground/personal/mask-text.ts';

const masked = (text: string, ...forms: string[]) => {
  const finder = finderOf(forms);
  return finder === null ? text : maskText(text, finder);
};

test.each([
  ['Ann cannot come', ['Ann'], '— cannot come'],
  ["Ann's tea, for Anna", ['Ann'], "—'s tea, for Anna"],
  ['Яна, Мар’яна й Яні', ['Яна'], '—, Мар’яна й Яні'],
  ['Anna-Maria Smith and Maria  Smith', ['Maria Smith'], 'Anna-Maria Smith and —'],
  ['ОКСАНА КОВАЛЬ і Оксана Ковальчук', ['оксана коваль'], '— і Оксана Ковальчук'],
  ['Д’Артаньян', ["д'артаньян"], '—'],
  [
    'Ann@example.com, jo.ann@example.com, joann@example.com, ann@example.com.ua.',
    ['ann@example.com'],
    '—, jo.ann@example.com, joann@example.com, ann@example.com.ua.',
  ],
  ['Write to ann@example.com.', ['ann@example.com'], 'Write to —.'],
  [
    '/customers?q=ann%40example.com&x=jo.ann%40example.com',
    ['ann%40example.com'],
    '/customers?q=—&x=jo.ann%40example.com',
  ],
  ['380441234567 and 3804412345678', ['380441234567'], '— and 3804412345678'],
  ['李明说 tea', ['李明'], '—说 tea'],
  ['export_Ann Smith_1.csv', ['Ann Smith'], 'export_—_1.csv'],
])('whole words go alone: %s', (text, forms, expected) => {
  expect(masked(text, ...forms)).toBe(expected);
});

test('of JSON only texts change, and numbers are as they were written', () => {
  const report = '{"created":3,"updated":9007199254740993,"told":[["q","Ted Ward, \\"Ted\\""],null]}';
  expect(masked(report, 'Ted', 'Ward', 'created')).toBeNull();
  expect(masked(report, 'Ted', 'Ward')).toBe(
    '{"created":3,"updated":9007199254740993,"told":[["q","— —, \\"—\\""],null]}',
  );
  expect(masked('[Ted] came', 'Ted')).toBe('[—] came');
});

test('two hundred names are taken out at once', () => {
  const forms = Array.from({ length: 200 }, (_, index) => `Name ${index}`);
  expect(masked(forms.join(', '), ...forms)).toBe(forms.map(() => '—').join(', '));
});
