import { expect, test } from 'vitest';
import { lexWithinBounds } from '../../../functions/care/advice/content/bounded-lexer.ts';
import { piecesOf } from '../../../functions/care/advice/content/kept-pieces.ts';
import {
  type Piece,
  picturesIn,
  readMarkdown,
  wordsOf,
} from '../../../functions/care/advice/content/markdown.ts';
import { createCaches } from '../../../functions/ground/platform/caches.ts';

const text = (said: string): Piece => ({ kind: 'text', text: said });
const inParagraph = (...inside: Piece[]): Piece[] => [{ kind: 'paragraph', inside }];
const picture = 'AbCdEfGhIjKlMnOpQrStUv.png';

test.each<[string, string, Piece[]]>([
  [
    'HTML',
    'a <b onclick="x()">b</b>',
    inParagraph(text('a '), text('<b onclick="x()">'), text('b'), text('</b>')),
  ],
  ['a script', '<script>alert(1)</script>', inParagraph(text('<script>alert(1)</script>'))],
  ['a link that runs', '[a](javascript:alert(1))', inParagraph(text('a'))],
  ['a link that runs, in capitals', '[a](JaVaScRiPt:alert(1))', inParagraph(text('a'))],
  ['a link that runs, encoded', '[a](java&#115;cript:alert(1))', inParagraph(text('a'))],
  ['data in a link', '[a](data:text/html,x)', inParagraph(text('a'))],
  ['another host by slashes', '[a](//evil.example)', inParagraph(text('a'))],
  ['another host by backslashes', '[a](</\\evil.example>)', inParagraph(text('a'))],
  ['a picture of elsewhere', '![a](https://evil.example/a.png)', inParagraph(text('a'))],
  ['a picture that climbs', '![a](../faces/x.png)', inParagraph(text('a'))],
])('what could do harm is words: %s', (_what, written, pieces) => {
  expect(readMarkdown(written)).toEqual(pieces);
});

test.each<[string, string, Piece[]]>([
  ['a path', '[a](/account)', inParagraph({ kind: 'link', href: '/account', inside: [text('a')] })],
  [
    'a site',
    '[a](https://x.example/?b=1)',
    inParagraph({ kind: 'link', href: 'https://x.example/?b=1', inside: [text('a')] }),
  ],
  [
    'a mail',
    '[a](mailto:a@x.example)',
    inParagraph({ kind: 'link', href: 'mailto:a@x.example', inside: [text('a')] }),
  ],
  ['a picture', `![a leaf](${picture})`, inParagraph({ kind: 'picture', name: picture, alt: 'a leaf' })],
  ['strong words', '**a**', inParagraph({ kind: 'strong', inside: [text('a')] })],
  ['steps', '3. a\n4. b', [{ kind: 'list', isOrdered: true, start: 3, items: [[text('a')], [text('b')]] }]],
  ['a quote', '> a', [{ kind: 'quote', inside: inParagraph(text('a')) }]],
])('says %s', (_what, written, pieces) => {
  expect(readMarkdown(written)).toEqual(pieces);
});

test('headings lead down step by step, below that of the page', () => {
  const levels = readMarkdown('### a\n\n# b\n\n#### c\n\n###### d').flatMap((piece) =>
    piece.kind === 'heading' ? [piece.level] : [],
  );
  expect(levels).toEqual([2, 2, 3, 4]);
});

test('tells its words and all its pictures', () => {
  const written = `# One\n\n- two **three**\n\n| a |\n| --- |\n| [b](/c) |\n\n> ![leaf](${picture}) ![](x.png)`;
  expect(wordsOf(readMarkdown(written))).toBe('One two three a b leaf');
  expect(picturesIn(written)).toEqual([
    { href: picture, alt: 'leaf' },
    { href: 'x.png', alt: '' },
  ]);
});

const rowsOf = (columns: number, rows: number) =>
  ['| a '.repeat(columns), '| - '.repeat(columns), ...Array.from({ length: rows }, () => '| a')].join('\n');

test.each([
  ['quotes', `${'> '.repeat(12)}a`, `${'> '.repeat(13)}a`, 'too_deep'],
  ['lists', `${'- '.repeat(12)}a`, `${'- '.repeat(13)}a`, 'too_deep'],
  ['steps', `${'1. '.repeat(12)}a`, `${'1. '.repeat(6000)}a`, 'too_deep'],
  ['quotes of lists', `${'> - '.repeat(6)}a`, `${'> - '.repeat(5000)}a`, 'too_deep'],
  ['a rule', '- '.repeat(5000), `> ${'- '.repeat(13)}a`, 'too_deep'],
  [
    'strong words',
    `${'*'.repeat(24)}a${'*'.repeat(24)}`,
    `${'*'.repeat(9000)}a${'*'.repeat(9000)}`,
    'too_deep',
  ],
  ['signs in a word', '_a'.repeat(1000), '_a'.repeat(10_000), 'too_deep'],
  ['short lines', `- a\n${'b\n'.repeat(2400)}`, `- a\n${'b\n'.repeat(9000)}`, 'too_deep'],
  ['cells', rowsOf(20, 90), rowsOf(20, 110), 'table_too_large'],
  ['cells that are left out', rowsOf(900, 1), rowsOf(900, 2), 'table_too_large'],
])('takes %s apart, and no more than it can', (_what, most, more, excess) => {
  expect(lexWithinBounds(most).excess).toBe(null);
  expect(lexWithinBounds(more).excess).toBe(excess);
  expect(wordsOf(readMarkdown(more))).toContain('a');
});

test('no signs end the stack or take long', () => {
  const signs = [
    '*',
    '_',
    '~',
    '`',
    '[',
    '](a)',
    '!',
    '>',
    '- ',
    '1. ',
    '|',
    '#',
    '<a',
    '\\',
    '\n',
    '  ',
    '@',
    'a',
    'www.',
  ];
  const slow = signs.flatMap((one) =>
    signs.filter((other) => {
      const began = performance.now();
      readMarkdown((one + other).repeat(20_000).slice(0, 20_000));
      return performance.now() - began > 2000;
    }),
  );
  expect(slow).toEqual([]);
});

test('a text is taken apart once, and let go when many others were asked for', () => {
  const cache = createCaches();
  const first = piecesOf(cache, 'One **word**.');
  expect(piecesOf(cache, 'One **word**.')).toBe(first);
  expect(piecesOf(createCaches(), 'One **word**.')).not.toBe(first);
  for (let count = 0; count < 199; count += 1) piecesOf(cache, `Text ${count}`);
  expect(piecesOf(cache, 'One **word**.')).toBe(first);
  for (let count = 0; count < 200; count += 1) piecesOf(cache, `Other ${count}`);
  const again = piecesOf(cache, 'One **word**.');
  expect(again).not.toBe(first);
  expect(again).toEqual(first);
});
