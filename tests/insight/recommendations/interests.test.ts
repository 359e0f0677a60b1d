import { describe, expect, it, test } from 'vitest';
import {
  interestsIn,
  matchInterests,
  termsOfProduct,
} from '../../../functions/insight/recommendations/interests.ts';
import { listOwnRecommendations } from '../../../functions/insight/recommendations/list-own-recommendations.ts';
import { listRecommendations } from '../../../functions/insight/recommendations/list-recommendations.ts';
import { setRecommendationWish } from '../../../functions/insight/recommendations/wishes.ts';
import { rebuildProducts } from '../../../functions/insight/recommendations/work-on-products.ts';
import { setPolicy } from '../../../functions/money/business/policies.ts';
import { answerQuestion } from '../../../functions/people/joining/answer-question.ts';
import { defineOwnField } from '../../../functions/people/own-fields/define-own-field.ts';
import { setOwnValues } from '../../../functions/people/own-fields/set-own-values.ts';
import { importOrders } from '../../../functions/reach/imports/on-node/by-path.ts';
import { aFile } from '../../reach/imports/import-file.ts';
import { moneyBack, openShop, type Shop } from '../../support/shop.ts';

describe('what somebody says they like', () => {
  const match = (said: string, product: { name: string; category?: string }, common: string[] = []) =>
    matchInterests(
      interestsIn([said]),
      new Set(termsOfProduct({ category: null, ...product })),
      new Set(common),
    );

  it.each([
    ['the whole of it', 'filter coffee, green tea', { name: 'Green tea, 100 g' }, 'green tea', 1],
    ['a part of it, for half as much', 'green tea', { name: 'Sencha', category: 'Tea' }, 'tea', 0.5],
    ['the whole of one thing before a part of another', 'green tea; tea', { name: 'Assam tea' }, 'tea', 1],
    ['one of several', 'Teas', { name: 'Sencha', category: 'tea' }, 'Teas', 1],
    ['several of one', 'berry', { name: 'Dried berries' }, 'berry', 1],
    ['another case', 'люблю зелений чай', { name: 'Набір зеленого чаю' }, 'зелений чай', 0.5],
    ['a Ukrainian word in another case', 'кава', { name: 'До кави' }, 'кава', 1],
    ['what stands before a refusal', 'tea but no herbs', { name: 'Herbs tea' }, 'tea', 1],
    ['a part before one that refuses', 'green tea, no decaf', { name: 'Green tea' }, 'green tea', 1],
    ['another sentence', 'Allergic to nuts. Tea', { name: 'Tea' }, 'Tea', 1],
    ['another sentence in Ukrainian', 'Алергія на мед; чай', { name: 'Чай' }, 'чай', 1],
  ])('is met by %s', (_, said, product, told, weight) => {
    expect(match(said, product)).toEqual({ said: told, weight });
  });

  it.each([
    ['what they refuse', 'anything without sugar', { name: 'Sugar' }],
    ['what they are allergic to', 'I am allergic to nuts', { name: 'Nuts' }],
    ['an allergy that is named last', 'Green tea. Nuts (allergy)', { name: 'Nuts' }],
    ['any of several allergies', 'Allergies: milk, nuts & eggs', { name: 'Nuts' }],
    ['allergies on the next line', 'My allergies:\nnuts', { name: 'Nuts' }],
    ['what they do not bear', 'lactose intolerance, milk', { name: 'Whole milk' }],
    ['what somebody hates', 'hates coffee', { name: 'Coffee' }],
    ['what they disliked', 'Coffee disliked', { name: 'Coffee' }],
    ['what a thing is to be free of', 'Lactose-free milk', { name: 'Whole milk' }],
    ['what a thing is free of, in two words', 'sugar free', { name: 'Sugar' }],
    ['what they want less of', 'less sugar', { name: 'Sugar' }],
    ['the rest of a list of refusals', 'no nuts, milk or eggs', { name: 'Milk' }],
    ['what they do not want, before the word', 'nuts never', { name: 'Nuts' }],
    ['what they cannot have', "I can't have nuts", { name: 'Nuts' }],
    ['an allergy in Ukrainian', 'Алергія на горіхи', { name: 'Горіхи' }],
    ['an allergy in Ukrainian that is named last', 'горіхи — алергія', { name: 'Горіхи' }],
    ['what is not borne in Ukrainian', 'непереносимість молока', { name: 'Молоко' }],
    ['what is hated in Ukrainian', 'Ненавиджу каву', { name: 'Кава' }],
    ['none of it in Ukrainian', 'жодного цукру', { name: 'Цукор, цукру' }],
    ['less of it in Ukrainian', 'поменше цукру', { name: 'Цукор, цукру' }],
    ['without it in Ukrainian', 'без молока', { name: 'Молоко' }],
    ['all but this in Ukrainian', 'усе, крім кави', { name: 'Кава' }],
    ['what they refuse in Ukrainian', 'чай, але не трав’яний', { name: 'Збір трав’яний' }],
    ['words that say nothing', 'something for me and you', { name: 'A thing for you' }],
    ['numbers', '100', { name: 'Papers, 100' }],
    ['the beginning of another word', 'tea', { name: 'Cast-iron teapot' }],
  ])('is not met by %s', (_, said, product) => {
    expect(match(said, product)).toBeNull();
  });

  it('is not met by what most products are called', () => {
    expect(match('green tea', { name: 'Earl Grey tea' }, ['tea'])).toBeNull();
    expect(match('green tea', { name: 'Green tea' }, ['tea'])).toEqual({ said: 'green tea', weight: 1 });
  });
});

