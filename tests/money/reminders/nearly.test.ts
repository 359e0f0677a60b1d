import { describe, expect, test } from 'vitest';
import { isNearly } from '../../../functions/money/reminders/nearly/is-nearly.ts';
import { tellNearly } from '../../../functions/money/reminders/nearly/tell-nearly.ts';
import type { Scheme } from '../../../functions/money/rewards/types.ts';
import { moneyBack, openShop } from '../../support/shop.ts';
import { signIn } from '../../support/sign-in.ts';

const every: Scheme = { kind: 'every', spend: 10_000n, back: 500n };
const steps: Scheme = {
  kind: 'steps',
  targets: [
    { spend: 10_000n, back: 500n },
    { spend: 30_000n, back: 2000n },
  ],
};

describe('nearly there', () => {
  test.each([
    [every, 0n, false],
    [every, 8_999n, false],
    [every, 9_000n, true],
    [every, 9_999n, true],
    [every, 10_000n, false],
    [every, 191_000n, false],
    [every, 199_000n, true],
    [steps, 9_000n, true],
    [steps, 27_999n, false],
    [steps, 28_000n, true],
    [steps, 30_000n, false],
  ])('%o at %s: %s', (scheme, spend, expected) => {
    expect(isNearly(scheme, spend)).toBe(expected);
  });

  test('is told once for each target, to who signed up', async () => {
    const shop = await openShop(moneyBack);
    await shop.order({ totals: [9200] });
    await shop.order({ email: 'bob@example.com', totals: [9200] });
    await signIn(shop.ctx, 'ann@example.com');
    expect(await tellNearly(shop.ctx)).toBe(1);
    expect(await tellNearly(shop.ctx)).toBe(0);
    await shop.order({ totals: [100] });
    expect(await tellNearly(shop.ctx)).toBe(0);
    await shop.order({ totals: [10_300] });
    expect(await tellNearly(shop.ctx)).toBe(1);
    const mails = await shop.ctx.db.read({
      sql: "SELECT params ->> 'missing' FROM outbox WHERE template = 'nearly_there' ORDER BY id",
      args: [],
    });
    expect(mails.map(([missing]) => JSON.parse(String(missing)).minor)).toEqual([800, 400]);
  });

  test('two at once tell it once', async () => {
    const shop = await openShop(moneyBack);
    await shop.order({ totals: [9200] });
    await signIn(shop.ctx, 'ann@example.com');
    const told = await Promise.all([tellNearly(shop.ctx), tellNearly(shop.ctx)]);
    expect(told.length).toBe(2);
    const [row] = await shop.ctx.db.read({
      sql: "SELECT count(*) FROM outbox WHERE template = 'nearly_there'",
      args: [],
    });
    expect(row).toEqual([1n]);
  });
});
