import fc from 'fast-check';
import { expect, test } from 'vitest';
import { csvLine, csvNumber, guardText, unguardText } from '../../../functions/reach/exports/csv.ts';
import { scanRecord } from '../../../functions/reach/imports/scan-record.ts';

test.each([
  ['a formula', '=SUM(A1)', "'=SUM(A1)"],
  ['a plus', '+49 30', "'+49 30"],
  ['a minus', '-5 °C', "'-5 °C"],
  ['an at sign', '@home', "'@home"],
  ['a tab', '\tx', "'\tx"],
  ['a carriage return', '\rx', "'\rx"],
  ['text that looks guarded', "'=x", "''=x"],
  ['an apostrophe before a word', "'n roll", "'n roll"],
  ['a sign inside', 'a=b', 'a=b'],
  ['nothing', '', ''],
])('guards %s', (_name, text, guarded) => {
  expect(guardText(text)).toBe(guarded);
  expect(unguardText(guarded)).toBe(text);
});

test('leaves numbers alone and quotes what needs it', () => {
  expect(csvLine(['a,b', 'say "hi"', -5, -500n, csvNumber('-5.00'), null, 'x;y', '-5'])).toBe(
    '"a,b","say ""hi""",-5,-500,-5.00,,"x;y",\'-5\n',
  );
});

const troublesome = fc.constantFrom(
  '"',
  '\n',
  '\r',
  '\r\n',
  '=',
  '+',
  '-',
  '@',
  "'",
  "'=",
  ',',
  ';',
  '\t',
  '🙂',
  'שלום',
  ' ',
);
const cell = fc
  .array(fc.oneof(troublesome, fc.string({ maxLength: 4 })), { maxLength: 6 })
  .map((parts) => parts.join(''));

test('every cell comes back as it was', () => {
  fc.assert(
    fc.property(fc.array(cell, { minLength: 1, maxLength: 5 }), (cells) => {
      const scan = scanRecord(csvLine(cells), 0, ',');
      expect(scan.outcome).toBe('ok');
      expect(scan.cells.map(unguardText)).toEqual(cells);
    }),
  );
});

test.each(['＝1+1', '＋1', '－1', '＠SUM(A1)'])(
  'guards %s, which some spreadsheets run, and takes it off again',
  (text) => {
    expect(csvLine([text])).toBe(`'${text}\n`);
    expect(unguardText(guardText(text))).toBe(text);
  },
);
