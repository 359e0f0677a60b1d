import { describe, expect, test } from 'vitest';
import { mergeCustomers } from '../../../functions/desk/merging/merge-customers.ts';
import type { Context } from '../../../functions/ground/platform/context.ts';
import { newId, signatureOf } from '../../../functions/ground/platform/ids.ts';
import { correctCustomer } from '../../../functions/people/customers/correct-customer.ts';
import { followPreferencesLink, withoutBasis } from '../../../functions/people/preferences/follow-link.ts';
import { getPreferences } from '../../../functions/people/preferences/get-preferences.ts';
import { setPreferences } from '../../../functions/people/preferences/set-preferences.ts';
import { preferencesTokenOf, unsubscribeTokenOf } from '../../../functions/people/preferences/tokens.ts';
import { asReader, unsubscribe } from '../../../functions/people/preferences/unsubscribe.ts';
import { DAY_MS, openShop } from '../../support/shop.ts';
import { testSecret } from '../../support/test-context.ts';

const email = 'ann@example.com';

describe('a link in a mail', () => {
  test('of somebody who was merged opens and ends what is the survivor’s', async () => {
    const { ctx, anonymous, customerId, addOld, isOn } = await setUp();
    const old = await addOld();
    const all = preferencesTokenOf(testSecret, { customerId: old, email: 'old@example.com' });
    const token = unsubscribeTokenOf(testSecret, {
      customerId: old,
      email: 'old@example.com',
      topic: 'club',
    });
    await mergeCustomers(ctx, { survivor: email, merged: 'old@example.com', key: newId() });
    expect(await followPreferencesLink(anonymous, all)).toMatchObject({ customerId });
    await unsubscribe(anonymous, { token, isOn: false, source: 'one_click' });
    expect(await isOn()).toBe(false);
    await unsubscribe(anonymous, { token, isOn: true, source: 'mail' });
    expect(await isOn()).toBe(true);
  });

  test('to an address that is theirs no more ends its topic, and does nothing else', async () => {
    const { ctx, anonymous, customerId, isOn } = await setUp();
    const all = preferencesTokenOf(testSecret, { customerId, email });
    const token = unsubscribeTokenOf(testSecret, { customerId, email, topic: 'club' });
    expect(await followPreferencesLink(anonymous, all)).toMatchObject({ customerId, email });
    await correctCustomer(ctx, { customerId, email: 'new@example.com' });
    expect(await followPreferencesLink(anonymous, all)).toBe(null);
    await unsubscribe(anonymous, { token, isOn: false, source: 'one_click' });
    expect(await isOn()).toBe(false);
    await expect(unsubscribe(anonymous, { token, isOn: true, source: 'mail' })).rejects.toMatchObject({
      code: 'not_found',
    });
    expect(await isOn()).toBe(false);
  });

  test('of an earlier release, which names no address, still ends its topic', async () => {
    const { anonymous, customerId, isOn } = await setUp();
    const claim = `${customerId}.club`;
    const token = `${claim}.${signatureOf(testSecret, `unsubscribe:${claim}`)}`;
    await expect(unsubscribe(anonymous, { token, isOn: true, source: 'mail' })).rejects.toMatchObject({
      code: 'not_found',
    });
    await unsubscribe(anonymous, { token, isOn: false, source: 'one_click' });
    expect(await isOn()).toBe(false);
  });

  test.each([
    [
      'of another kind',
      (id: string) => unsubscribeTokenOf(testSecret, { customerId: id, email, topic: 'club' }),
    ],
    ['of another secret', (id: string) => preferencesTokenOf('x'.repeat(40), { customerId: id, email })],
    ['with nothing in it', () => ''],
    ['with two dots', () => '..'],
  ])('%s opens nothing', async (_what, tokenOf) => {
    const { anonymous, customerId } = await setUp();
    expect(await followPreferencesLink(anonymous, tokenOf(customerId))).toBe(null);
  });

  test('shows nobody what staff wrote down', async () => {
    const { ctx, customerId } = await setUp();
    await setPreferences(ctx, {
      ...{ customerId, basis: 'her sister said so' },
      wishes: [{ topic: 'club', channel: 'mail', isOn: false }],
    });
    const own = await getPreferences(asReader(ctx, customerId), { customerId });
    expect(JSON.stringify(own.wishes)).toContain('her sister said so');
    const { wishes } = withoutBasis(own);
    expect(JSON.stringify(wishes)).not.toContain('her sister said so');
    expect(wishes.find(({ topic }) => topic === 'club')?.said).toMatchObject({ source: 'staff' });
  });

  test('that ends a topic keeps how often it may come, and a pause that runs', async () => {
    const { ctx, anonymous, customerId, wishOf } = await setUp();
    const own = asReader(ctx, customerId);
    const pausedUntil = new Date(ctx.now() + 40 * DAY_MS).toISOString().slice(0, 10);
    const wish = { topic: 'club', channel: 'mail', isOn: true, monthMax: 2, pausedUntil } as const;
    await setPreferences(own, { customerId, wishes: [wish] });
    const token = unsubscribeTokenOf(testSecret, { customerId, email, topic: 'club' });
    await unsubscribe(anonymous, { token, isOn: false, source: 'one_click' });
    expect(await wishOf()).toMatchObject({ isOn: false, monthMax: 2, pausedUntil });
  });
});

async function setUp() {
  const shop = await openShop();
  const { customerId } = await shop.order({ email });
  const { ctx } = shop;
  const anonymous: Context = { ...ctx, actor: { kind: 'anonymous' } };
  const wishOf = async () => {
    const { wishes } = await getPreferences(asReader(ctx, customerId), { customerId });
    return wishes.find(({ topic }) => topic === 'club');
  };
  return {
    ...{ ctx, anonymous, customerId, wishOf },
    isOn: async () => (await wishOf())?.isOn,
    addOld: async () => (await shop.order({ email: 'old@example.com' })).customerId,
  };
}
