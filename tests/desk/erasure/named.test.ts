import { expect, test } from 'vitest';
import { statement } from '../../../db/query.ts';
import { findCustomerNamed } from '../../../functions/desk/erasure/find-person.ts';
import { moneyBack, openShop, openShopOn } from '../../support/shop.ts';
import { createTestFile } from '../../support/test-store.ts';
import { openDesk } from '../cli/regulars.ts';

const hadBefore = (email: string, customerId: string) =>
  statement('INSERT INTO former_emails (email, customer_id, until) VALUES (?, ?, 1)', email, customerId);

test('an address that one has and another had names neither', async () => {
  const { ctx, order } = await openShop(moneyBack);
  const ann = await order({ email: 'ann.now@example.com' });
  const bob = await order({ email: 'ann@example.com' });
  await ctx.db.write([
    hadBefore('ann@example.com', ann.customerId),
    hadBefore('old@example.com', ann.customerId),
  ]);
  const refused = findCustomerNamed(ctx, 'ann@example.com');
  await expect(refused).rejects.toThrow(`${ann.customerId} had it`);
  await expect(refused).rejects.toThrow(`${bob.customerId} has it`);
  expect(await findCustomerNamed(ctx, 'old@example.com')).toBe(ann.customerId);
  expect(await findCustomerNamed(ctx, bob.customerId)).toBe(bob.customerId);
  expect(await findCustomerNamed(ctx, 'nobody@example.com')).toBeNull();
});

test('the command says who it is before it asks', async () => {
  const { store, path } = await createTestFile();
  const { order } = await openShopOn({ store }, moneyBack);
  const { customerId } = await order({ customer: { email: 'ann.now@example.com', name: 'Ann Smith' } });
  await store.write([hadBefore('ann@example.com', customerId)]);
  const { regulars } = openDesk();
  const words = ['privacy', 'erase', 'ann@example.com', '--dry-run'];
  const { code, stdout, stderr } = await regulars(words, { DATABASE_URL: `file:${path}` });
  expect(code, stderr).toBe(0);
  expect(stdout + stderr).toContain(`Customer ${customerId}: Ann Smith, ann.now@example.com.`);
}, 60_000);
