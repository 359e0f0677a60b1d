import { expect, test } from 'vitest';
import { verify } from '../../../functions/desk/verify/verify.ts';
import { AppError } from '../../../functions/ground/platform/errors.ts';
import { signatureOf } from '../../../functions/ground/platform/ids.ts';
import { setPolicy } from '../../../functions/money/business/policies.ts';
import { answerSurvey } from '../../../functions/voice/surveys/answer-survey.ts';
import { inviteCustomer } from '../../../functions/voice/surveys/invite-customer.ts';
import { openInvitation } from '../../../functions/voice/surveys/open-invitation.ts';
import { closeSurvey } from '../../../functions/voice/surveys/open-survey.ts';
import { invitationText } from '../../../functions/voice/surveys/token.ts';
import { workSurveys } from '../../../functions/voice/surveys/work-surveys.ts';
import { DAY_MS } from '../../support/shop.ts';
import { testSecret } from '../../support/test-context.ts';
import { openSurveyShop, recommendation, type SurveyShop } from './survey-shop.ts';

const email = 'ann@example.com';

async function invited(definition = recommendation) {
  const shop = await openSurveyShop();
  const surveyId = await shop.survey(definition);
  const customerId = await shop.customer(email);
  const { id } = await inviteCustomer(shop.staff, { surveyId, email });
  const key = { token: signatureOf(testSecret, invitationText(id)) };
  const nobody = { ...shop.ctx, actor: { kind: 'anonymous' } } as const;
  const answer = (questionId: string, text: string) =>
    answerSurvey(nobody, { key, questionId, given: new Map([[questionId, text]]), language: 'en' });
  return { ...shop, surveyId, customerId, id, key, nobody, answer };
}

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof AppError ? error.code : 'another error'),
  );

const bonuses = ({ rows }: Pick<SurveyShop, 'rows'>) =>
  rows("SELECT amount_minor, cause_kind, cause_id FROM bonuses WHERE cause_kind = 'survey'");

test('looking at the personal link, however often, answers nothing', async () => {
  const { nobody, key, rows } = await invited();
  for (let look = 0; look < 3; look += 1) {
    const view = await openInvitation(nobody, { key, questionId: null, language: 'en' });
    expect(view).toMatchObject({ state: 'open', page: { number: 1, of: 3, question: { id: 'recommend' } } });
  }
  expect(await rows('SELECT 1 FROM survey_answers')).toEqual([]);
});

test('each answer is kept, and somebody who comes back goes on behind it', async () => {
  const { nobody, key, answer, rows } = await invited();
  expect(await answer('recommend', '4')).toEqual({ ok: true, nextId: 'why' });
  const view = await openInvitation(nobody, { key, questionId: null, language: 'uk' });
  expect(view).toMatchObject({
    page: { number: 2, of: 3, question: { id: 'why' }, previousId: 'recommend' },
  });
  expect(await rows('SELECT question_id, value FROM survey_answers')).toEqual([['recommend', 4n]]);
  expect(await rows('SELECT 1 FROM survey_finishes')).toEqual([]);
});

test('the thanks are paid at the end, whatever the answers, once', async () => {
  const shop = await invited();
  const { answer, id } = shop;
  await answer('recommend', '0');
  await answer('why', '');
  expect(await bonuses(shop)).toEqual([]);
  expect(await answer('taste', 'tea')).toEqual({ ok: true, nextId: null });
  expect(await bonuses(shop)).toEqual([[200n, 'survey', id]]);
  expect(await codeOf(answer('taste', 'coffee'))).toBe('survey_finished');
  expect(await bonuses(shop)).toHaveLength(1);
  expect((await verify(shop.ctx)).differences).toBe(0);
});

test('twenty sends of the last page at once pay once', async () => {
  const shop = await invited();
  await shop.answer('recommend', '9');
  const ends = await Promise.all(Array.from({ length: 20 }, () => codeOf(shop.answer('taste', 'tea'))));
  expect(ends.filter((end) => end === 'done').length).toBeGreaterThanOrEqual(1);
  expect(new Set(ends)).toEqual(new Set(['done', 'survey_finished']));
  expect(await bonuses(shop)).toHaveLength(1);
  expect(await shop.rows('SELECT 1 FROM survey_finishes')).toHaveLength(1);
});

test('verify finds an answer whose thanks were not paid', async () => {
  const shop = await invited();
  await shop.ctx.db.write([
    {
      sql: `INSERT INTO survey_finishes SELECT id, survey_id, customer_id, root_id, NULL, 'en', at FROM survey_invitations`,
      args: [],
    },
  ]);
  expect((await verify(shop.ctx)).differences).toBe(1);
});

test('answers to questions that are no longer asked are left out', async () => {
  const { answer, rows } = await invited();
  await answer('recommend', '3');
  await answer('why', 'Cold tea');
  expect(await answer('recommend', '10')).toEqual({ ok: true, nextId: 'taste' });
  await answer('taste', '');
  expect(await rows('SELECT question_id, value, text FROM survey_answers')).toEqual([
    ['recommend', 10n, null],
  ]);
});

