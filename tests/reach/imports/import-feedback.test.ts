import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { Context } from '../../../functions/ground/platform/context.ts';
import { bytesOf } from '../../../functions/reach/exports/feedback/download.ts';
import { exportFeedback } from '../../../functions/reach/exports/feedback/export-feedback.ts';
import { importFeedback } from '../../../functions/reach/imports/on-node/by-path.ts';
import { KEPT_MAX } from '../../../functions/voice/surveys/definition.ts';
import { createTestContext } from '../../support/test-context.ts';
import { tellEverything, troubles } from '../exports/told.ts';

const folder = mkdtempSync(join(tmpdir(), 'told-'));
afterAll(() => rmSync(folder, { recursive: true }));

type Format = 'csv' | 'json' | 'ndjson';

async function fileOf(ctx: Context, format: Format): Promise<Buffer> {
  const chunks = [];
  const table = await exportFeedback(ctx, { days: { since: null, until: null } });
  for await (const chunk of bytesOf(table, format)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

let files = 0;
function keep(bytes: Buffer | string): string {
  files += 1;
  const path = join(folder, `${files}`);
  writeFileSync(path, bytes);
  return path;
}

async function countOf(ctx: Context, tables: readonly string[]): Promise<number> {
  const counts = await Promise.all(
    tables.map((table) => ctx.db.read({ sql: `SELECT count(*) FROM ${table}`, args: [] })),
  );
  return counts.reduce((sum, [row]) => sum + Number(row?.[0]), 0);
}

const written = [
  'feedback',
  'feedback_messages',
  'survey_answers',
  'testimonials',
  'customers',
  'history',
  'audit_log',
];

describe.each(['csv', 'json', 'ndjson'] as const)('a feedback export as %s', (format) => {
  test('goes into an empty business and comes out the same, to the byte', async () => {
    const from = await createTestContext();
    await tellEverything(from);
    const file = await fileOf(from, format);
    const to = await createTestContext();
    const report = await importFeedback(to, { path: keep(file) });
    expect(report).toMatchObject({
      answers: { created: 14, unchanged: 0, rejected: 0 },
      customers: { created: 1 },
      errors: [],
    });
    expect((await fileOf(to, format)).equals(file)).toBe(true);
  });

  test('changes nothing the second time', async () => {
    const ctx = await createTestContext();
    await tellEverything(ctx);
    const file = await fileOf(ctx, format);
    const again = await importFeedback(ctx, { path: keep(file) });
    expect(again).toMatchObject({ answers: { created: 0, unchanged: 14, rejected: 0 } });
    expect((await fileOf(ctx, format)).equals(file)).toBe(true);
  });
});

test('a dry run reports the same and writes nothing', async () => {
  const from = await createTestContext();
  await tellEverything(from);
  const path = keep(await fileOf(from, 'csv'));
  const to = await createTestContext();
  expect(await importFeedback(to, { path, isDryRun: true })).toMatchObject({ lines: 14, errors: [] });
  expect(await countOf(to, written)).toBe(0);
});

const header = 'id,kind,told_at,reference,email,person,source,wants_reply,text,state,reply_to,said_by';
const id = (number: number) => number.toString(16).padStart(32, '0');
const good = `${id(1)},idea,2026-02-03T10:30:00.000Z,K7QX-1,ann@x.example,,portal,yes,Longer hours,,,`;

test.each([
  ['an id of another kind', good.replace(id(1), 'x1'), 'id: has to be an id of an export'],
  ['an unknown kind', good.replace(',idea,', ',rant,'), 'kind: '],
  ['a day that is none', good.replace('02-03T', '02-30T'), 'told_at: has to be ISO 8601'],
  ['a moment without its offset', good.replace('000Z', '000'), 'told_at: has to be ISO 8601'],
  ['an address that is none', good.replace('ann@', 'ann'), 'email: '],
  [
    'a pseudonym',
    good.replace('ann@x.example,', ',p1'),
    'email is empty: the file was exported without personal data',
  ],
  ['no reference', good.replace('K7QX-1', ''), 'reference: is empty'],
  ['a state of nothing', good.replace('hours,,', 'hours,lost,'), 'state: has to be one of'],
  ['too few cells', `${id(1)},idea`, 'the row has 2 cells, the header has 12'],
  ['an open quote', good.replace('Longer hours', '"Longer'), 'a quote opens and never closes'],
  [
    'a message to nothing',
    `${id(2)},message,2026-02-03T10:30:00.000Z,,,,,,Sorry,,${id(9)},staff`,
    'reply_to: the feedback it belongs to is not here',
  ],
])('refuses %s, with its line and the rule, and takes the rest', async (_, row, reason) => {
  const ctx = await createTestContext();
  const last = good.replace(id(1), id(3)).replace('K7QX-1', 'K7QX-3');
  const report = await importFeedback(ctx, { path: keep([header, last, row, ''].join('\n')) });
  expect(report.answers).toEqual({ created: 1, unchanged: 0, rejected: 1 });
  expect(report.errors).toMatchObject([
    { line: 3, id: expect.any(String), reason: expect.stringContaining(reason) },
  ]);
});

test.each([
  [
    'a CSV as they came',
    [header, good, good.replace('02-03T', '02-30T').replace(id(1), id(2)), ''].join('\n'),
    (text: string) => {
      const [head, row] = text.trim().split('\n');
      expect(head).toBe(`${header},"rejected_because"`);
      expect(row).toContain('2026-02-30T10:30:00.000Z');
      expect(row).toContain('"told_at: has to be ISO 8601');
      return text.replace('02-30T', '02-28T').replace('K7QX-1', 'K7QX-2');
    },
  ],
  [
    'NDJSON as a CSV, one that cannot be read as its text',
    `{"id":"${id(1)}","kind":"rant"}\n{"id":"${id(2)}","kind":"idea","told_at":"2026-02-03T10:30:00.000Z","reference":"K7QX-2","email":"ann@x.example","source":"portal","wants_reply":"yes","text":"=Longer","mood":[1]}\nnonsense\n`,
    (text: string) => {
      const [, first = '', second = '', third = ''] = text.trim().split('\n');
      expect(first).toContain(`"${id(1)}","rant"`);
      expect(second).toContain(`"'=Longer"`);
      expect(third).toContain('"nonsense"');
      return [text.split('\n')[0], second, ''].join('\n');
    },
  ],
])('writes rows that were left out, of %s, with the reason, to be mended', async (_, file, mend) => {
  const ctx = await createTestContext();
  const [path, rejectedTo] = [keep(file), keep('')];
  rmSync(rejectedTo);
  const dry = await importFeedback(ctx, { path, rejectedTo, isDryRun: true });
  const told = await importFeedback(ctx, { path, rejectedTo });
  expect(told.rejectedRows).toBe(told.answers.rejected);
  expect(dry.rejectedRows).toBe(told.rejectedRows);
  const mended = keep(mend(readFileSync(rejectedTo, 'utf8')));
  rmSync(rejectedTo);
  const again = await importFeedback(ctx, { path: mended, rejectedTo });
  expect(again).toMatchObject({ answers: { created: 1, rejected: 0 }, errors: [] });
  expect(existsSync(rejectedTo)).toBe(false);
});

const elsewhere = (cells: string) => `${good.replace(',portal,', ',mention,')}${cells}`;

test.each([
  ['no web address', ',,,Google,javascript:alert(1),Jo B.,1,2026-02-03', 'url: has to be a web address'],
  ['a day to come', ',,,Google,https://x.example/1,Jo B.,1,2031-02-03', 'said_on: lies in the future'],
])('of a mention, refuses %s', async (_, cells, reason) => {
  const ctx = await createTestContext();
  const path = keep(
    [`${header},question,product,place,url,author,rating,said_on`, elsewhere(cells), ''].join('\n'),
  );
  const { errors } = await importFeedback(ctx, { path });
  expect(errors).toMatchObject([{ reason: expect.stringContaining(reason) }]);
});

test('refuses a reference that is taken here, and of two in one file the second', async () => {
  const ctx = await createTestContext();
  const other = (number: number) => good.replace(id(1), id(number));
  const report = await importFeedback(ctx, { path: keep([header, good, other(2), ''].join('\n')) });
  expect(report.answers).toEqual({ created: 1, unchanged: 0, rejected: 1 });
  const again = await importFeedback(ctx, { path: keep([header, other(4), ''].join('\n')) });
  expect(again.errors).toMatchObject([
    { line: 2, id: id(4), reason: 'reference: is that of other feedback here' },
  ]);
});

test.each([
  ['no file of feedback', 'a,b\n1,2\n', 'unknown columns'],
  ['a file without texts', 'id,kind,told_at\n', 'lacks text'],
  ['an empty file', '', 'empty'],
])('refuses %s whole', async (_, text, message) => {
  const ctx = await createTestContext();
  await expect(importFeedback(ctx, { path: keep(text) })).rejects.toThrow(message);
  expect(await countOf(ctx, written)).toBe(0);
});

test.each([
  ['topics', (n: number) => `wants.t${n}.want`, '5', ''],
  ['trust', (n: number) => `trust.s${n}`, '5', ''],
  ['choice', () => 'tea', '', 'tea_'],
])(
  'of %s, more than one version asks come back whole, and beyond what a survey may hold are refused alone',
  async (asks, part, score, text) => {
    const from = await createTestContext();
    const answer = (n: number, about: number) => {
      const words = text === '' ? '' : `${text}${about}`;
      return `${id(n)}:${part(about)},survey,2026-02-03T10:30:00.000Z,,p${n}@x.example,Spring,q,${asks},${score},${words},partial`;
    };
    const rows = Array.from({ length: KEPT_MAX + 2 }, (_, n) => answer(n, n));
    const columns = 'id,kind,told_at,reference,email,survey,question,asks,score,text,state';
    const path = keep([columns, ...rows, answer(KEPT_MAX + 3, 0), ''].join('\n'));
    const report = await importFeedback(from, { path });
    expect(report.errors.map(({ line }) => line)).toEqual([KEPT_MAX + 2, KEPT_MAX + 3]);
    expect(report.answers).toEqual({ created: KEPT_MAX + 1, unchanged: 0, rejected: 2 });

    const to = await createTestContext();
    const file = await fileOf(from, 'csv');
    expect(await importFeedback(to, { path: keep(file) })).toMatchObject({ errors: [] });
    expect((await fileOf(to, 'csv')).equals(file)).toBe(true);
  },
);

test('a choice that is no id is refused alone', async () => {
  const ctx = await createTestContext();
  const answer = (n: number, text: string) =>
    `${id(n)}:taste,survey,2026-02-03T10:30:00.000Z,,p${n}@x.example,Spring,q,choice,,${text},partial`;
  const columns = 'id,kind,told_at,reference,email,survey,question,asks,score,text,state';
  const path = keep([columns, answer(1, 'tea'), answer(2, 'Green tea'), ''].join('\n'));
  const report = await importFeedback(ctx, { path });
  expect(report.errors).toMatchObject([{ line: 3, reason: expect.stringContaining('text: ') }]);
  expect(report.answers).toMatchObject({ created: 1, rejected: 1 });
});

test('nobody becomes a member of a company by a file of feedback', async () => {
  const from = await createTestContext();
  await tellEverything(from);
  const to = await createTestContext();
  await importFeedback(to, { path: keep(await fileOf(from, 'csv')) });
  const rows = await to.db.read({
    sql: 'SELECT a.kind FROM memberships AS m JOIN accounts AS a ON a.id = m.account_id',
    args: [],
  });
  expect(rows).toEqual([['personal']]);
  expect(Object.keys(troubles)).toHaveLength(9);
});
