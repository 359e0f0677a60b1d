import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { csvLine } from '../../../functions/reach/exports/csv.ts';
import type { FileRow } from '../../../functions/reach/imports/read-rows.ts';
import { scanRecord } from '../../../functions/reach/imports/scan-record.ts';
import { aFile, findFileForm, readRows } from './import-file.ts';

async function read(content: string | Buffer): Promise<FileRow[]> {
  const rows: FileRow[] = [];
  for await (const batch of readRows(aFile(content))) rows.push(...batch);
  return rows;
}

test.each([
  [
    'LF',
    'a,b\n1,2\n',
    [
      ['a', 'b'],
      ['1', '2'],
    ],
  ],
  [
    'CRLF',
    'a,b\r\n1,2\r\n',
    [
      ['a', 'b'],
      ['1', '2'],
    ],
  ],
  [
    'no line feed at the end',
    'a,b\n1,2',
    [
      ['a', 'b'],
      ['1', '2'],
    ],
  ],
  [
    'a byte order mark',
    '\ufeffa,b\n1,2\n',
    [
      ['a', 'b'],
      ['1', '2'],
    ],
  ],
  [
    'semicolons',
    'a;b\n1,5;2\n',
    [
      ['a', 'b'],
      ['1,5', '2'],
    ],
  ],
  [
    'a semicolon inside a quoted header',
    '"a;;x",b\n1,2\n',
    [
      ['a;;x', 'b'],
      ['1', '2'],
    ],
  ],
  [
    'quotes',
    'a,b\n"x ""y"", z",2\n',
    [
      ['a', 'b'],
      ['x "y", z', '2'],
    ],
  ],
  [
    'a quote inside a plain cell',
    'a,b\n6" pipe,2\n',
    [
      ['a', 'b'],
      ['6" pipe', '2'],
    ],
  ],
  [
    'blank lines',
    'a,b\n\n  \n,\n1,2\n\n',
    [
      ['a', 'b'],
      ['1', '2'],
    ],
  ],
  [
    'a guarded formula',
    "a,b\n'=1+1,'x\n",
    [
      ['a', 'b'],
      ['=1+1', "'x"],
    ],
  ],
  [
    'emoji and right-to-left text',
    'a,b\n🙂,שלום\n',
    [
      ['a', 'b'],
      ['🙂', 'שלום'],
    ],
  ],
])('reads %s', async (_name, content, cells) => {
  expect((await read(content)).map((row) => row.cells)).toEqual(cells);
});

test('counts physical lines also through quoted cells of several lines', async () => {
  const rows = await read('a,b\r\n"x\r\n\r\ny",1\r\n\r\nlast,2\r\n');
  expect(rows.map(({ line, through }) => [line, through])).toEqual([
    [1, 1],
    [2, 4],
    [6, 6],
  ]);
});

const german = 'Nr;Käufer\n1;Jürgen Groß\n2;Müller, 5 €\n';
const ukrainian = 'Номер;Покупець\n1;Їжак Олена\n2;Ґалаґан Юрій №5\n';
const bytesOf1251 = (text: string) =>
  Buffer.from(
    [...text]
      .map((letter) => [...cp1251].indexOf(letter))
      .map((at, index) => (at === -1 ? text.charCodeAt(index) : at + 128)),
  );
const cp1251 = new TextDecoder('windows-1251').decode(
  Uint8Array.from({ length: 128 }, (_, index) => index + 128),
);

test.each([
  ['UTF-16 LE', Buffer.from(`\ufeff${ukrainian}`, 'utf16le'), ukrainian],
  ['UTF-16 BE', Buffer.from(`\ufeff${ukrainian}`, 'utf16le').swap16(), ukrainian],
  ['Windows-1252', Buffer.from(german.replace('€', '\x80'), 'latin1'), german],
  ['Windows-1251', bytesOf1251(ukrainian), ukrainian],
  ['a UTF-16 cut in half', Buffer.from(`\ufeff${ukrainian}`, 'utf16le').subarray(0, 61), null],
])('reads %s', async (_name, content, text) => {
  const rows = await read(content);
  if (text !== null) expect(rows.map(({ cells }) => cells.join(';')).join('\n')).toBe(text.trimEnd());
  else expect(rows.map(({ problem }) => problem)).toEqual([null, null, 'damaged']);
});

