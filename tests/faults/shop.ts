import { expect } from 'vitest';
import { type Answer, send } from '../engines/house.ts';
import { euros } from '../engines/orders.ts';
import { regulars } from '../support/cli.ts';
import { openFakeResend } from '../support/fake-resend.ts';
import { pause } from '../support/process.ts';
import { halfBack, setProgrammeFile } from '../support/programmes.ts';
import { type Portal, portalSettings } from '../support/server.ts';

/** What a till sent and was answered last. */
export interface Sale {
  number: string;
  key: string;
  answer: Answer | null;
}

export interface FaultyShop {
  portal: Portal;
  sales: Sale[];
  /** One order, sent once; an answer that is neither a success nor "try again" fails the test. */
  sell: () => Promise<Sale>;
  /** Sells until an order is refused for now. @throws {Error} when none is */
  sellUntilRefused: () => Promise<Sale>;
  /** Sends every order again that was not acknowledged, under its key, until each is; then nothing may be missing. */
  assertRecovered: () => Promise<void>;
  /** What still has to work while nothing can be written. */
  assertReadable: () => Promise<void>;
  close: () => Promise<void>;
}

export interface FaultyShopOptions {
  databaseUrl: string;
  /** For the files of the test, not those of the database. */
  folder: string;
  start: (settings: Record<string, string>) => Promise<Portal>;
}

/** A shop in which everybody sells and reads while something fails underneath. */
export async function openFaultyShop({ databaseUrl, folder, start }: FaultyShopOptions): Promise<FaultyShop> {
  const { fake, close: closeMail } = await openFakeResend();
  const settings = portalSettings(databaseUrl, fake.baseUrl);
  await regulars(settings, 'migrate');
  await setProgrammeFile(settings, folder, halfBack);
  const scopes = ['orders:write', 'orders:read', 'customers:read'].flatMap((scope) => ['--scope', scope]);
  const key = (await regulars(settings, 'keys', 'add', 'till', ...scopes)).trim();
  const portal = await start(settings);
  const sales: Sale[] = [];

  async function ask(sale: Sale): Promise<Sale> {
    const answer = await send(portal.origin, {
      ...{ method: 'POST', path: '/orders', key, idempotencyKey: sale.key },
      body: orderOf(sale.number),
    });
    sale.answer = answer;
    expect([200, 201, 503], answer.text).toContain(answer.status);
    if (answer.status === 503) expect(Number(answer.headers.get('Retry-After'))).toBeGreaterThan(0);
    return sale;
  }

  const sell = () => {
    const number = `S-${sales.length + 1}`;
    const sale: Sale = { number, key: `key-${number}`, answer: null };
    sales.push(sale);
    return ask(sale);
  };

  return {
    portal,
    sales,
    sell,
    sellUntilRefused: async () => {
      for (let tries = 0; tries < 2000; tries += 1) {
        const sale = await sell();
        if (sale.answer?.status === 503) return sale;
      }
      throw new Error('nothing was refused');
    },
    assertReadable: async () => {
      const [first] = sales;
      expect((await fetch(`${portal.origin}/healthz`)).status).toBe(200);
      expect((await fetch(`${portal.origin}/sign-in`)).status).toBe(200);
      const order = await send(portal.origin, { method: 'GET', path: `/orders/till/${first?.number}`, key });
      expect(order.status, order.text).toBe(200);
    },
    assertRecovered: async () => {
      for (const sale of sales) {
        for (let tries = 0; !isAcknowledged(sale) && tries < 100; tries += 1) {
          if (tries > 0) await pause(100);
          await ask(sale);
        }
        expect(sale.answer?.status, sale.answer?.text).toBeLessThan(300);
      }
      expect(portal.running.isRunning(), portal.running.output()).toBe(true);
      const told = JSON.parse(await regulars(settings, 'verify', '--json'));
      expect(told).toMatchObject({ differences: 0 });
      const csv = await regulars(settings, 'export', 'orders');
      const numbers = csv
        .trimEnd()
        .split('\n')
        .slice(1)
        .map((line) => line.split(',')[1]);
      expect(numbers.toSorted()).toEqual(sales.map(({ number }) => number).toSorted());
    },
    close: async () => {
      await portal.running.end('SIGTERM');
      closeMail();
    },
  };
}

const isAcknowledged = ({ answer }: Sale) => answer !== null && answer.status < 300;

function orderOf(number: string) {
  return {
    source: 'till',
    number,
    placedAt: '2026-03-01T12:00:00Z',
    currency: 'EUR',
    status: 'delivered',
    customer: { email: `buyer-${Number(number.slice(2)) % 10}@example.com` },
    lines: [{ id: '1', product: 'A thing of some length, so that pages fill', total: euros(2500) }],
  };
}
