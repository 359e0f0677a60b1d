import { expect, test } from 'vitest';
import type { Context } from '../../../functions/ground/platform/context.ts';
import { getPreferences } from '../../../functions/people/preferences/get-preferences.ts';
import { setPreferences } from '../../../functions/people/preferences/set-preferences.ts';
import { tell } from '../../../functions/people/preferences/tell.ts';
import { moneyBack } from '../../support/shop.ts';
import { ann, old, openTwice } from './two-in-one.ts';

test.each([
  ['full', 'plain'],
  ['plain', 'full'],
  [null, 'plain'],
] as const)('whoever wanted plain mail gets it: %s and %s', async (ownFormat, otherFormat) => {
  const { shop, ownId, otherId, as } = await openBoth();
  if (ownFormat !== null)
    await setPreferences(as(ownId), { customerId: ownId, format: ownFormat, weekMax: 1 });
  await setPreferences(as(otherId), { customerId: otherId, format: otherFormat, weekMax: 3 });
  shop.clock.advance(1000);
  await shop.merge();
  const { general } = await getPreferences(as(ownId), { customerId: ownId });
  expect(general.format).toBe('plain');
});

test('what reached somebody is counted once, however often they are merged', async () => {
  const { shop, ownId, otherId } = await openBoth();
  const { ctx } = shop;
  const told = { customerId: otherId, topic: 'club', channel: 'mail', isLimited: true } as const;
  expect(await tell(ctx, { id: 'one', ...told })).toEqual({ may: true });
  for (let times = 0; times < 2; times += 1) {
    shop.clock.advance(1000);
    const { id } = await shop.merge();
    shop.clock.advance(1000);
    if (times === 0) await shop.undo(id);
  }
  expect(await shop.rows(`SELECT count(*) FROM tellings WHERE customer_id = '${ownId}'`)).toEqual(['1']);
});

test('on what grounds a word about news was written down follows it, and comes back', async () => {
  const { shop, ownId, otherId } = await openBoth();
  const { ctx } = shop;
  const news = (customerId: string, isOn: boolean, basis: string) =>
    setPreferences(ctx, { customerId, wishes: [{ topic: 'news', channel: 'mail', isOn }], basis });
  const basis = () =>
    shop.rows(
      `SELECT is_given, basis FROM consents WHERE customer_id = '${ownId}' AND kind = 'news' ORDER BY id DESC LIMIT 1`,
    );
  await news(ownId, true, 'said at the till');
  shop.clock.advance(1000);
  await news(otherId, true, 'wrote it on a card');
  await news(otherId, false, 'said on the phone');
  shop.clock.advance(1000);
  const { id } = await shop.merge();
  expect(await basis()).toEqual(['0 said on the phone']);
  shop.clock.advance(1000);
  await shop.undo(id);
  expect(await basis()).toEqual(['1 said at the till']);
});

test.each([
  [true, false, false],
  [false, true, false],
  [null, true, true],
  [true, null, true],
] as const)(
  'whoever wants no offers gets none: %s and %s are %s, and come back',
  async (own, other, merged) => {
    const { shop, ownId, otherId, as } = await openBoth();
    const offers = async () => (await getPreferences(as(ownId), { customerId: ownId })).general.offers;
    await setPreferences(as(ownId), { customerId: ownId, offers: own, weekMax: 5 });
    await setPreferences(as(otherId), { customerId: otherId, offers: other, weekMax: 5 });
    shop.clock.advance(1000);
    const { id } = await shop.merge();
    expect(await offers()).toBe(merged);
    shop.clock.advance(1000);
    await shop.undo(id);
    expect(await offers()).toBe(own);
  },
);

async function openBoth() {
  const shop = await openTwice(moneyBack);
  const [own] = await shop.buys(ann, 1000);
  const [other] = await shop.buys(old, 1000);
  return {
    shop,
    ownId: own?.customerId ?? '',
    otherId: other?.customerId ?? '',
    as: (id: string): Context => ({ ...shop.ctx, actor: { kind: 'customer', id } }),
  };
}
