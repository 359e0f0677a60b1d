import { expect, test } from 'vitest';
import { downloadOpinions } from '../../../functions/desk/console/insight/download-opinions.ts';
import type { Context } from '../../../functions/ground/platform/context.ts';
import { assert } from '../../../functions/ground/platform/errors.ts';
import { getNeed, noteNeedShare } from '../../../functions/insight/attention/need-share.ts';
import { workFacts } from '../../../functions/insight/facts/work-facts.ts';
import { getGaps, listPeopleOfTopic } from '../../../functions/insight/opinions/get-gaps.ts';
import { getOpinions } from '../../../functions/insight/opinions/get-opinions.ts';
import { listOpinions } from '../../../functions/insight/opinions/list-opinions.ts';
import { listChoices } from '../../../functions/insight/segments/list-choices.ts';
import { setAndAsk } from '../../../functions/insight/segments/set-and-ask.ts';
import { removePerson } from '../../../functions/people/households/remove-person.ts';
import { importCustomers } from '../../../functions/reach/imports/on-node/by-path.ts';
import { answerSurvey } from '../../../functions/voice/surveys/answer-survey.ts';
import type { SurveyDefinition } from '../../../functions/voice/surveys/definition.ts';
import { inviteCustomer } from '../../../functions/voice/surveys/invite-customer.ts';
import { aFile } from '../../reach/imports/import-file.ts';
import { openSurveyShop } from '../../voice/surveys/survey-shop.ts';

const DAY_MS = 86_400_000;
const base = { hint: {}, isRequired: true, showIf: null };
const text = { en: 'How?' };
const asking: SurveyDefinition = {
  ...{ title: text, intro: {}, incentive: null, trigger: { kind: 'by_hand' } },
  questions: [
    {
      id: 'trust',
      kind: 'trust',
      text,
      ...base,
      statements: [
        { id: 'a', text },
        { id: 'b', text },
      ],
    },
    { id: 'stay', kind: 'commitment', text, ...base, statements: [{ id: 'a', text }] },
    { id: 'wants', kind: 'topics', text, ...base, isRequired: false, topics: [{ id: 'price', text: {} }] },
    { id: 'need', kind: 'need', text, ...base, isRequired: false },
  ],
};

interface Told {
  trust: [number, number];
  stay: number;
  price?: [number, number];
  need?: [number, string];
}

/** A survey that was asked of people who signed up. */
async function openHouse() {
  const shop = await openSurveyShop();
  return { ...shop, surveyId: await shop.survey(asking) };
}

async function ask(shop: Awaited<ReturnType<typeof openHouse>>, email: string, told: Told): Promise<void> {
  const { id: invitationId, customerId } = await inviteCustomer(shop.staff, {
    surveyId: shop.surveyId,
    email,
  });
  const given = new Map<string, string>([
    ['trust.a', String(told.trust[0])],
    ['trust.b', String(told.trust[1])],
    ['stay.a', String(told.stay)],
    ...(told.price
      ? ([
          ['wants.price.want', String(told.price[0])],
          ['wants.price.get', String(told.price[1])],
        ] as const)
      : []),
    ...(told.need
      ? ([
          ['need.percent', String(told.need[0])],
          ['need.others', told.need[1]],
        ] as const)
      : []),
  ]);
  const own: Context = shop.as(customerId);
  for (const questionId of ['trust', 'stay', 'wants', 'need'])
    await answerSurvey(own, { key: { invitationId }, questionId, given, language: 'en' });
}

/** Ann, Ben and Cleo order for ACME, each a member by it; Dan for himself. */
async function openCompany() {
  const shop = await openHouse();
  for (const name of ['ann', 'ben', 'cleo', 'dan']) await shop.customer(`${name}@example.com`);
  const orders = await Promise.all(
    ['ann', 'ben', 'cleo'].map((name, at) =>
      shop.order({ email: `${name}@example.com`, account: 'ACME', totals: [(at + 1) * 1000] }),
    ),
  );
  const own = await shop.order({ email: 'dan@example.com', totals: [900] });
  await workFacts(shop.ctx);
  return { ...shop, acme: orders[0]?.accountId ?? '', ben: orders[1], dan: own.accountId };
}

