import { expect, test } from 'vitest';
import { statement } from '../../../../db/query.ts';
import { addNote } from '../../../../functions/desk/console/add-note.ts';
import { search } from '../../../../functions/desk/console/search.ts';
import { verify } from '../../../../functions/desk/verify/verify.ts';
import type { Context } from '../../../../functions/ground/platform/context.ts';
import { foundHousehold } from '../../../../functions/people/households/found-household.ts';
import { answerQuestion } from '../../../../functions/people/joining/answer-question.ts';
import { exportCustomers } from '../../../../functions/reach/exports/export-customers.ts';
import { customerColumns } from '../../../../functions/reach/imports/customers/columns.ts';
import { importCustomers } from '../../../../functions/reach/imports/on-node/by-path.ts';
import { moneyBack, openShop } from '../../../support/shop.ts';
import { textOf } from '../../exports/export-text.ts';
import { aFile } from '../import-file.ts';

const header = customerColumns.join();
const ann =
  'ann@example.com,7,till,Ann,\'+44 20 7946 0117,"1 Tanner Yard\r\nLondon",1990-03-31,uk,first,,,,K7QX-M2PD,2024-05-06,Good tea,Cups,yes,2024-05-06T10:00:00Z,a form at the till,Likes Assam';
const file = [
  header,
  ",9,till,Nobody Known,,,'--02-29,,formal,,,,,,,,,,,",
  ann,
  'bob@example.com,,,Bob,,,,,,ACME,company,Paris,,2025-01-02,,,no,2025-01-02T00:00:00Z,import,',
  'bob@example.com,,,Bob,,,,,,Smiths,household,,,,,,no,2025-01-02T00:00:00Z,import,',
  '',
].join('\n');
const always = { since: null, until: null };

test('what was exported comes into an empty portal and out again the same, to the byte', async () => {
  const first = await openShop(moneyBack);
  const report = await importCustomers(first.ctx, { path: aFile(file) });
  expect(report).toMatchObject({
    customers: { created: 3, updated: 1, unchanged: 0, rejected: 0 },
    accounts: { created: 5 },
    lines: 4,
  });
  const exported = await textOf(exportCustomers(first.ctx, always));
  expect(exported).toBe(file);
  const again = await importCustomers(first.ctx, { path: aFile(file) });
  expect(again.customers).toEqual({ created: 0, updated: 0, unchanged: 4, rejected: 0 });
  const second = await openShop(moneyBack);
  const tried = await importCustomers(second.ctx, { path: aFile(exported), isDryRun: true });
  expect(tried.customers).toEqual(report.customers);
  expect(await textOf(exportCustomers(second.ctx, always))).toBe(`${header}\n`);
  await importCustomers(second.ctx, { path: aFile(exported) });
  expect(await textOf(exportCustomers(second.ctx, always))).toBe(exported);
});

test('what customers and staff told here goes into an empty portal and comes out the same, to the byte', async () => {
  const { ctx, order, as } = await openShop(moneyBack);
  const { customerId } = await order({ email: 'ann@example.com', placedAt: '2026-02-01T00:00:00Z' });
  await order({ email: 'ann@example.com', account: 'ACME', placedAt: '2026-01-05T00:00:00Z' });
  await order({ customer: { key: 'C-1', name: '=Cy, "the" second' } });
  await foundHousehold(as(customerId), { name: 'Smiths' });
  await answerQuestion(as(customerId), { question: 'why', answer: '-5 °C\r\nand good tea' });
  await answerQuestion(as(customerId), { question: 'birthday', answer: '02-29' });
  await answerQuestion(as(customerId), { question: 'address_form', answer: 'first_name' });
  for (const [index, text] of ['Likes\r\n\r\nAssam', '@home on Mondays'].entries())
    await addNote(ctx, { customerId, text, key: `${index}`.padStart(32, '0') });
  const exported = await textOf(exportCustomers(ctx, always));
  expect(exported).toContain(',household,');
  expect((await importCustomers(ctx, { path: aFile(exported) })).customers).toEqual({
    ...{ created: 0, updated: 0, unchanged: 4, rejected: 0 },
  });
  const empty = await openShop(moneyBack);
  await importCustomers(empty.ctx, { path: aFile(exported) });
  expect(await textOf(exportCustomers(empty.ctx, always))).toBe(exported);
  const analyst: Context = { ...ctx, actor: { kind: 'staff', id: 'a', role: 'analyst' } };
  await expect(exportCustomers(analyst, always)).rejects.toMatchObject({ code: 'forbidden' });
});

