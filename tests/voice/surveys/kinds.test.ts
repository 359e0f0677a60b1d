import { expect, test } from 'vitest';
import { AppError } from '../../../functions/ground/platform/errors.ts';
import { answerSurvey } from '../../../functions/voice/surveys/answer-survey.ts';
import { checkAnswer } from '../../../functions/voice/surveys/check-answer.ts';
import type { Question, SurveyDefinition } from '../../../functions/voice/surveys/definition.ts';
import { getResults, listWords } from '../../../functions/voice/surveys/get-results.ts';
import { getSurvey } from '../../../functions/voice/surveys/get-survey.ts';
import { inviteCustomer } from '../../../functions/voice/surveys/invite-customer.ts';
import { pageOf } from '../../../functions/voice/surveys/questionnaire.ts';
import { createSurvey, saveSurvey } from '../../../functions/voice/surveys/save-survey.ts';
import { listTopics, saveTopics } from '../../../functions/voice/surveys/topics.ts';
import { openSurveyShop, recommendation } from './survey-shop.ts';

const base = { text: { en: 'How?' }, hint: {}, isRequired: true, showIf: null };
const statements = [
  { id: 'keeps', text: { en: 'They keep their word.' } },
  { id: 'knows', text: { en: 'They know their trade.' } },
];
const trust: Question = { id: 'trust', kind: 'trust', ...base, statements };
const wants: Question = {
  ...{ id: 'wants', kind: 'topics', ...base, isRequired: false },
  topics: [{ id: 'price', text: {} }],
};
const need: Question = { id: 'need', kind: 'need', ...base };
const asking = (...questions: Question[]): SurveyDefinition => ({
  ...recommendation,
  incentive: null,
  questions,
});

const given = (answers: Record<string, string>) => new Map(Object.entries(answers));
const read = (question: Question, answers: Record<string, string>) => {
  const checked = checkAnswer(question, given(answers));
  return checked.ok
    ? Object.fromEntries(checked.answers)
    : checked.problems.map(({ id, reason }) => `${id} ${reason}`);
};

test.each<[string, Question, Record<string, string>, unknown]>([
  [
    'both statements',
    trust,
    { 'trust.keeps': '1', 'trust.knows': '7' },
    { 'trust.keeps': 1, 'trust.knows': 7 },
  ],
  ['a statement left out', trust, { 'trust.keeps': '1' }, ['trust.knows missing']],
  [
    'beyond the scale',
    trust,
    { 'trust.keeps': '8', 'trust.knows': '0' },
    ['trust.keeps unknown', 'trust.knows unknown'],
  ],
  ['how much a topic matters alone', wants, { 'wants.price.want': '5' }, { 'wants.price.want': 5 }],
  ['a topic on another scale', wants, { 'wants.price.get': '6' }, ['wants.price.get unknown']],
  [
    'a share and who else',
    need,
    { 'need.percent': '100', 'need.others': 'Bean & Co' },
    { 'need.percent': 100, 'need.others': 'Bean & Co' },
  ],
  ['a share alone', need, { 'need.percent': '0' }, { 'need.percent': 0 }],
  ['a share between the tens', need, { 'need.percent': '55' }, ['need.percent unknown']],
  [
    'who else in more than 500 characters',
    need,
    { 'need.percent': '10', 'need.others': 'x'.repeat(501) },
    ['need.others too_long'],
  ],
])('reads %s', (_, question, answers, expected) => {
  expect(read(question, answers)).toEqual(expected);
});

test('trust that was asked before statements could be worded still asks all six', () => {
  const { statements: _, ...old } = { ...trust, statements: undefined };
  const page = pageOf(asking(old), new Map(), { language: 'en', questionId: null });
  expect(page?.question?.parts.map(({ id }) => id)).toEqual(
    ['integrity', 'competence', 'care', 'attachment', 'continuity', 'worth'].map((one) => `trust.${one}`),
  );
});

test('who comes back behind a share goes on, though they told nobody else', () => {
  const definition = asking(need, { ...trust, id: 'later' });
  const page = pageOf(definition, new Map([['need.percent', 40]]), { language: 'en', questionId: null });
  expect(page?.question?.id).toBe('later');
});

