import fc from 'fast-check';
import { readSheet } from 'read-excel-file/node';
import { expect, test } from 'vitest';
import type { SheetRow } from '../../../functions/ground/formats/table.ts';
import { csvNumber } from '../../../functions/reach/exports/csv.ts';
import { writeXlsx } from '../../../functions/reach/exports/write-xlsx.ts';
import { CELL_LENGTH_MAX } from '../../../functions/reach/exports/xlsx-cells.ts';

async function workbookOf(...rows: SheetRow[]): Promise<Buffer> {
  async function* pages() {
    yield rows;
  }
  const chunks = [];
  for await (const chunk of writeXlsx({ columns: ['id', 'text'], pages: pages() }, 'feedback'))
    chunks.push(chunk);
  return Buffer.concat(chunks);
}

const read = async (...rows: SheetRow[]) => readSheet(await workbookOf(...rows), { trim: false });

test('texts, numbers and empty cells come back, with the number of the part', async () => {
  const rows = await read(['a', '=1+1'], ['b', null], ['c', csvNumber('-5.25')], ['d', 7]);
  expect(rows).toEqual([
    ['id', 'text', 'part'],
    ['a', '=1+1', 1],
    ['b', null, 1],
    ['c', -5.25, 1],
    ['d', 7, 1],
  ]);
});

test('a text beyond what a cell holds goes on in further rows, and no pair is cut', async () => {
  const text = `${'x'.repeat(CELL_LENGTH_MAX - 1)}🙂${'y'.repeat(1_000_000)}`;
  const [, ...rows] = await read(['a', text]);
  expect(rows.map(([id]) => id)).toEqual(rows.map(() => 'a'));
  expect(rows.map(([, , part]) => part)).toEqual(rows.map((_, index) => index + 1));
  expect(rows.map(([, part]) => part).join('')).toBe(text);
});

test('what XML cannot hold is written in the way of the format', async () => {
  const texts = ['nul \0', 'cr \r\n', 'looks so _x0041_', 'שלום 🙂', '<&>"', 'lone \ud800'];
  const [, ...rows] = await read(...texts.map((text): SheetRow => ['a', text]));
  expect(rows.map(([, text]) => text)).toEqual(texts);
});

test('the same table makes the same bytes', async () => {
  expect(await workbookOf(['a', 'b'])).toEqual(await workbookOf(['a', 'b']));
});

const unit = fc.constantFrom(
  '=',
  '+',
  '@',
  "'",
  '"',
  '\r',
  '\n',
  '\t',
  '\0',
  '_x0041_',
  '_',
  '🙂',
  'ש',
  '&',
  'a',
);

test('every text comes back as it was', async () => {
  const texts = fc.array(
    fc.array(unit, { minLength: 1, maxLength: 8 }).map((units) => units.join('')),
    { minLength: 1, maxLength: 20 },
  );
  await fc.assert(
    fc.asyncProperty(texts, async (all) => {
      const [, ...rows] = await read(...all.map((text): SheetRow => ['a', text]));
      expect(rows.map(([, text]) => text)).toEqual(all);
    }),
    { numRuns: 50 },
  );
});
