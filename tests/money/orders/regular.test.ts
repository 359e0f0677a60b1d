import { copyFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { openEmbedded } from '../../../db/embedded.ts';
import type { Store } from '../../../db/store.ts';
import { getBusiness } from '../../../functions/money/business/business.ts';
import { recordOrder } from '../../../functions/money/orders/record-order.ts';
import { recordOrderInput } from '../../../functions/money/orders/schema.ts';
import { setProgramme } from '../../../functions/money/programme/set-programme.ts';
import { moneyBack } from '../../support/shop.ts';
import { createTestContext } from '../../support/test-context.ts';
import { createTestFile } from '../../support/test-store.ts';

const programmeOf = (...rules: object[]) => ({
  currency: 'EUR',
  timeZone: 'Europe/London',
  debt: 'carry' as const,
  rules,
});

const orderOf = (number: string) =>
  recordOrderInput.parse({
    source: 'web',
    number,
    placedAt: '2026-02-28T12:00:00Z',
    currency: 'EUR',
    status: 'delivered',
    customer: { email: 'ann@example.com' },
    lines: [{ id: '1', total: { amount: 10000, currency: 'EUR' } }],
  });

test('an order counts by the programme of the primary, though a replica still tells of the one before', async () => {
  const { store: primary, path } = await createTestFile();
  const writer = await createTestContext({ store: primary });
  await setProgramme(writer, programmeOf(moneyBack));
  await recordOrder(writer, orderOf('first'));
  await primary.script('PRAGMA wal_checkpoint(TRUNCATE)');
  copyFileSync(path, `${path}.replica`);
  const behind = openEmbedded(`${path}.replica`);
  const replicated: Store = { ...primary, read: behind.read, fresh: primary };
  await setProgramme(writer, programmeOf(moneyBack, { ...moneyBack, id: 'more', back: '2.00' }));

  const ctx = await createTestContext({ store: replicated });
  expect((await getBusiness(ctx)).revision).toBe(1);
  const { order } = await recordOrder(ctx, orderOf('second'));

  expect(order.rewards.earned).toEqual({ amount: 700, currency: 'EUR' });
  expect((await getBusiness({ ...ctx, db: primary })).revision).toBe(2);
  behind.close();
});