test('results tell statements, both sides of a topic, the share; who else is among the words', async () => {
  const shop = await openSurveyShop();
  const surveyId = await shop.survey(asking(trust, wants, need));
  for (const index of [0, 1, 2, 3, 4]) {
    const email = `c${index}@example.com`;
    const id = await shop.customer(email);
    const { id: invitationId } = await inviteCustomer(shop.staff, { surveyId, email });
    const answers = {
      ...{ 'trust.keeps': '6', 'trust.knows': '2', 'wants.price.want': '5', 'wants.price.get': '3' },
      ...{ 'need.percent': index === 0 ? '50' : '100', 'need.others': index === 0 ? 'Bean & Co' : '' },
    };
    for (const questionId of ['trust', 'wants', 'need'])
      await answerSurvey(shop.as(id), {
        key: { invitationId },
        questionId,
        given: given(answers),
        language: 'en',
      });
  }
  const { questions, finished } = await getResults(shop.staff, { id: surveyId, segment: 'everyone' });
  expect(finished).toBe(5);
  expect(questions.map(({ id, figure }) => [id, figure?.value])).toEqual([
    ['trust.keeps', 6],
    ['trust.knows', 2],
    ['wants.price.want', 5],
    ['wants.price.get', 3],
    ['need.percent', 90],
  ]);
  expect(questions[0]?.text).toEqual({ en: 'They keep their word.' });
  expect(await listWords(shop.staff, { id: surveyId, segment: 'everyone' })).toMatchObject([
    { questionId: 'need.others', text: 'Bean & Co' },
  ]);
});

test('the list of topics words the questions about them, keeps ids, and retires', async () => {
  const { staff, rows } = await openSurveyShop();
  const first = await listTopics(staff);
  expect(first.map(({ id }) => id)).toContain('price');
  const kept = first.filter(({ id }) => id === 'price' || id === 'range');
  const topics = [...kept.toReversed(), { id: null, text: { en: 'Opening hours', uk: 'Години роботи' } }];
  await saveTopics(staff, { topics });
  const after = await listTopics(staff);
  expect(after.map(({ text }) => text.en)).toEqual([
    'Price for what you get',
    'Choice of goods',
    'Opening hours',
  ]);
  expect(await rows("SELECT count(*) FROM audit_log WHERE act = 'topics.saved'")).toEqual([[1n]]);
  const id = await createSurvey(staff, { template: 'wants' });
  const { definition } = await getSurvey(staff, { id });
  const [asked] = definition.questions;
  expect(asked?.kind === 'topics' && asked.topics).toEqual(after);
  await saveTopics(staff, { topics: [{ id: 'price', text: { en: 'Prices' } }] });
  await saveSurvey(staff, { id, definition: asking(wants) });
  const reworded = (await getSurvey(staff, { id })).definition.questions[0];
  expect(reworded?.kind === 'topics' && reworded.topics).toEqual([{ id: 'price', text: { en: 'Prices' } }]);
  expect((await listTopics(staff)).map(({ id: one }) => one)).toEqual(['price']);
});

test.each([
  [
    'a topic that was never there',
    async ({ staff }: Shop) => saveTopics(staff, { topics: [{ id: 'none', text: { en: 'x' } }] }),
    'validation_failed',
  ],
  [
    'a topic without words',
    async ({ staff }: Shop) => saveTopics(staff, { topics: [{ id: null, text: { en: ' ' } }] }),
    'validation_failed',
  ],
  [
    'an agent',
    async ({ staff }: Shop) =>
      saveTopics({ ...staff, actor: { kind: 'staff', id: 'a', role: 'agent' } }, { topics: [] }),
    'forbidden',
  ],
  [
    'a question about a topic that was never there',
    async ({ staff, survey }: Shop) => {
      const id = await survey();
      await saveSurvey(staff, { id, definition: asking({ ...wants, topics: [{ id: 'none', text: {} }] }) });
    },
    'validation_failed',
  ],
])('refuses %s', async (_, act, code) => {
  const told = await act(await openSurveyShop()).catch((error: unknown) => error);
  expect(told instanceof AppError && told.code).toBe(code);
});

type Shop = Awaited<ReturnType<typeof openSurveyShop>>;
