import { expect, test } from 'vitest';
import { openFakeBucket } from '../support/fake-bucket.ts';
import { noSqld } from '../support/sqld.ts';
import { type EngineName, type House, newKeyName, openHouse } from './house.ts';
import { halfBack } from './orders.ts';

const engines: readonly EngineName[] = ['Node with sqld', 'workerd with sqld'];
const header = 'order_number,placed_at,customer_email,currency,line_total';
const bad = 'A-2,yesterday,bob@example.com,EUR,10.00';
const file = `${header}\nA-1,2026-01-05,ann@example.com,EUR,25.00\n${bad}\n`;

test.skipIf(noSqld !== null).each(engines)(
  'a program brings a file in by the API, and takes it back: %s',
  { timeout: 300_000 },
  async (name) => {
    const { bucket, close } = await openFakeBucket();
    const house = await openHouse(name, {
      BUCKET_URL: bucket.config.url,
      BUCKET_ACCESS_KEY_ID: bucket.config.accessKeyId,
      BUCKET_SECRET_ACCESS_KEY: bucket.config.secretAccessKey,
      BUCKET_REGION: bucket.config.region,
    });
    try {
      await house.setProgramme(halfBack);
      const key = await house.newKey('imports:read', 'imports:write');
      const portal = asProgram(house, key);
      const sent = await portal.post('?fileName=till.csv', { type: 'text/csv', body: file, key: 'monday' });
      expect(sent.status).toBe(201);
      const again = await portal.post('?fileName=till.csv', { type: 'text/csv', body: file, key: 'monday' });
      expect(again.body).toBe(sent.body);
      const { id } = JSON.parse(sent.body);
      expect(await portal.until(id, 'checked')).toMatchObject({
        preview: { created: 1, rejected: 1, errors: [{ line: 3, subject: 'A-2' }] },
      });
      await portal.ask(`/${id}/dry-run`, 200);
      expect(await portal.until(id, 'checked')).toMatchObject({ preview: { created: 1 }, report: null });
      expect(await house.look('SELECT number FROM orders')).toEqual([]);
      await portal.ask(`/${id}/start`, 200);
      expect(await portal.until(id, 'done')).toMatchObject({ report: { created: 1 }, rejectedRows: 1 });
      expect(await house.look('SELECT number FROM orders')).toEqual([['A-1']]);
      expect(await portal.get(`/${id}/rejected`)).toContain(`\n${bad},"placed_at`);
      await portal.ask(`/${id}/undo`, 200);
      await portal.until(id, 'undone');
      expect(await house.look('SELECT number FROM orders')).toEqual([]);
      await portal.ask(`/${id}/cancel`, 409);
    } finally {
      await house.close();
      close();
    }
  },
);

function asProgram(house: House, key: string) {
  const url = (path: string) => `${house.origin}/api/v1/imports${path}`;
  const headers = { Authorization: `Bearer ${key}` };
  const get = async (path: string) => (await fetch(url(path), { headers })).text();
  const post = async (path: string, sent: { type: string; body: string; key: string }) => {
    const own = { ...headers, 'Content-Type': sent.type, 'Idempotency-Key': sent.key };
    const answer = await fetch(url(path), { method: 'POST', body: sent.body, headers: own });
    return { status: answer.status, body: await answer.text() };
  };
  return {
    get,
    post,
    ask: async (path: string, status: number) => {
      const answer = await post(path, { type: 'application/json', body: '{}', key: newKeyName() });
      expect([answer.status, answer.body]).toEqual([status, expect.anything()]);
    },
    /** Lets the jobs come round until an import is there. */
    until: async (id: string, state: string): Promise<unknown> => {
      for (let turns = 0; turns < 60; turns += 1) {
        await house.runJobs();
        const told = JSON.parse(await get(`/${id}`));
        if (told.state === state) return told;
        if (told.state === 'failed') throw new Error(`${told.failure}\n${house.output()}`);
      }
      throw new Error(`the import did not come to ${state}\n${house.output()}`);
    },
  };
}