test('empty cells change nothing, new ones are learnt, and a contradiction is refused with its line', async () => {
  const { ctx } = await openShop(moneyBack);
  await importCustomers(ctx, {
    path: aFile(`email,name,phone,news,news_at\nann@example.com,Ann,,yes,2025-01-01\n`),
  });
  const report = await importCustomers(ctx, {
    path: aFile(
      [
        'E-mail;Telephone;Full name;Date of birth;Shoe size',
        'ann@example.com;0441234567;;1990-01-01;38',
        'ann@example.com;;Anna;;38',
        'bob@example.com;call me;;;38',
        ';;;;38',
        'eve@example.com;;;1990-02-30;38',
        '',
      ].join('\n'),
    ),
  });
  expect(report).toMatchObject({
    customers: { created: 0, updated: 1, unchanged: 0, rejected: 4 },
    ignored: ['Shoe size'],
  });
  expect(report.errors.map(({ line, reason }) => `${line} ${reason.split(':')[0]}`)).toEqual([
    '3 name',
    '4 phone',
    '5 email',
    '6 birthday',
  ]);
  const csv = await textOf(exportCustomers(ctx, always));
  expect(csv).toContain('ann@example.com,,,Ann,0441234567,,1990-01-01');
  const news = await importCustomers(ctx, {
    path: aFile('email,news,news_at\nann@example.com,no,2024-01-01\nann@example.com,no,2025-06-01\n'),
  });
  expect(news.customers).toMatchObject({ updated: 1, rejected: 1 });
});

test('a day of joining before the first order moves the periods of the account, and claims nobody', async () => {
  const { ctx, order } = await openShop({ ...moneyBack, period: 'membership-year' });
  await order({ email: 'ann@example.com', placedAt: '2026-01-05T00:00:00Z', totals: [10_000] });
  const row = (day: string) => aFile(`email,joined_at\nann@example.com,${day}\n`);
  expect((await importCustomers(ctx, { path: row('2026-02-01') })).customers.rejected).toBe(1);
  expect((await importCustomers(ctx, { path: row('2025-11-30') })).customers.updated).toBe(1);
  expect((await importCustomers(ctx, { path: row('2025-11-30') })).customers.unchanged).toBe(1);
  expect(await textOf(exportCustomers(ctx, always))).toContain('2025-11-30');
  expect(await verify(ctx)).toMatchObject({ entries: 3, differences: 0 });
});

test('a file without accounts leaves members of a company where they are, and nobody who left comes back', async () => {
  const { ctx, order } = await openShop(moneyBack);
  await order({ email: 'bob@example.com', account: 'ACME', department: 'Paris' });
  const told = await importCustomers(ctx, { path: aFile('email,phone\nbob@example.com,044 123\n') });
  expect(told).toMatchObject({ customers: { updated: 1 }, accounts: { created: 0 } });
  const rows = (await textOf(exportCustomers(ctx, always))).trim().split('\n').slice(1);
  expect(rows).toEqual([expect.stringMatching(/^bob@example\.com,,,,044 123,.*,ACME,,Paris,/)]);
  await ctx.db.write([statement('UPDATE memberships SET until = 1')]);
  const again = await importCustomers(ctx, {
    path: aFile('email,account,department\nbob@example.com,ACME,Paris\neve@example.com,ACME,Rome\n'),
  });
  expect(again).toMatchObject({ customers: { created: 1, rejected: 1 }, accounts: { created: 1 } });
  expect(again.errors[0]).toMatchObject({ line: 2, reason: 'account: they belong to it no longer' });
});

test('a row that is refused leaves nothing behind that the rows after it build on', async () => {
  const { ctx } = await openShop(moneyBack);
  const path = aFile(
    'email,account,joined_at\nann@example.com,ACME,2999-01-01\nbob@example.com,ACME,2025-01-01\ncy@example.com,ACME,2025-02-01\n',
  );
  const expected = { customers: { created: 1, rejected: 2 }, accounts: { created: 1 } };
  expect(await importCustomers(ctx, { path, isDryRun: true })).toMatchObject(expected);
  expect(await importCustomers(ctx, { path })).toMatchObject(expected);
  expect((await textOf(exportCustomers(ctx, always))).split('\n')).toHaveLength(3);
});

test('a customer is found by any part of the phone number, with or without its signs', async () => {
  const { ctx } = await openShop(moneyBack);
  await importCustomers(ctx, { path: aFile(`${header}\n${ann}\n`) });
  for (const text of ['7946 0117', '2079460117', '+44 20'])
    expect((await search(ctx, { text })).customers).toMatchObject([{ email: 'ann@example.com' }]);
});

test('a file without email and key, and own fields that do not exist, are refused whole', async () => {
  const { ctx } = await openShop(moneyBack);
  await expect(importCustomers(ctx, { path: aFile('name\nAnn\n') })).rejects.toMatchObject({
    code: 'validation_failed',
  });
  await expect(
    importCustomers(ctx, { path: aFile('email,own:size\nann@example.com,38\n') }),
  ).rejects.toMatchObject({ code: 'validation_failed' });
});