test.each([
  ['recommend', '', 'missing'],
  ['recommend', '11', 'unknown'],
  ['recommend', '-1', 'unknown'],
  ['recommend', '9.5', 'unknown'],
  ['taste', 'cocoa', 'unknown'],
])('%s is not answered by "%s"', async (questionId, text, reason) => {
  const { answer, rows } = await invited();
  expect(await answer(questionId, text)).toEqual({ ok: false, problems: [{ id: questionId, reason }] });
  expect(await rows('SELECT 1 FROM survey_answers')).toEqual([]);
});

test('a finished questionnaire is frozen in the database', async () => {
  const { answer, ctx } = await invited();
  await answer('recommend', '9');
  await answer('taste', 'tea');
  for (const sql of [
    "UPDATE survey_answers SET text = 'coffee' WHERE question_id = 'taste'",
    'DELETE FROM survey_answers',
    'UPDATE survey_finishes SET at = 0',
    'DELETE FROM survey_finishes',
    'DELETE FROM survey_invitations',
  ]) {
    await expect(ctx.db.write([{ sql, args: [] }])).rejects.toThrow(/refused/);
  }
});

test('only the invited person opens it without the link', async () => {
  const { as, customer, customerId, id } = await invited();
  const open = (who: string) =>
    codeOf(openInvitation(as(who), { key: { invitationId: id }, questionId: null, language: 'en' }));
  expect(await open(customerId)).toBe('done');
  expect(await open(await customer('bob@example.com'))).toBe('not_found');
});

test('no token is at rest, and a wrong one opens nothing', async () => {
  const { nobody, key, ctx, rows } = await invited();
  const wrong = { token: `${key.token.slice(0, -2)}AA` };
  expect(await codeOf(openInvitation(nobody, { key: wrong, questionId: null, language: 'en' }))).toBe(
    'not_found',
  );
  const kept = [...(await rows('SELECT * FROM survey_invitations')), ...(await rows('SELECT * FROM outbox'))];
  expect(kept.flat().map(String).join('\n')).not.toContain(key.token);
  expect(ctx.config.secret).toBe(testSecret);
});

test('one person is left alone for the rest period, counted by invitation, across surveys', async () => {
  const { staff, survey, clock } = await invited();
  const other = await survey();
  const again = () => codeOf(inviteCustomer(staff, { surveyId: other, email }));
  clock.advance(59 * DAY_MS);
  expect(await again()).toBe('survey_resting');
  clock.advance(2 * DAY_MS);
  expect(await again()).toBe('done');
});

test('the database keeps the rest, whoever writes', async () => {
  const { ctx, staff } = await invited();
  const copy = (days: number) =>
    ctx.db.write([
      {
        sql: `INSERT INTO survey_invitations SELECT 'x${days}', survey_id, version, customer_id, root_id, reason, 'x${days}',
          'x${days}', incentive_minor, currency, is_regular, is_member, at + ${days * DAY_MS}, actor FROM survey_invitations LIMIT 1`,
        args: [],
      },
    ]);
  await expect(copy(59)).rejects.toThrow('survey_rest');
  await setPolicy(staff, 'surveyRestDays', '30');
  await copy(31);
});

test('a hundred invitations of one person at once are one', async () => {
  const shop = await openSurveyShop();
  const surveys = await Promise.all([shop.survey(), shop.survey()]);
  await shop.customer(email);
  const ends = await Promise.all(
    Array.from({ length: 40 }, (_, i) =>
      codeOf(inviteCustomer(shop.staff, { surveyId: surveys[i % 2] ?? '', email })),
    ),
  );
  expect(ends.filter((end) => end === 'done')).toHaveLength(1);
  expect(await shop.rows("SELECT 1 FROM outbox WHERE template = 'survey_invitation'")).toHaveLength(1);
});

test('a closed survey takes no more answers', async () => {
  const { answer, staff, surveyId, nobody, key } = await invited();
  await answer('recommend', '9');
  await closeSurvey(staff, { id: surveyId });
  expect(await codeOf(answer('taste', 'tea'))).toBe('survey_not_open');
  const view = await openInvitation(nobody, { key, questionId: null, language: 'en' });
  expect(view.state).toBe('closed');
});

test('a low answer opens one case with what was written', async () => {
  const { answer, ctx, rows } = await invited();
  await answer('recommend', '2');
  await answer('why', 'Cold tea');
  await answer('taste', 'tea');
  await workSurveys(ctx);
  await workSurveys(ctx);
  const cases = await rows(
    'SELECT f.kind, f.text, c.state FROM feedback f JOIN cases c ON c.feedback_id = f.id',
  );
  expect(cases).toEqual([['survey', 'How likely?\n2\n\nWhat disappointed you?\nCold tea', 'open']]);
});

test('a good answer opens none', async () => {
  const { answer, ctx, rows } = await invited();
  await answer('recommend', '7');
  await answer('taste', 'tea');
  await workSurveys(ctx);
  expect(await rows('SELECT 1 FROM feedback')).toEqual([]);
});

test('without a promise the answer still leaves its trace', async () => {
  const shop = await invited({ ...recommendation, incentive: null });
  await shop.answer('recommend', '9');
  await shop.answer('taste', '');
  expect(await bonuses(shop)).toEqual([]);
  const kinds = (await shop.rows('SELECT kind FROM history ORDER BY seq')).flat();
  expect(kinds).toEqual(expect.arrayContaining(['survey_invited', 'survey_answered']));
});
