import { strToU8, type Zippable, zipSync } from 'fflate';
import { expect, test } from 'vitest';
import { csvNumber } from '../../../functions/reach/exports/csv.ts';
import { writeXlsx } from '../../../functions/reach/exports/write-xlsx.ts';
import type { FileRow } from '../../../functions/reach/imports/read-rows.ts';
import { aFile, ordersOf, readRows, stage } from './import-file.ts';

async function read(content: Uint8Array): Promise<FileRow[]> {
  const rows: FileRow[] = [];
  for await (const batch of readRows(aFile(Buffer.from(content)))) rows.push(...batch);
  return rows;
}

test('reads the orders of an Excel workbook', async () => {
  async function* pages() {
    yield [
      ['A-1', '2026-03-01', 'ann@x.example', 'EUR', csvNumber('19.989999999999998'), '=CD'],
      ['A-2', '2026-03-02', 'bob@x.example', 'EUR', csvNumber('0.1'), null],
    ];
  }
  const columns = ['order_number', 'placed_at', 'customer_email', 'currency', 'line_total', 'sku'];
  const parts: Uint8Array[] = [];
  for await (const part of writeXlsx({ columns, pages: pages() }, 'orders')) parts.push(part);
  const staged = await stage(Buffer.concat(parts));
  expect(staged.errors).toEqual([]);
  expect(ordersOf(staged)).toMatchObject([
    { number: 'A-1', line: 2, lines: [{ total: 1999n, sku: '=CD' }] },
    { number: 'A-2', line: 3, lines: [{ total: 10n, sku: null }] },
  ]);
});

const parts = {
  '[Content_Types].xml': '<Types/>',
  'xl/workbook.xml':
    '<workbook xmlns:r="r"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>',
  'xl/_rels/workbook.xml.rels':
    '<Relationships><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/>' +
    '<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>',
  'xl/styles.xml':
    '<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="22"/><xf numFmtId="20"/></cellXfs></styleSheet>',
};

function workbook(sheet: string, more: Zippable = {}): Uint8Array {
  const whole = strToU8(`<worksheet><sheetData>${sheet}</sheetData></worksheet>`);
  return workbookOf({ ...more, 'xl/worksheets/sheet1.xml': whole });
}

function workbookOf(sheets: Zippable): Uint8Array {
  const files: Zippable = { ...sheets };
  for (const [name, text] of Object.entries(parts)) files[name] = strToU8(text);
  return zipSync(files);
}

const text = (at: string, value: string) => `<c r="${at}" t="inlineStr"><is><t>${value}</t></is></c>`;

test('days and times come as text, errors as nothing, and blank rows keep the count', async () => {
  const rows = await read(
    workbook(
      `<row r="1">${text('A1', 'day')}${text('B1', 'time')}</row>` +
        '<row r="4"><c r="A4" s="1"><v>46082</v></c><c r="B4" s="3"><v>0.5104166666666667</v></c></row>' +
        '<row r="5"><c r="A5" s="2"><v>46082.75</v></c><c r="B5" t="e"><v>#N/A</v></c></row>',
    ),
  );
  expect(rows.map(({ line, cells }) => [line, ...cells])).toEqual([
    [1, 'day', 'time'],
    [4, '2026-03-01', '12:15:00'],
    [5, '2026-03-01T18:00:00', ''],
  ]);
});

test('an entity of a workbook names no file and grows nothing', async () => {
  const entities =
    '<!DOCTYPE x [<!ENTITY file SYSTEM "file:///etc/hostname"><!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>';
  const sheet = `<row r="1">${text('A1', 'of a file: &file;')}${text('B1', 'grown: &b;')}</row>`;
  const whole = `${entities}<worksheet><sheetData>${sheet}</sheetData></worksheet>`;
  const rows = await read(workbookOf({ 'xl/worksheets/sheet1.xml': strToU8(whole) })).catch(() => []);
  const told = JSON.stringify(rows.map(({ cells }) => cells));
  expect(told).not.toContain('aaaaaaaaaa');
  expect(told).not.toMatch(/of a file: [^&"\]]/);
});

test.each([
  [
    'whose sheet unpacks without end',
    workbook('', { 'xl/worksheets/sheet2.xml': new Uint8Array(80_000_000) }),
    'too large',
  ],
  ['with one cell in the last corner of many rows', workbook(cornerCells()), /too large|cannot be read/],
  ['cut in half', workbook(`<row r="1">${text('A1', 'x')}</row>`).subarray(0, 300), 'cannot be read'],
  ['that is another kind of archive', zipSync({ 'a.txt': strToU8('x') }), 'cannot be read'],
])(
  'refuses a workbook %s by name',
  async (_name, content, message) => {
    await expect(read(content)).rejects.toThrow(message);
  },
  30_000,
);

/** The reader fills every row up to the widest: a million rows of sixteen thousand cells. */
function cornerCells(): string {
  return '<row r="1"><c r="XFD1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>';
}
