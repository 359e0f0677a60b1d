import { expect, test } from 'vitest';
import { AppError } from '../../../functions/ground/platform/errors.ts';
import { type Question, surveyDefinition } from '../../../functions/voice/surveys/definition.ts';
import { inviteCustomer } from '../../../functions/voice/surveys/invite-customer.ts';
import { mostQuestions, questionsOnPath } from '../../../functions/voice/surveys/path.ts';
import { saveSurvey } from '../../../functions/voice/surveys/save-survey.ts';
import { startingTopics, surveyTemplate, templateNames } from '../../../functions/voice/surveys/templates.ts';
import { openSurveyShop, recommendation } from './survey-shop.ts';

const codesOf = (definition: unknown) => {
  const parsed = surveyDefinition.safeParse(definition);
  return parsed.success ? [] : parsed.error.issues.map(({ path }) => path.join('.'));
};

const text = { en: 'Why?' };
const more = (id: string, showIf: Question['showIf'] = null): Question => ({
  ...{ id, kind: 'text', text, hint: {}, isRequired: false, showIf },
});
const withQuestions = (...questions: Question[]) => ({ ...recommendation, questions });
const [first] = recommendation.questions;
const nps: Question = first ?? more('none');

test.each(templateNames)('the template %s is a survey', (name) => {
  const definition = surveyTemplate(name, { business: 'Fern & Kettle', topics: startingTopics() });
  expect(codesOf(definition)).toEqual([]);
});

test.each([
  ['two questions of one id', withQuestions(nps, more('recommend')), ['questions.1.id']],
  [
    'a condition on a later question',
    withQuestions(more('a', { question: 'recommend', from: 0, to: 6 }), nps),
    ['questions.0.showIf'],
  ],
  [
    'a condition on itself',
    withQuestions(more('a', { question: 'a', from: 0, to: 6 })),
    ['questions.0.showIf'],
  ],
  [
    'a range outside of the scale',
    withQuestions(nps, more('a', { question: 'recommend', from: 0, to: 11 })),
    ['questions.1.showIf'],
  ],
  [
    'a range turned round',
    withQuestions(nps, more('a', { question: 'recommend', from: 6, to: 0 })),
    ['questions.1.showIf'],
  ],
  [
    'options of a scale',
    withQuestions(nps, more('a', { question: 'recommend', oneOf: ['tea'] })),
    ['questions.1.showIf'],
  ],
  [
    'a condition on free words',
    withQuestions(more('a'), more('b', { question: 'a', from: 0, to: 1 })),
    ['questions.1.showIf'],
  ],
  [
    'thirteen questions',
    withQuestions(...Array.from({ length: 13 }, (_, i) => more(`q${i}`))),
    ['questions'],
  ],
  ['no question', withQuestions(), ['questions']],
  [
    'a condition on trust, which has several scales',
    withQuestions({ ...more('a'), kind: 'trust' }, more('b', { question: 'a', from: 1, to: 7 })),
    ['questions.1.showIf'],
  ],
  [
    'two statements of one id',
    withQuestions({
      ...more('a'),
      ...{
        kind: 'commitment',
        statements: [
          { id: 's', text },
          { id: 's', text },
        ],
      },
    }),
    ['questions.0.statements'],
  ],
  [
    'commitment without statements',
    withQuestions({ ...more('a'), kind: 'commitment', statements: [] }),
    ['questions.0.statements'],
  ],
  [
    'thirteen topics',
    withQuestions({
      ...more('a'),
      ...{ kind: 'topics', topics: Array.from({ length: 13 }, (_, i) => ({ id: `t${i}`, text })) },
    }),
    ['questions.0.topics'],
  ],
  ['a question without words', withQuestions({ ...nps, text: { en: ' ' } }), ['questions.0.text']],
  [
    'a season on the 30th',
    { ...recommendation, trigger: { kind: 'season', on: ['02-30'] } },
    ['trigger.on.0'],
  ],
])('%s is refused', (_, definition, paths) => {
  expect(codesOf(definition)).toEqual(paths);
});

test('the path follows the answers, also of questions that are hidden themselves', () => {
  const chain = withQuestions(
    nps,
    { ...more('b', { question: 'recommend', from: 0, to: 6 }), kind: 'satisfaction' },
    more('c', { question: 'b', from: 1, to: 2 }),
  );
  const ids = (answers: [string, number][]) => questionsOnPath(chain, new Map(answers)).map(({ id }) => id);
  expect(ids([])).toEqual(['recommend']);
  expect(ids([['recommend', 6]])).toEqual(['recommend', 'b']);
  expect(
    ids([
      ['recommend', 6],
      ['b', 1],
    ]),
  ).toEqual(['recommend', 'b', 'c']);
  expect(
    ids([
      ['recommend', 7],
      ['b', 1],
    ]),
  ).toEqual(['recommend']);
  expect(mostQuestions(chain, new Map())).toBe(3);
  expect(mostQuestions(chain, new Map([['recommend', 9]]))).toBe(1);
});

test('a version somebody was invited to stays, and the next takes its place', async () => {
  const { survey, customer, staff, rows, ctx } = await openSurveyShop();
  const id = await survey();
  const save = (en: string) => saveSurvey(staff, { id, definition: { ...recommendation, title: { en } } });
  await save('First wording');
  expect(await rows('SELECT version FROM survey_versions')).toEqual([[1n]]);
  await customer('ann@example.com');
  await inviteCustomer(staff, { surveyId: id, email: 'ann@example.com' });
  await save('Second wording');
  await save('Third wording');
  expect(await rows("SELECT version, json_extract(definition, '$.title.en') FROM survey_versions")).toEqual([
    [1n, 'First wording'],
    [2n, 'Third wording'],
  ]);
  const sql = "UPDATE survey_versions SET definition = '{}' WHERE version = 1";
  await expect(ctx.db.write([{ sql, args: [] }])).rejects.toThrow('survey_version_frozen');
});

test.each([
  [
    'a question of another kind under the same id',
    { ...recommendation, questions: [{ ...nps, kind: 'effort' }] },
    'validation_failed',
  ],
  ['thanks of nothing', { ...recommendation, incentive: '0' }, 'validation_failed'],
  ['thanks finer than the currency', { ...recommendation, incentive: '1.005' }, 'validation_failed'],
])('%s is not saved', async (_, definition, code) => {
  const { survey, staff } = await openSurveyShop();
  const id = await survey();
  const said = await saveSurvey(staff, { id, definition }).catch((error: unknown) => error);
  expect(said instanceof AppError && said.code).toBe(code);
});
