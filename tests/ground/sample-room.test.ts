import { Hono } from 'hono';
import { beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { StoreConflict } from '../../db/store.ts';
import { createApp } from '../../functions/app.ts';
import { exportOf } from '../../functions/desk/cli/export.ts';
import { listWaiting } from '../../functions/desk/console/list-waiting.ts';
import { isContention } from '../../functions/ground/decision/retrying.ts';
import { toStatements } from '../../functions/ground/decision/write-decision.ts';
import type { ApiEnv } from '../../functions/ground/http/api.ts';
import { nothing, reading } from '../../functions/ground/http/endpoint.ts';
import { runJobs } from '../../functions/ground/jobs/run-jobs.ts';
import { mailKind } from '../../functions/ground/outbox/letter-kind.ts';
import { declareLetters } from '../../functions/ground/outbox/letters.ts';
import type { Room } from '../../functions/ground/room.ts';
import { onOrOff, type Policy } from '../../functions/ground/settings/policy.ts';
import { getBusiness } from '../../functions/money/business/business.ts';
import { featuresOf } from '../../functions/money/business/features.ts';
import { policyOf, setPolicy, showPolicies } from '../../functions/money/business/policies.ts';
import { planNewcomer } from '../../functions/people/joining/newcomers.ts';
import { writeRows } from '../../functions/reach/exports/write-rows.ts';
import { gather, rooms } from '../../functions/rooms.ts';
import { createTestApi, type TestApi } from '../support/test-api.ts';

const runs: string[] = [];

const letters = declareLetters({
  sample_hello: mailKind({
    topic: 'service',
    urgency: 'owed',
    params: z.object({ name: z.string() }),
    link: () => '/account',
  }),
});

function greeting(word: string) {
  return ({ name }: { name: string }) => ({
    subject: `${word}, ${name}`,
    heading: word,
    paragraphs: [],
    button: word,
    notes: [],
  });
}

const size: Policy<number> = {
  key: 'sampleSize',
  schema: z.coerce.number().int().max(9),
  standard: 3,
  about: 'how large a sample is: a whole number up to 9',
};

const isShown = onOrOff({ key: 'samples', about: 'whether samples are shown' });

declare module '../../functions/ground/identity/features.ts' {
  interface FeatureNames {
    samples: true;
  }
}

/** A room with one of each, as its folder would declare it. */
const sampleRoom: Room = {
  name: 'sample',
  routes: new Hono<ApiEnv>().get(
    '/samples',
    reading({
      tag: 'Orders',
      scope: 'orders:read',
      summary: 'Samples',
      params: nothing,
      query: nothing,
      answer: z.object({ count: z.number() }),
      success: { 200: 'How many there are.' },
      refusals: [],
      run: async () => ({ count: 2 }),
    }),
  ),
  hooks: new Hono<ApiEnv>().post('/webhooks/sample', (c) => c.body(null, 204)),
  policies: [size, isShown],
  features: [{ name: 'samples', policy: isShown, pages: /^\/samples$/ }],
  exports: [
    {
      name: 'samples',
      about: 'One row per sample.',
      open: async () => ({ columns: ['size'], pages: samplePages() }),
    },
  ],
  jobs: [{ name: 'sample', everyMinutes: 1, run: async () => runs.push('sample') }],
  letters: () => letters(() => ({ sample_hello: greeting('Hello') })),
  conflicts: ['refused: sample'],
  waiting: [
    { section: 'sample', what: 'rows', path: '/console', rows: 'SELECT 1 UNION ALL SELECT 2' },
    { section: 'sample', what: 'number', path: '/console', count: async () => 3 },
    { section: 'inbox', what: 'letters', path: '/console', count: async () => 1 },
  ],
  newcomers: {
    plan: async (_ctx, { customerId }) => ({ rows: [{ sql: 'SELECT ?', args: [customerId] }] }),
    follow: async () => undefined,
  },
};

async function* samplePages() {
  yield [[1], [2]];
}

describe('a room that is a folder and a line', () => {
  let api: TestApi;
  const house = gather([...rooms, sampleRoom]);
  beforeEach(async () => {
    api = await createTestApi({
      build: (deps) => createApp({ ...deps, runtime: { ...deps.runtime, house } }),
    });
    api = { ...api, ctx: { ...api.ctx, house } };
  });

  test('answers under /api/v1, beside it, and stands in the document', async () => {
    const headers = { Authorization: await api.bearer('orders:read') };
    const answer = await api.app.request('/api/v1/samples', { headers });
    expect([answer.status, await answer.json()]).toEqual([200, { count: 2 }]);
    expect((await api.app.request('/webhooks/sample', { method: 'POST' })).status).toBe(204);
    const document = z
      .object({ paths: z.record(z.string(), z.unknown()) })
      .parse(await (await api.app.request('/api/v1/openapi.json')).json());
    expect(Object.keys(document.paths)).toContain('/api/v1/samples');
  });

  test('has its job run', async () => {
    const [run] = await runJobs(api.ctx, { name: 'sample' });
    expect([run?.failure, runs]).toEqual([null, ['sample']]);
  });

  test('has its policies set, shown, and checked', async () => {
    expect(policyOf(await getBusiness(api.ctx), size)).toBe(3);
    await setPolicy(api.ctx, 'sampleSize', '4');
    expect(policyOf(await getBusiness(api.ctx), size)).toBe(4);
    expect(await showPolicies(api.ctx)).toContainEqual(['sampleSize', '4']);
    await expect(setPolicy(api.ctx, 'sampleSize', '10')).rejects.toMatchObject({
      errors: [{ path: 'sampleSize', message: 'has to be a whole number up to 9' }],
    });
  });

  test('has its pages only where the business has set it up', async () => {
    const features = async () => featuresOf(house, await getBusiness(api.ctx));
    expect([(await features()).isSetUp('/samples'), (await features()).has('samples')]).toEqual([
      false,
      false,
    ]);
    await setPolicy(api.ctx, 'samples', 'on');
    expect([(await features()).isSetUp('/samples'), (await features()).has('samples')]).toEqual([true, true]);
  });

  test('has its table exported by name', async () => {
    expect(exportOf(house).about).toContain('samples: One row per sample.');
    const table = await house.exports
      .find(({ name }) => name === 'samples')
      ?.open(api.ctx, { since: null, until: null });
    if (table === undefined) throw new Error('there is no such table');
    let text = '';
    for await (const chunk of writeRows(table, 'csv')) text += chunk;
    expect(text).toBe('size\n1\n2\n');
  });

  test('has its letters written', () => {
    expect(house.letters.get('sample_hello')?.open('{"name":"Ann"}').text('name')).toBe('Ann');
  });

  test('shows what waits, beside what other rooms show in that section', async () => {
    const waiting = await listWaiting(api.ctx);
    expect(waiting).toMatchObject({ sample: 5, inbox: 1, 'console-credits': 0, 'console-mail': 0 });
  });

  test('has its conflicts decided again', () => {
    const conflict = new StoreConflict('refused: sample is taken');
    expect(isContention(api.ctx, conflict)).toBe(true);
    expect(isContention({ house: gather(rooms) }, conflict)).toBe(false);
  });

  test('is told of newcomers', async () => {
    const newcomer = { code: null, customerId: 'c', accountId: null, toldAt: 0 };
    const decision = await planNewcomer(api.ctx, newcomer);
    expect(toStatements(api.ctx, decision)).toContainEqual({ sql: 'SELECT ?', args: ['c'] });
  });

  test('may declare no kind without words', () => {
    // @ts-expect-error `src/words` has none for it.
    const wordless: Room = { name: 'wordless', historyKinds: ['sample_told'] };
    expect(gather([wordless]).historyKinds).toEqual(['sample_told']);
  });
});
