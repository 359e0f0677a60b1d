import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openEmbedded } from '../../db/embedded.ts';
import { addMember } from '../../functions/circle/club/add-member.ts';
import { createDrop } from '../../functions/circle/club/drops/open-drop.ts';
import { openBrowser } from '../engines/browser.ts';
import { send } from '../engines/house.ts';
import { euros } from '../engines/orders.ts';
import { regulars } from '../support/cli.ts';
import { openFakeResend } from '../support/fake-resend.ts';
import { freePort, pause } from '../support/process.ts';
import { halfBack, setProgrammeFile } from '../support/programmes.ts';
import { portalSettings, startServer } from '../support/server.ts';
import { signIn } from '../support/sign-in.ts';
import { createTestContext } from '../support/test-context.ts';

const MEMBERS = 5000;
const ASKED = 100;
/** The provider takes two mails a second; so do a code and an order mail in this time. */
const BETWEEN_MS = 1100;

test.skipIf(process.env.SOAK !== '1')(
  `while ${MEMBERS} people are told of a drop, ${ASKED} codes leave within two seconds and ${ASKED} order mails next`,
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'regulars-drop-'));
    const path = join(folder, 'regulars.db');
    const { fake, close } = await openFakeResend();
    const settings = {
      ...portalSettings(`file:${path}`, fake.baseUrl),
      TRUSTED_PROXIES: '127.0.0.1',
    };
    await setProgrammeFile(settings, folder, halfBack);
    const key = (await regulars(settings, 'keys', 'add', 'till', '--scope', 'orders:write')).trim();
    await openDropToAll(path);
    const portal = await startServer(settings, await freePort());
    const sentTo = (email: string, after: number) =>
      fake.accepted.find(({ body, at }) => String(body.to) === email && at >= after)?.at;
    while (bulk(fake.accepted).length === 0) await pause(200);

    const waits = { codes: [] as number[], orders: [] as number[] };
    const watched: Promise<void>[] = [];
    const watch = async (kind: keyof typeof waits, email: string, since: number) => {
      while (sentTo(email, since) === undefined && Date.now() - since < 60_000) await pause(20);
      waits[kind].push((sentTo(email, since) ?? Number.POSITIVE_INFINITY) - since);
    };
    for (let count = 0; count < ASKED; count += 1) {
      const begin = Date.now();
      const asking = `asks-${count}@example.com`;
      const browser = openBrowser(portal.origin, {}, { 'X-Forwarded-For': `198.51.${count}.7` });
      expect((await browser.post('/sign-in', { email: asking })).status).toBe(303);
      watched.push(watch('codes', asking, begin));
      const buying = memberEmail(count);
      const ordered = await send(portal.origin, {
        ...{ method: 'POST', path: '/orders', key, idempotencyKey: `order-${count}` },
        body: orderOf(`N-${count}`, buying),
      });
      expect(ordered.status, ordered.text).toBe(201);
      watched.push(watch('orders', buying, begin));
      await pause(begin + BETWEEN_MS - Date.now());
    }
    await Promise.all(watched);
    const told = bulk(fake.accepted).length;
    process.stdout.write(
      `${ASKED} codes: ${told95(waits.codes)}; ${ASKED} order mails: ${told95(waits.orders)}; meanwhile ${told} of ${MEMBERS} told\n`,
    );
    await portal.running.end('SIGTERM');
    close();
    rmSync(folder, { recursive: true, force: true });
    expect(Math.max(...waits.codes)).toBeLessThanOrEqual(2000);
    expect(Math.max(...waits.orders)).toBeLessThanOrEqual(4000);
    expect(told).toBeGreaterThan(0);
  },
);

const memberEmail = (index: number) => `member-${index}@example.com`;

const bulk = (accepted: readonly { body: Record<string, unknown> }[]) =>
  accepted.filter(({ body }) => String(body.subject).includes('First flush'));

function told95(waits: readonly number[]): string {
  const sorted = waits.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.ceil(share * sorted.length) - 1] ?? Number.NaN;
  return `median ${at(0.5)} ms, 95 of 100 within ${at(0.95)} ms, at most ${at(1)} ms`;
}

/** People who joined and are in the club, and a drop that opens to them now. */
async function openDropToAll(path: string): Promise<void> {
  const store = openEmbedded(path);
  const ctx = await createTestContext({ store, now: Date.now });
  for (let index = 0; index < MEMBERS; index += 1) {
    const email = memberEmail(index);
    await signIn(ctx, email, `10.${index % 250}.${Math.floor(index / 250)}.1`);
    await addMember(ctx, { email, accountId: null, since: null });
  }
  await store.script('DELETE FROM outbox');
  const opensAt = Date.now();
  await createDrop(ctx, {
    texts: { en: { title: 'First flush', body: '' } },
    stock: 10,
    closesAt: opensAt + 48 * 3_600_000,
    windows: [{ level: '', opensAt }],
  });
  store.close();
}

function orderOf(number: string, email: string) {
  return {
    ...{ source: 'till', number, placedAt: new Date().toISOString(), currency: 'EUR', status: 'placed' },
    customer: { email },
    lines: [{ id: '1', product: 'Tea', total: euros(2500) }],
  };
}
