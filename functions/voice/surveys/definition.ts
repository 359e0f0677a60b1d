import { z } from 'zod';
import { freeText, issue } from '../../ground/platform/input.ts';

/**
 * What a survey is, as data: at most a dozen questions, each shown always or after certain earlier answers; when it is
 * sent; what is given for an answer, whatever the answer. Texts are by language.
 */

export const questionKinds = ['nps', 'satisfaction', 'effort', 'trust', 'choice', 'text'] as const;
export type QuestionKind = (typeof questionKinds)[number];

/** The steps of each kind's scale, both ends included. */
export const scales = {
  nps: { from: 0, to: 10 },
  satisfaction: { from: 1, to: 5 },
  effort: { from: 1, to: 7 },
  trust: { from: 1, to: 7 },
} as const;

/**
 * The statements of a `trust` question, in the order in which they are shown: three of trust (ability, benevolence and
 * integrity: Mayer, Davis and Schoorman 1995, Academy of Management Review 20(3)) and three of relationship commitment
 * (Morgan and Hunt 1994, Journal of Marketing 58(3)). Their wording is the portal's, so that results can be compared.
 */
export const trustStatements = [
  'integrity',
  'competence',
  'care',
  'attachment',
  'continuity',
  'worth',
] as const;
export type TrustStatement = (typeof trustStatements)[number];

export const QUESTIONS_MAX = 12;
/** What an answer in words may be long at most, in characters. */
export const ANSWER_LENGTH_MAX = 1200;

const languageTag = z.string().regex(/^[a-z]{2,3}$/);
const line = freeText(300);

/** A text in one language at least; empty ones are left out. */
const words = z
  .record(languageTag, line)
  .transform((given) =>
    Object.fromEntries(Object.entries(given).flatMap(([tag, text]) => (text === null ? [] : [[tag, text]]))),
  )
  .refine((given) => Object.keys(given).length > 0, {
    params: { code: 'required' },
    message: 'needs a text in one language at least',
  });
export type Words = Record<string, string>;

const optionalWords = z.record(languageTag, line).transform((given) => {
  const kept: Words = {};
  for (const [tag, text] of Object.entries(given)) if (text !== null) kept[tag] = text;
  return kept;
});

const id = z.string().regex(/^[a-z][a-z0-9_]{0,30}$/);

/** Shown when the earlier question was answered within the range, or with one of the options. */
const showIf = z.union([
  z.strictObject({ question: id, from: z.int(), to: z.int() }),
  z.strictObject({ question: id, oneOf: z.array(id).min(1).max(12) }),
]);
export type ShowIf = z.output<typeof showIf>;

const base = {
  id,
  text: words,
  hint: optionalWords.default({}),
  isRequired: z.boolean(),
  showIf: showIf.nullable().default(null),
};

const question = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.enum(['nps', 'satisfaction', 'effort', 'trust', 'text']), ...base }),
  z.strictObject({
    kind: z.literal('choice'),
    ...base,
    options: z
      .array(z.strictObject({ id, text: words }))
      .min(2)
      .max(12),
  }),
]);
export type Question = z.output<typeof question>;

const monthDay = z.string().regex(/^(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])$/);

const trigger = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('after_delivery'), days: z.int().min(0).max(90) }),
  z.strictObject({ kind: z.literal('after_case'), days: z.int().min(0).max(90) }),
  /** Each year on these days, `MM-DD`, to every customer. */
  z.strictObject({ kind: z.literal('season'), on: z.array(monthDay).min(1).max(12) }),
  z.strictObject({ kind: z.literal('by_hand') }),
]);
export type SurveyTrigger = z.output<typeof trigger>;

export const surveyDefinition = z
  .strictObject({
    title: words,
    intro: optionalWords.default({}),
    questions: z.array(question).min(1).max(QUESTIONS_MAX),
    trigger,
    /** Decimal text of the business currency; null for none. */
    incentive: z
      .string()
      .regex(/^\d{1,9}(\.\d{1,3})?$/)
      .nullable()
      .default(null),
  })
  .superRefine(({ questions }, context) => {
    for (const [index, asked] of questions.entries()) {
      const told = problemOf(asked, questions.slice(0, index));
      if (told !== null) context.addIssue(issue(told.code, told.message, ['questions', index, told.field]));
    }
  });
export type SurveyDefinition = z.output<typeof surveyDefinition>;

interface Problem {
  field: string;
  code: string;
  message: string;
}

function problemOf(asked: Question, earlier: readonly Question[]): Problem | null {
  if (earlier.some((other) => other.id === asked.id)) {
    return { field: 'id', code: 'duplicate', message: 'is used by an earlier question' };
  }
  if (asked.kind === 'choice' && new Set(asked.options.map((one) => one.id)).size < asked.options.length) {
    return { field: 'options', code: 'duplicate', message: 'has two options of one id' };
  }
  return asked.showIf === null ? null : conditionProblem(asked.showIf, earlier);
}

function conditionProblem(condition: ShowIf, earlier: readonly Question[]): Problem | null {
  const cause = earlier.find((other) => other.id === condition.question);
  const field = 'showIf';
  if (cause === undefined)
    return { field, code: 'unknown_question', message: 'has to name an earlier question' };
  if ('oneOf' in condition) {
    const options = cause.kind === 'choice' ? cause.options.map((one) => one.id) : [];
    if (condition.oneOf.every((option) => options.includes(option))) return null;
    return { field, code: 'unknown_option', message: 'has to name options of a choice' };
  }
  if (cause.kind === 'choice' || cause.kind === 'text' || cause.kind === 'trust') {
    return { field, code: 'no_scale', message: 'has to name a question with one scale' };
  }
  const { from, to } = scales[cause.kind];
  const fits = from <= condition.from && condition.from <= condition.to && condition.to <= to;
  return fits ? null : { field, code: 'out_of_scale', message: `has to lie within ${from} and ${to}` };
}