test.each([
  ['tabs', 'a\tb,c\td\n1\t2,3\t4\n', '\t'],
  ['sep=;', 'sep=;\r\na;b\r\n1;2\r\n', ';'],
  ['quoted sep=', '"sep=\t"\na\tb\n', '\t'],
  ['semicolons, as many commas', 'a;b;c,d,e\n', ','],
])('tells the delimiter of a file with %s', async (_name, content, delimiter) => {
  expect(await findFileForm(aFile(content), 1000)).toMatchObject({ delimiter });
  const [header] = await read(content);
  expect(header?.cells.length).toBeGreaterThan(1);
  if (content.includes('sep=')) expect(header?.line).toBe(2);
});

test('few damaged lines of a UTF-8 file are damaged, not another encoding', async () => {
  const rows = await read(
    Buffer.concat([Buffer.from('a,b\nGrün,é\nRot,ü\n'), Buffer.from('M\xfcller,1\n', 'latin1')]),
  );
  expect(rows.map(({ problem }) => problem)).toEqual([null, null, null, 'damaged']);
});

test('an unpaired surrogate damages its line alone', async () => {
  const rows = await read(Buffer.from('\ufeffa;b\n1;\ud800x\n2;y\n', 'utf16le'));
  expect(rows.map(({ problem }) => problem)).toEqual([null, 'damaged', null]);
});

test('loses one row, not the rest, to a quote that never closes', async () => {
  const rows = await read('a,b\n1,2\n3,"4\n5,6\n7,8\n');
  expect(rows.map(({ line, problem }) => [line, problem])).toEqual([
    [1, null],
    [2, null],
    [3, 'unclosed_quote'],
    [4, null],
    [5, null],
  ]);
});

test('leaves out the cut-off end of a quoted cell with the row it belongs to', async () => {
  const rows = await read('a,b,c\n1,2,3\n4,5,"one\ntwo\nthree');
  expect(rows.at(-1)).toMatchObject({ line: 3, through: 5, cells: ['4', '5'], problem: 'unclosed_quote' });
});

test('refuses a row with text after a closing quote', async () => {
  const rows = await read('a,b\n"Bob" Smith,1\n2,3\n');
  expect(rows.map(({ problem }) => problem)).toEqual([null, 'text_after_quote', null]);
});

test('names the lines that are not UTF-8 or have a NUL', async () => {
  const rows = await read(Buffer.from('a,b\nok,é\n\xff,1\n\0,2\nok,3\n', 'latin1'));
  expect(rows.map(({ line, problem }) => [line, problem])).toEqual([
    [1, null],
    [2, 'damaged'],
    [3, 'damaged'],
    [4, 'nul'],
    [5, null],
  ]);
});

test.each([
  ['an empty file', '', 'empty'],
  ['only blank lines', '\n\n', 'empty'],
  ['an old workbook', Buffer.from('\xd0\xcf\x11\xe0\xa1\xb1', 'latin1'), 'old Excel'],
  ['a PDF', '%PDF-1.7\n', 'a PDF'],
  ['one endless line', `a,b\n${'x'.repeat(1_100_000)}`, '1 MiB'],
  ['a line above the limit', `a,b\n${'x'.repeat(1_100_000)}\n1,2\n`, '1 MiB'],
  ['a broken header', '"a,b\n1,2\n', 'header'],
])('refuses %s', async (_name, content, message) => {
  await expect(read(content)).rejects.toThrow(message);
});

test('refuses a file that is not there', async () => {
  await expect(readRows('/nowhere/orders.csv').next()).rejects.toThrow('there is no such file');
});

test('reads the same across the borders of blocks', async () => {
  const lines = Array.from({ length: 20_000 }, (_, index) =>
    csvLine([`é${index}`, 'x\r\n"y"'.repeat(index % 5)]),
  );
  const rows = await read(`n,t\n${lines.join('')}`);
  expect(rows).toHaveLength(20_001);
  expect(rows.every(({ problem }) => problem === null)).toBe(true);
  expect(rows.at(-1)).toMatchObject({ cells: ['é19999', 'x\r\n"y"'.repeat(4)] });
});

const cell = fc
  .array(fc.constantFrom('a', '"', ',', '\n', '\r\n', ' ', 'é', ''), { maxLength: 5 })
  .map((it) => it.join(''));

test('reads well-formed records like csv-parse', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 6 }), (records) => {
      const text = records
        .map((record) => record.map((it) => `"${it.replaceAll('"', '""')}"`).join(','))
        .join('\r\n');
      const scanned: string[][] = [];
      for (let at = 0; at < text.length; ) {
        const scan = scanRecord(text, at, ',');
        scanned.push(scan.cells);
        at = scan.next;
      }
      expect(scanned).toEqual(parse(text, { record_delimiter: ['\r\n'] }));
    }),
  );
});
