import { expect, test } from 'vitest';
import {
  isTooDeep,
  type Piece,
  picturesIn,
  readMarkdown,
  wordsOf,
} from '../../../functions/care/advice/content/markdown.ts';

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

test.each([
  ['> '.repeat(8), false],
  ['> '.repeat(9), true],
  [`a\n  ${'>'.repeat(20_000)}`, true],
])('quotes in quotes have an end', (written, isDeep) => {
  expect(isTooDeep(written)).toBe(isDeep);
});
