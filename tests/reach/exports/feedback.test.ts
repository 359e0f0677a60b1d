import { describe, expect, test } from 'vitest';
import type { Context } from '../../../functions/ground/platform/context.ts';
import { bytesOf, type DownloadFormat } from '../../../functions/reach/exports/feedback/download.ts';
import {
  exportFeedback,
  type FeedbackExport,
} from '../../../functions/reach/exports/feedback/export-feedback.ts';
import { createTestContext } from '../../support/test-context.ts';
import { hex, tellEverything, troubles } from './told.ts';

const all = { days: { since: null, until: null } };

async function create(): Promise<Context> {
  const ctx = await createTestContext();
  await tellEverything(ctx);
  return ctx;
}

async function fileOf(ctx: Context, asked: FeedbackExport = all, format: DownloadFormat = 'csv') {
  const chunks = [];
  for await (const chunk of bytesOf(await exportFeedback(ctx, asked), format)) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

async function rowsOf(ctx: Context, asked: FeedbackExport = all): Promise<Record<string, unknown>[]> {
  const lines = (await fileOf(ctx, asked, 'ndjson')).trimEnd().split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line));
}

describe('the feedback export', () => {
  test('has everything that was told, by time, and no internal note', async () => {
    const rows = await rowsOf(await create());
    const times = rows.map(({ told_at }) => String(told_at));
    expect(times).toEqual(times.toSorted());
    expect(rows.map(({ kind }) => kind).toSorted()).toEqual(
      [
        ...Object.keys(troubles).map((_, index) => (index % 2 === 0 ? 'complaint' : 'idea')),
        'praise',
        'message',
        'survey',
        'survey',
        'testimonial',
      ].toSorted(),
    );
    expect(JSON.stringify(rows)).not.toContain('A note for us alone');
    expect(
      rows
        .slice(0, Object.keys(troubles).length)
        .filter(({ kind }) => kind !== 'praise')
        .map(({ text }) => text),
    ).toEqual(Object.values(troubles).slice(0, -1));
  });

  test('tells of each row what is known', async () => {
    const rows = await rowsOf(await create());
    const byId = new Map(rows.map((row) => [row.id, row]));
    expect(byId.get(hex(100))).toEqual({
      id: hex(100),
      kind: 'complaint',
      told_at: '2026-02-03T10:30:00.000Z',
      reply_to: null,
      said_by: 'customer',
      reference: 'K7QX-1000',
      person: null,
      email: 'ann@x.example',
      name: 'Ann',
      account: 'ACME',
      department: 'Paris',
      source: 'portal',
      language: 'en',
      order_source: 'till',
      order_number: 'A-17',
      line: '1',
      served_by: 'Olena',
      page: '/account/orders',
      wants_reply: 'yes',
      survey: null,
      question: null,
      asks: null,
      score: null,
      text: troubles.formula,
      state: 'answered',
      state_at: '2026-02-03T10:30:05.000Z',
      cause: 'Torn boxes',
      name_form: null,
      shown_name: null,
      consent: null,
      product: null,
      place: null,
      url: null,
      author: null,
      rating: null,
      said_on: null,
    });
    expect(byId.get(`${hex(500)}:nps`)).toMatchObject({
      kind: 'survey',
      reply_to: hex(500),
      survey: 'After delivery',
      question: 'nps',
      asks: 'nps',
      score: 9,
      text: null,
      state: 'finished',
    });
    expect(byId.get(hex(600))).toMatchObject({
      state: 'approved',
      shown_name: 'Ann',
      name_form: 'first_name',
    });
    expect(byId.get(hex(300))).toMatchObject({
      reply_to: hex(100),
      said_by: 'staff',
      reference: 'K7QX-1000',
    });
  });

  test('takes the chosen kinds, days and columns', async () => {
    const ctx = await create();
    expect(await fileOf(ctx, { ...all, kinds: ['praise'], columns: ['text', 'kind'] })).toBe(
      'kind,text\npraise,"From nobody, about nothing"\n',
    );
    expect(await rowsOf(ctx, { days: { since: '2026-02-04', until: null } })).toEqual([]);
    expect(await rowsOf(ctx, { days: { since: '2026-02-03', until: '2026-02-04' } })).toHaveLength(14);
  });

  test('guards text that a spreadsheet would run', async () => {
    const csv = await fileOf(await create());
    expect(csv).toContain(`,"'=HYPERLINK(""https://evil.example"",""x"")",`);
    expect(csv).toContain(",'+1 for the tea,");
  });

  test.each([
    ['an analyst', { kind: 'staff', id: 's2', role: 'analyst' }],
    ['a key that may not read customers', { kind: 'key', id: 'k1', scopes: ['feedback:read'] }],
  ] as const)('gives %s a pseudonym for each person, the same in each export', async (_, actor) => {
    const ctx = { ...(await create()), actor };
    const text = await fileOf(ctx, all, 'json');
    for (const secret of ['ann@x.example', 'ACME', 'Paris', '"Ann"']) expect(text).not.toContain(secret);
    const people = new Set((await rowsOf(ctx)).map(({ person }) => person));
    expect([...people].filter((person) => person !== null)).toHaveLength(1);
    expect(await fileOf(ctx, all, 'json')).toBe(text);
  });

  test('refuses who may not read feedback, and days that are none', async () => {
    const ctx = await create();
    const nobody = { ...ctx, actor: { kind: 'anonymous' as const } };
    await expect(exportFeedback(nobody, all)).rejects.toMatchObject({ code: 'unauthenticated' });
    const key = { kind: 'key' as const, id: 'k', scopes: ['customers:read' as const] };
    await expect(exportFeedback({ ...ctx, actor: key }, all)).rejects.toMatchObject({
      code: 'scope_missing',
    });
    const wrong = { days: { since: '2026-02-30', until: null } };
    await expect(exportFeedback(ctx, wrong)).rejects.toMatchObject({ errors: [{ path: 'since' }] });
  });

  test('writes down who took it', async () => {
    const ctx = await create();
    await fileOf(ctx);
    expect(await ctx.db.read({ sql: 'SELECT act, actor, detail FROM audit_log', args: [] })).toEqual([
      ['feedback.exported', 'system:test', '{"since":null,"until":null,"rows":14,"isPersonal":true}'],
    ]);
  });
});