test('each contact of a company counts once, by the newest answer, beside what it spent in the quarter', async () => {
  const shop = await openCompany();
  await ask(shop, 'ann@example.com', { trust: [7, 5], stay: 6 });
  await ask(shop, 'ben@example.com', { trust: [5, 5], stay: 2 });
  shop.clock.advance(70 * DAY_MS);
  await ask(shop, 'ann@example.com', { trust: [4, 4], stay: 6 });
  const told = await getOpinions(shop.staff, { accountId: shop.acme });
  expect(told).toMatchObject({ people: 3, asked: 2, answered: 2, account: { name: 'ACME' } });
  expect(told.kinds).toMatchObject([
    {
      kind: 'trust',
      now: { n: 2, mean: 4.5, interval: null },
      change: { n: 1, mean: -2, isBeyondNoise: null },
    },
    { kind: 'commitment', now: { n: 2, mean: 4 } },
  ]);
  const quarters = told.quarters.slice(-2);
  expect(quarters).toMatchObject([
    { quarter: '2026-Q1', trust: { n: 2, mean: 5.5 }, spendMinor: 6000n },
    { quarter: '2026-Q2', trust: { n: 1, mean: 4 }, commitment: { mean: 6 }, spendMinor: 0n },
  ]);
  const cleo = told.contacts.find(({ answers }) => answers.length === 0);
  expect(cleo).toMatchObject({ isHere: true, askedAt: null, lastOrderOn: '2026-02-28' });
});

test('who has not ordered for a year and who left are told, too', async () => {
  const shop = await openCompany();
  await ask(shop, 'ben@example.com', { trust: [3, 3], stay: 3 });
  const { ben } = shop;
  assert(ben !== undefined, 'ben ordered');
  await removePerson(shop.staff, { accountId: shop.acme, customerId: ben.customerId });
  shop.clock.advance(400 * DAY_MS);
  const told = await getOpinions(shop.staff, { accountId: shop.acme });
  expect(told).toMatchObject({ people: 2 });
  expect(told.contacts.every(({ isDormant }) => isDormant)).toBe(true);
  const { items } = await listOpinions(shop.staff, { kind: 'trust' });
  expect(items.every(({ isDormant, lastOn }) => isDormant || lastOn === null)).toBe(true);
});

test('accounts come by what their people think, the lowest first; analysts may look', async () => {
  const shop = await openCompany();
  for (const [name, trust] of [
    ['ann', 6],
    ['ben', 4],
    ['cleo', 5],
    ['dan', 2],
  ] as const)
    await ask(shop, `${name}@example.com`, { trust: [trust, trust], stay: trust });
  const analyst = { ...shop.staff, actor: { kind: 'staff', id: 'x', role: 'analyst' } } as const;
  const { items, nextCursor, noise } = await listOpinions(analyst, { kind: 'commitment' });
  expect({ nextCursor, noise }).toEqual({ nextCursor: null, noise: null });
  const acme = items.find(({ id }) => id === shop.acme);
  expect(items[0]?.now).toEqual({ n: 1, mean: 2, interval: null });
  expect(acme).toMatchObject({ now: { n: 3, mean: 5 }, people: 3, yearSpendMinor: 6000n, change: null });
  expect(acme?.now.interval?.from).toBeCloseTo(5 - 4.302653 / Math.sqrt(3), 4);
  const file = await new Response(await downloadOpinions(shop.staff, { kind: 'commitment' })).text();
  expect(file.split('\n').filter((line) => line.startsWith('ACME,'))).toEqual([
    expect.stringMatching(/^ACME,company,5,3,3,2.52,7,.*,EUR,60\.00\r?$/),
  ]);
  expect(await new Response(await downloadOpinions(analyst, { kind: 'commitment' })).text()).not.toContain(
    'ACME',
  );
  const customer = shop.as(shop.ben?.customerId ?? '');
  await expect(listOpinions(customer, { kind: 'trust' })).rejects.toMatchObject({ code: 'forbidden' });
});

