import { existsSync, readFileSync, statSync } from 'node:fs';
import { beforeEach, expect, test } from 'vitest';
import { type ColumnMap, parseColumnMap } from '../../../functions/reach/imports/column-map.ts';
import { importOrders } from '../../../functions/reach/imports/on-node/by-path.ts';
import { moneyBack, openShop, type Shop } from '../../support/shop.ts';
import { aFile } from './import-file.ts';

let shop: Shop;
beforeEach(async () => {
  shop = await openShop(moneyBack);
});

const header = 'order_number,placed_at,customer_email,currency,line_total,sku';

async function load(content: string | Buffer, map?: ColumnMap) {
  const path = aFile(content);
  const rejectedTo = `${path}.rejected.csv`;
  const report = await importOrders(shop.ctx, { path, map, rejectedTo });
  const bytes = existsSync(rejectedTo) ? readFileSync(rejectedTo) : null;
  return { report, rejectedTo, text: bytes?.toString('utf8') ?? null, bytes };
}

test('writes every row of every rejected order as it came, with the reason', async () => {
  const { report, text, rejectedTo } = await load(
    `${header}\r\n` +
      'A,2026-01-01,ann@x.example,EUR,1.00,"x ""y"", z"\r\n' +
      'B,2026-01-01,ann@x.example,EUR,1.00,=1+1\r\n' +
      'A,2026-01-01,ann@x.example,EUR,"1,00",  \r\n' +
      'C,2026-01-01\r\n',
  );
  expect(report).toMatchObject({ orders: { created: 1, rejected: 2 }, rejectedRows: 3 });
  const comma =
    '"line_total ""1,00"": use a point as the decimal separator and nothing between thousands, like 12.50"';
  expect(text).toBe(
    `${header},"rejected_because"\r\n` +
      `A,2026-01-01,ann@x.example,EUR,1.00,"x ""y"", z",${comma}\r\n` +
      `A,2026-01-01,ann@x.example,EUR,"1,00",  ,${comma}\r\n` +
      'C,2026-01-01,"the row has 2 cells, the header has 6"\r\n',
  );
  expect(statSync(rejectedTo).mode & 0o777).toBe(0o600);
});

test('the mended file imports, and its reasons are read by nobody', async () => {
  const { text } = await load(
    `${header}\nA,2026-01-01,ann@x.example,EUR,"1,00",x\nB,2026-01-01,ann,EUR,1.00,x\n`,
  );
  const mended = await load((text ?? '').replace('"1,00"', '1.00'));
  expect(mended.report).toMatchObject({ orders: { created: 1, rejected: 1 }, file: { ignored: [] } });
  expect(mended.text).toBe(
    `${header},"rejected_because"\nB,2026-01-01,ann,EUR,1.00,x,"customer_email ""ann"": is not an email address"\n`,
  );
});

test('damaged rows come back as the bytes they were', async () => {
  const damaged = Buffer.from('B,2026-01-01,bob@x.example,EUR,1.00,caf\xe9', 'latin1');
  const { bytes } = await load(
    Buffer.concat([
      Buffer.from(`\ufeff${header}\nA,2026-01-01,ann@x.example,EUR,1.00,café\n`),
      damaged,
      Buffer.from('\n'),
    ]),
  );
  expect(bytes?.includes(damaged)).toBe(true);
  expect(bytes?.subarray(0, 3)).toEqual(Buffer.from('\ufeff'));
});

test('what an import finds out late is written, too', async () => {
  await load(`${header}\nA,2026-01-01,ann@x.example,EUR,1.00,x\n`);
  const { text } = await load(
    `${header}\nA,2026-01-01,ann@x.example,EUR,2.00,x\nB,2026-01-01,ann@x.example,EUR,2.00,x\n`,
  );
  expect(text?.split('\n')[1]).toMatch(/^A,2026-01-01,ann@x.example,EUR,2.00,x,"/);
  expect(text?.split('\n')).toHaveLength(3);
});

test('a file in UTF-16 gives its rejected rows back as UTF-8 that Excel knows', async () => {
  const text = 'sep=;\r\nNr;Tag;Mail;Summe;Wer\r\n1;2026-01-01;j;5,00;Jürgen\r\n';
  const map = parseColumnMap({
    columns: { order_number: 'Nr', placed_at: 'Tag', customer_email: 'Mail', line_total: 'Summe' },
    defaults: { currency: 'EUR' },
    decimalComma: true,
  });
  const rejected = await load(Buffer.from(`\ufeff${text}`, 'utf16le'), map);
  expect(rejected.text).toBe(
    '\ufeffsep=;\r\nNr;Tag;Mail;Summe;Wer;"rejected_because"\r\n1;2026-01-01;j;5,00;Jürgen;"Mail ""j"": is not an email address"\r\n',
  );
  expect(rejected.report.file).toMatchObject({
    encoding: 'utf-16le',
    delimiter: ';',
    ignored: ['Wer'],
    notes: ['The file is in UTF-16 and was read as that.'],
  });
});

test('writes no file when nothing was rejected', async () => {
  const { bytes } = await load(`${header}\nA,2026-01-01,ann@x.example,EUR,1.00,x\n`);
  expect(bytes).toBeNull();
});
