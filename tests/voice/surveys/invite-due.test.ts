import { expect, test } from 'vitest';
import { AppError } from '../../../functions/ground/platform/errors.ts';
import type {
  AskedPeople,
  SurveyDefinition,
  SurveyTrigger,
} from '../../../functions/voice/surveys/definition.ts';
import { sendSurvey } from '../../../functions/voice/surveys/send-survey.ts';
import { workSendings } from '../../../functions/voice/surveys/work-sendings.ts';
import { workSurveys } from '../../../functions/voice/surveys/work-surveys.ts';
import { DAY_MS } from '../../support/shop.ts';
import { openSurveyShop, recommendation } from './survey-shop.ts';

const on = (trigger: SurveyTrigger): SurveyDefinition => ({ ...recommendation, trigger });

async function shopWith(trigger: SurveyTrigger, asks?: AskedPeople) {
  const shop = await openSurveyShop();
  const invited = async () =>
    await shop.rows(
      'SELECT c.email, i.reason FROM survey_invitations i JOIN customers c ON c.id = i.customer_id ORDER BY 1',
    );
  return { ...shop, invited, surveyId: await shop.survey({ ...on(trigger), asks }) };
}

test('a delivery is asked about after its days, once, and only of who signed up', async () => {
  const { order, customer, ctx, clock, invited } = await shopWith({ kind: 'after_delivery', days: 3 });
  await customer('ann@example.com');
  clock.advance(DAY_MS);
  for (const email of ['ann@example.com', 'stranger@example.com']) {
    await order({ email, placedAt: new Date(clock.now()).toISOString() });
  }
  clock.advance(2 * DAY_MS);
  await workSurveys(ctx);
  expect(await invited()).toEqual([]);
  clock.advance(DAY_MS + 1000);
  await Promise.all([workSurveys(ctx), workSurveys(ctx)]);
  await workSurveys(ctx);
  expect(await invited()).toEqual([['ann@example.com', 'delivery']]);
});

test('a delivery long ago, as an import brings them, is left alone', async () => {
  const { order, customer, ctx, clock, invited } = await shopWith({ kind: 'after_delivery', days: 3 });
  await customer('ann@example.com');
  clock.advance(30 * DAY_MS);
  await order({ placedAt: new Date(clock.now() - 12 * DAY_MS).toISOString() });
  await workSurveys(ctx);
  expect(await invited()).toEqual([]);
});

test('a second delivery within the rest is not asked about', async () => {
  const { order, customer, ctx, clock, invited } = await shopWith({ kind: 'after_delivery', days: 0 });
  await customer('ann@example.com');
  for (let time = 0; time < 2; time += 1) {
    clock.advance(DAY_MS);
    await order({ placedAt: new Date(clock.now()).toISOString() });
    clock.advance(1000);
    await workSurveys(ctx);
  }
  expect(await invited()).toHaveLength(1);
});

test('a season reaches everybody who signed up, once a year', async () => {
  const { customer, ctx, clock, invited, rows } = await shopWith({ kind: 'season', on: ['03-01', '09-01'] });
  await customer('ann@example.com');
  await customer('bob@example.com');
  await workSurveys(ctx);
  await workSurveys(ctx);
  expect(await invited()).toEqual([
    ['ann@example.com', 'season'],
    ['bob@example.com', 'season'],
  ]);
  clock.advance(30 * DAY_MS);
  await workSurveys(ctx);
  expect(await rows('SELECT occasion, invited, resting FROM survey_sendings')).toEqual([
    ['season 2026-03-01', 2n, 0n],
  ]);
  clock.advance(155 * DAY_MS);
  await workSurveys(ctx);
  expect(await invited()).toHaveLength(4);
});

test('by hand it goes to who bought since a day; the same form twice sends once', async () => {
  const { customer, order, ctx, clock, staff, invited, rows, surveyId } = await shopWith({ kind: 'by_hand' });
  for (const email of ['ann@example.com', 'bob@example.com', 'eve@example.com']) await customer(email);
  await order({ email: 'ann@example.com' });
  await order({ email: 'bob@example.com', placedAt: new Date(clock.now() - 40 * DAY_MS).toISOString() });
  const asked = { surveyId, boughtSince: clock.now() - 20 * DAY_MS, key: 'form' };
  await Promise.all([sendSurvey(staff, asked), sendSurvey(staff, asked)]);
  await Promise.all([workSendings(ctx), workSendings(ctx)]);
  await workSendings(ctx);
  expect(await invited()).toEqual([['ann@example.com', 'hand']]);
  expect(await rows('SELECT finished_at IS NOT NULL FROM survey_sendings')).toEqual([[1n]]);
  await sendSurvey(staff, { surveyId, boughtSince: null, key: 'another form' });
  await workSendings(ctx);
  expect(await invited()).toHaveLength(3);
  expect(await rows('SELECT invited, resting FROM survey_sendings ORDER BY at, id DESC')).toContainEqual([
    2n,
    1n,
  ]);
});

