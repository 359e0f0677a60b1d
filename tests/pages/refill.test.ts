import { expect, test } from 'vitest';
import { refill } from '../../src/refill.ts';

const page = (inside: string, other = '') =>
  `<form class="seek"><input name="a" value="find"></form>${other}<form method="post" action="/x?y=1">${inside}</form>`;

test.each([
  [
    'a text',
    '<input name="a" type="text" value="">',
    [['a', 'x "1" & <2>']],
    'value="x &quot;1&quot; &amp; &lt;2&gt;"',
  ],
  ['an input without a value', '<input name="a" required>', [['a', '$&']], 'required value="$&amp;">'],
  [
    'a value with a bracket',
    '<input name="a" value="1 > 0" id="i">',
    [['a', '2']],
    '<input name="a" id="i" value="2">',
  ],
  [
    'a long text',
    '<textarea name="a" rows="2">old</textarea>',
    [['a', 'new\n</textarea>']],
    'rows="2">\nnew\n&lt;/textarea&gt;</textarea>',
  ],
  [
    'a tick',
    '<input type="checkbox" name="a" value="1"><input type="checkbox" name="a" value="2" checked>',
    [['a', '1']],
    'value="1" checked><input type="checkbox" name="a" value="2">',
  ],
  ['a tick without a value', '<input type="checkbox" name="a">', [['a', 'on']], 'name="a" checked>'],
  [
    'a choice',
    '<select name="a"><option value="1" selected>One</option><option value="2">Two</option></select>',
    [['a', '2']],
    '<option value="1">One</option><option value="2" selected>',
  ],
] as const)('%s is as it was typed', (_what, inside, typed, expected) => {
  const filled = refill(page(inside), typed);
  expect(filled).toContain(expected);
  expect(filled).toContain('<input name="a" value="find">');
});

test.each([
  ['hidden fields', '<input type="hidden" name="a" value="kept">'],
  ['passwords', '<input type="password" name="a">'],
  ['files', '<input type="file" name="a">'],
  ['buttons', '<input type="submit" name="a" value="Send">'],
])('%s are left as they are', (_what, inside) => {
  expect(refill(page(inside), [['a', 'typed']])).toBeNull();
});

test('of several forms the one with most of the fields is filled', () => {
  const filled = refill(
    page('<input name="a"><input name="b">', '<form method="post"><input name="a"></form>'),
    [
      ['a', '1'],
      ['b', '2'],
    ],
  );
  expect(filled).toContain('<form method="post"><input name="a"></form>');
  expect(filled).toContain('<input name="a" value="1"><input name="b" value="2">');
});
