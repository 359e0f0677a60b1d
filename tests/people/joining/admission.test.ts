import { expect, test } from 'vitest';
import { type Admission, type Applicant, admissionOf } from '../../../functions/people/joining/admission.ts';
import { isBirthday, nextQuestion, questions } from '../../../functions/people/joining/questions.ts';

const stranger: Applicant = { isKnown: false, invitedBy: 'nobody', request: 'none' };
const rows: [policy: 'open' | 'invitation' | 'approval', Partial<Applicant>, Admission][] = [
  ['open', {}, 'welcome'],
  ['open', { request: 'declined' }, 'welcome'],
  ['invitation', {}, 'uninvited'],
  ['invitation', { isKnown: true }, 'welcome'],
  ['invitation', { invitedBy: 'member' }, 'welcome'],
  ['invitation', { invitedBy: 'staff' }, 'welcome'],
  ['invitation', { request: 'approved' }, 'welcome'],
  ['invitation', { request: 'waiting' }, 'uninvited'],
  ['approval', {}, 'asks'],
  ['approval', { isKnown: true }, 'welcome'],
  ['approval', { invitedBy: 'member' }, 'asks'],
  ['approval', { invitedBy: 'staff' }, 'welcome'],
  ['approval', { request: 'waiting' }, 'waiting'],
  ['approval', { request: 'declined' }, 'declined'],
  ['approval', { request: 'declined', isKnown: true }, 'welcome'],
  ['approval', { request: 'approved' }, 'welcome'],
];

test.each(rows)('%s, %j: %s', (policy, facts, admission) => {
  expect(admissionOf(policy, { ...stranger, ...facts })).toBe(admission);
});

test('asks one question a day, each once, answered or not', () => {
  const day = 24 * 3_600_000;
  expect(nextQuestion(questions, [], 0)).toBe('why');
  const why = { question: 'why', answer: null, at: 0 } as const;
  expect(nextQuestion(questions, [why], day - 1)).toBeNull();
  expect(nextQuestion(questions, [why], day)).toBe('interests');
  const all = (['why', 'interests', 'birthday', 'language', 'address_form'] as const).map((question) => ({
    question,
    answer: 'x',
    at: 0,
  }));
  expect(nextQuestion(questions, all, 400 * day)).toBeNull();
});

test.each([
  ['02-29', true],
  ['02-30', false],
  ['12-31', true],
  ['04-31', false],
  ['00-10', false],
  ['13-01', false],
  ['1-1', false],
  ['05-00', false],
])('%s as a birthday: %s', (text, isOne) => {
  expect(isBirthday(text)).toBe(isOne);
});