test('where main contacts are asked, one speaks for a company, and whoever buys for themselves for that', async () => {
  const { customer, order, confirm, ctx, clock, staff, invited, surveyId } = await shopWith(
    { kind: 'by_hand' },
    'main_contact',
  );
  const names = ['ann', 'bob', 'cai', 'eve', 'mia'];
  for (const name of names) await customer(`${name}@example.com`);
  const acme = { account: 'ACME' };
  await order({ ...acme, email: 'ann@example.com' });
  await confirm(await order({ ...acme, email: 'bob@example.com' }), { isManager: false });
  await order({ ...acme, email: 'cai@example.com' });
  await order({ email: 'cai@example.com' });
  const send = async (key: string) => {
    await sendSurvey(staff, { surveyId, boughtSince: null, key });
    await workSendings(ctx);
    const all = (await invited()).map(([email]) => String(email).slice(0, 3));
    clock.advance(200 * DAY_MS);
    return all;
  };
  expect(await send('first')).toEqual(['bob', 'cai', 'eve', 'mia']);
  // Two manage it now: who has been there longest goes on speaking for it, and she has bought nothing for herself.
  await confirm(await order({ ...acme, email: 'mia@example.com' }));
  expect(await send('second')).toEqual(['bob', 'bob', 'cai', 'cai', 'eve', 'eve', 'mia']);
});

test('where main contacts are asked, their company comes before themselves, and anybody of it may have bought', async () => {
  const { customer, order, confirm, ctx, clock, staff, rows, surveyId } = await shopWith(
    { kind: 'by_hand' },
    'main_contact',
  );
  for (const name of ['ann', 'bob', 'cai']) await customer(`${name}@example.com`);
  const at = (days: number) => ({ placedAt: new Date(clock.now() - days * DAY_MS).toISOString() });
  await confirm(await order({ email: 'ann@example.com', account: 'ACME', ...at(90) }));
  await order({ email: 'bob@example.com', account: 'ACME', ...at(5) });
  await confirm(await order({ email: 'cai@example.com', account: 'Old Inc', ...at(90) }));
  for (const email of ['ann@example.com', 'cai@example.com']) await order({ email, ...at(5) });
  const asked = { surveyId, boughtSince: clock.now() - 20 * DAY_MS, key: 'form' };
  await sendSurvey(staff, asked);
  await workSendings(ctx);
  expect(
    await rows(
      `SELECT c.email, a.name FROM survey_invitations i JOIN customers c ON c.id = i.customer_id
       JOIN accounts a ON a.id = i.root_id ORDER BY 1`,
    ),
  ).toEqual([
    ['ann@example.com', 'ACME'],
    ['cai@example.com', expect.not.stringContaining('Old')],
  ]);
});

test('agents and analysts send to nobody', async () => {
  const { staff, surveyId } = await shopWith({ kind: 'by_hand' });
  for (const role of ['agent', 'analyst'] as const) {
    const actor = { kind: 'staff', id: 'x', role } as const;
    const work = sendSurvey({ ...staff, actor }, { surveyId, boughtSince: null, key: 'k' });
    await expect(work).rejects.toThrow(AppError);
  }
});

test('somebody who cannot be invited keeps nobody else waiting', async () => {
  const { order, customer, ctx, clock, invited, rows } = await shopWith({ kind: 'after_delivery', days: 0 });
  const ann = await customer('ann@example.com');
  await customer('bob@example.com');
  clock.advance(DAY_MS);
  for (const email of ['ann@example.com', 'bob@example.com'])
    await order({ email, placedAt: new Date(clock.now()).toISOString() });
  await rows('UPDATE customers SET withdrawn_at = 1 WHERE id = ? RETURNING id', ann);
  clock.advance(1000);
  await workSurveys(ctx);
  expect(await invited()).toEqual([['bob@example.com', 'delivery']]);
});
