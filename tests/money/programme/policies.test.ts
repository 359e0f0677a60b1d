import { expect, test } from 'vitest';
import { setPolicy, showPolicies } from '../../../functions/money/business/policies.ts';
import { setSetting } from '../../../functions/money/business/settings.ts';
import { createTestContext } from '../../support/test-context.ts';

test.each([
  ['EUR', '5.001', 'at most 2 decimals'],
  ['JPY', '500.5', 'at most 0 decimals'],
])('refuses an amount that %s does not have: %s', async (currency, value, message) => {
  const ctx = await createTestContext({ actor: { kind: 'system', name: 'test' } });
  await setSetting(ctx, 'currency', currency);
  for (const key of ['referralOwn', 'referralFriend', 'referralMinimum', 'clubSpend'] as const)
    await expect(setPolicy(ctx, key, value)).rejects.toMatchObject({
      code: 'validation_failed',
      errors: [{ path: key, message: expect.stringContaining(message) }],
    });
});

test.each([
  ['clubSpend', 'off'],
  ['clubSpend', '1000.00'],
  ['referralOwn', '7'],
] as const)('keeps %s %s', async (key, value) => {
  const ctx = await createTestContext({ actor: { kind: 'system', name: 'test' } });
  await setSetting(ctx, 'currency', 'EUR');
  await setPolicy(ctx, key, value);
  expect(await showPolicies(ctx)).toContainEqual([key, value]);
});