test('the gap is told of five people, in pairs, and by type of account', async () => {
  const shop = await openCompany();
  for (const name of ['ann', 'ben', 'cleo'])
    await ask(shop, `${name}@example.com`, { trust: [5, 5], stay: 5, price: [5, 3] });
  await ask(shop, 'dan@example.com', { trust: [5, 5], stay: 5, price: [4, 4] });
  expect(await getGaps(shop.staff)).toMatchObject([{ topicId: 'price', want: null, gap: null }]);
  await shop.customer('eve@example.com');
  await ask(shop, 'eve@example.com', { trust: [5, 5], stay: 5, price: [5, 2] });
  const [price] = await getGaps(shop.staff);
  expect(price).toMatchObject({
    text: { en: 'Price for what you get' },
    want: { n: 5, mean: 4.8 },
    get: { mean: 3 },
    gap: { mean: 1.8 },
  });
  expect(price?.weight).toBeCloseTo(4.8 * 1.8, 9);
  const people = async (type: 'company' | 'personal') =>
    (await listPeopleOfTopic(shop.staff, { topicId: 'price', page: 1, type })).items.map(({ want, get }) => [
      want,
      get,
    ]);
  expect(await people('company')).toEqual([
    [5, 3],
    [5, 3],
    [5, 3],
  ]);
  expect((await people('personal'))[0]).toEqual([5, 2]);
  await expect(listPeopleOfTopic(shop.staff, { topicId: 'none', page: 1 })).rejects.toMatchObject({
    code: 'not_found',
  });
});

test('gaps of a segment are for those who may ask what it asks', async () => {
  const shop = await openCompany();
  await ask(shop, 'ann@example.com', { trust: [5, 5], stay: 5, price: [5, 3] });
  const kept = {
    soon: { field: 'customer.birthday', operator: '<=', value: 366 },
    all: { field: 'orders.count', operator: '>=', value: 1 },
  };
  for (const [id, rule] of Object.entries(kept))
    await setAndAsk(shop.staff, {
      id,
      name: null,
      definition: { combinator: 'and', not: false, rules: [rule] },
    });
  const analyst = { ...shop.staff, actor: { kind: 'staff', id: 'x', role: 'analyst' } } as const;
  const key = { ...shop.staff, actor: { kind: 'key', id: 'k', scopes: ['feedback:read'] } } as const;
  for (const ctx of [analyst, key]) {
    await expect(getGaps(ctx, { segment: 'soon' })).rejects.toMatchObject({ code: 'forbidden' });
    expect(await getGaps(ctx, { segment: 'all' })).toHaveLength(1);
  }
  const people = { topicId: 'price', page: 1 };
  await expect(listPeopleOfTopic(analyst, { ...people, segment: 'soon' })).rejects.toMatchObject({
    code: 'forbidden',
  });
  expect((await listPeopleOfTopic(analyst, { ...people, segment: 'all' })).items).toHaveLength(1);
  expect((await listPeopleOfTopic(shop.staff, { ...people, segment: 'soon' })).items).toEqual([]);
  await expect(getGaps(shop.staff, { segment: 'none' })).rejects.toMatchObject({ code: 'not_found' });
  const choices = async (ctx: Context) => (await listChoices(ctx)).map(({ id }) => id);
  expect(await choices(analyst)).toEqual(['all']);
  expect(await choices(shop.staff)).toEqual(expect.arrayContaining(['all', 'soon']));
});

test('of more people than are listed all are counted', async () => {
  const shop = await openCompany();
  await ask(shop, 'ann@example.com', { trust: [5, 5], stay: 5 });
  const rows = Array.from({ length: 520 }, (_, at) => `m${at}@example.com,ACME`);
  await importCustomers(shop.ctx, { path: aFile(['email,account', ...rows, ''].join('\n')) });
  const { people, asked, contacts } = await getOpinions(shop.staff, { accountId: shop.acme });
  expect({ people, asked, listed: contacts.length }).toEqual({ people: 523, asked: 1, listed: 500 });
});

test('a share of need told in a survey stands in the same record as what staff noted', async () => {
  const shop = await openCompany();
  await noteNeedShare(shop.staff, { accountId: shop.acme, percent: 40, others: 'Bean & Co', key: 'k' });
  shop.clock.advance(DAY_MS);
  await ask(shop, 'ann@example.com', { trust: [5, 5], stay: 5, need: [60, 'The supermarket'] });
  expect((await getNeed(shop.staff, { accountId: shop.acme })).shares).toMatchObject([
    { day: '2026-03-02', percent: 60, others: 'The supermarket', source: 'survey', by: 'Ann Lee' },
    { day: '2026-03-01', percent: 40, others: 'Bean & Co', source: 'staff' },
  ]);
});