/** Six accounts bought each of six things alone, so that no two go together. */
async function openShelf(): Promise<Shop> {
  const shop = await openShop(moneyBack);
  const things = ['Sencha', 'Assam', 'Espresso', 'House blend', 'Mug', 'Kettle'];
  const category = (n: number) => (n < 2 ? 'Tea' : n < 4 ? 'Coffee' : 'Equipment');
  const rows = things.flatMap((name, n) =>
    Array.from(
      { length: 6 },
      (_, who) => `${n}-${who},2026-01-15,c${n}${who}@example.com,EUR,${name},${category(n)},5.00`,
    ),
  );
  const header = 'order_number,placed_at,customer_email,currency,product,category,line_total';
  await importOrders(shop.ctx, { path: aFile([header, ...rows].join('\n')) });
  await rebuildProducts(shop.ctx);
  return shop;
}

test('is recommended with the reason to who wishes it, and to the team, who sees no more than it may', async () => {
  const shop = await openShelf();
  const { customerId } = await shop.order({
    lines: [{ id: '1', product: 'Sencha', total: { amount: 500, currency: 'EUR' } }],
  });
  const own = shop.as(customerId);
  const told = async (ctx = shop.ctx) =>
    (await listRecommendations(ctx, { customerId, accountId: null, limit: 5 })).items.map(
      ({ name, interest, reason }) => [name, interest, reason.code],
    );
  expect(await told()).toEqual([]);
  await answerQuestion(own, { question: 'interests', answer: 'Black tea, workshops' });
  expect(await told()).toEqual([['Assam', 'tea', 'liked']]);
  expect(await listOwnRecommendations(own, { accountId: null })).toBeNull();
  await setRecommendationWish(own, { isWanted: true });
  const shown = async () =>
    (await listOwnRecommendations(own, { accountId: null }))?.map(({ name, interest }) => [name, interest]);
  expect(await shown()).toEqual([['Assam', 'tea']]);

  const field = { key: 'wants', kind: 'text', names: { en: 'Wants', uk: 'Хоче' } } as const;
  await defineOwnField(shop.ctx, { ...field, customers: 'nothing' });
  await setOwnValues(shop.ctx, { customerId, values: { wants: 'A mug' } });
  expect(await told()).toEqual([['Assam', 'tea', 'liked']]);
  await setPolicy(shop.ctx, 'interestFields', 'wants');
  expect(await told()).toEqual([
    ['Mug', 'mug', 'liked'],
    ['Assam', 'tea', 'liked'],
  ]);
  expect(await shown()).toEqual([['Assam', 'tea']]);
  const analyst = { ...shop.ctx, actor: { kind: 'staff', id: 'a', role: 'analyst' } as const };
  expect(await told(analyst)).toEqual([]);
  await answerQuestion(own, { question: 'interests', answer: null });
  expect(await shown()).toEqual([]);
  await expect(setPolicy(shop.ctx, 'interestFields', 'Wants!')).rejects.toMatchObject({
    code: 'validation_failed',
  });
});
