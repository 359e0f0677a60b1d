import { z } from 'zod';
import { freeText, issue } from '../../ground/platform/input.ts';

/**
 * What a survey is, as data: at most a dozen questions, each shown always or after certain earlier answers; when it is
 * sent; what is given for an answer, whatever the answer. Texts are by language.
 */

export const questionKinds = [
  'nps',
  'satisfaction',
  'effort',
  'trust',
  'commitment',
  'topics',
  'need',
  'choice',
  'text',
] as const;
export type QuestionKind = (typeof questionKinds)[number];

/** The steps of each kind's scale, both ends included. `topics` asks two of the same, `need` per cent in tens. */
export const scales = {
  nps: { from: 0, to: 10 },
  satisfaction: { from: 1, to: 5 },
  effort: { from: 1, to: 7 },
  trust: { from: 1, to: 7 },
  commitment: { from: 1, to: 7 },
  topics: { from: 1, to: 5 },
  need: { from: 0, to: 100 },
} as const;
export type ScaleKind = keyof typeof scales;

/** The steps that may be chosen on a kind's scale. */
export function stepsOfScale(kind: ScaleKind): number[] {
  const { from, to } = scales[kind];
  const width = kind === 'need' ? 10 : 1;
  return Array.from({ length: (to - from) / width + 1 }, (_, index) => from + index * width);
}

/** What a question has a scale of numbers for. */
export const isScale = (kind: QuestionKind): kind is ScaleKind => kind in scales;

/**
 * What trust and relationship commitment are asked by, where the business has not worded statements of its own: ability,
 * benevolence and integrity (Mayer, Davis and Schoorman 1995, Academy of Management Review 20(3)); attachment, the will to stay
 * and what it is worth (Morgan and Hunt 1994, Journal of Marketing 58(3)). A `trust` question without statements, as all were
 * once, asks all six in the words of the portal.
 */
export const readyStatements = {
  trust: ['integrity', 'competence', 'care'],
  commitment: ['attachment', 'continuity', 'worth'],
} as const;
export const trustStatements = [...readyStatements.trust, ...readyStatements.commitment] as const;
export type TrustStatement = (typeof trustStatements)[number];

/** Options, statements or topics of one question at the most; of topics that is twice as many scales on one page. */
export const PARTS_MAX = 12;
/** What somebody may tell of who else serves them, in characters: as much as staff may note. */
export const OTHERS_LENGTH_MAX = 500;

const QUESTIONS_MAX = 12;
/** Of both, what a survey out of a file may have: it holds what all versions of it ever asked. */
export const KEPT_MAX = 200;
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
/** What a topic of the list is called. */
export const topicText = words;

const optionalWords = z.record(languageTag, line).transform((given) => {
  const kept: Words = {};
  for (const [tag, text] of Object.entries(given)) if (text !== null) kept[tag] = text;
  return kept;
});

/** Of questions and their parts. */
export const idPattern = /^[a-z][a-z0-9_]{0,30}$/;
const id = z.string().regex(idPattern);

/** Shown when the earlier question was answered within the range, or with one of the options. */
const showIf = z.union([
  z.strictObject({ question: id, from: z.int(), to: z.int() }),
  z.strictObject({ question: id, oneOf: z.array(id).min(1).max(PARTS_MAX) }),
]);
export type ShowIf = z.output<typeof showIf>;

const base = {
  id,
  text: words,
  hint: optionalWords.default({}),
  isRequired: z.boolean(),
  showIf: showIf.nullable().default(null),
};

function questionOf(partsMax: number) {
  const worded = z.array(z.strictObject({ id, text: words })).max(partsMax);
  const topics = z.array(z.strictObject({ id, text: optionalWords.default({}) })).max(partsMax);
  return z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.enum(['nps', 'satisfaction', 'effort', 'need', 'text']), ...base }),
    z.strictObject({ kind: z.literal('trust'), ...base, statements: worded.min(1).optional() }),
    z.strictObject({ kind: z.literal('commitment'), ...base, statements: worded.min(1) }),
    /** How much each matters and how well the business does it; by id, in the words that the list of topics had then. */
    z.strictObject({ kind: z.literal('topics'), ...base, topics: topics.min(1) }),
    z.strictObject({ kind: z.literal('choice'), ...base, options: worded.min(2) }),
  ]);
}
export type Question = z.output<ReturnType<typeof questionOf>>;

const monthDay = z.string().regex(/^(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])$/);

const trigger = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('after_delivery'), days: z.int().min(0).max(90) }),
  z.strictObject({ kind: z.literal('after_case'), days: z.int().min(0).max(90) }),
  z.strictObject({ kind: z.literal('after_contact'), days: z.int().min(0).max(90) }),
  /** Each year on these days, `MM-DD`, to every customer. */
  z.strictObject({ kind: z.literal('season'), on: z.array(monthDay).min(1).max(12) }),
  z.strictObject({ kind: z.literal('by_hand') }),
]);
export type SurveyTrigger = z.output<typeof trigger>;

/** Who of a company or household is asked where a survey goes to many; everybody where nothing is said. */
export const askedPeople = ['everybody', 'main_contact'] as const;
export type AskedPeople = (typeof askedPeople)[number];

const definitionWith = ({ questionsMax, partsMax }: { questionsMax: number; partsMax: number }) =>
  z
    .strictObject({
      title: words,
      intro: optionalWords.default({}),
      questions: z.array(questionOf(partsMax)).min(1).max(questionsMax),
      trigger,
      asks: z.enum(askedPeople).optional(),
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
/** As staff and programs write it. */
export const surveyDefinition = definitionWith({ questionsMax: QUESTIONS_MAX, partsMax: PARTS_MAX });
/** As it is kept, which may have come from a file. */
export const keptDefinition = definitionWith({ questionsMax: KEPT_MAX, partsMax: KEPT_MAX });
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
  const doubled = doubledIn(asked);
  if (doubled !== null) return { field: doubled, code: 'duplicate', message: 'has two of one id' };
  return asked.showIf === null ? null : conditionProblem(asked.showIf, earlier);
}

/** The list in a question that has two of one id. */
function doubledIn(asked: Question): string | null {
  const isDoubled = (list: readonly { id: string }[]) =>
    new Set(list.map((one) => one.id)).size < list.length;
  if (asked.kind === 'choice') return isDoubled(asked.options) ? 'options' : null;
  if (asked.kind === 'topics') return isDoubled(asked.topics) ? 'topics' : null;
  if (asked.kind !== 'trust' && asked.kind !== 'commitment') return null;
  return isDoubled(asked.statements ?? []) ? 'statements' : null;
}

/** Whether a later question may be shown by the answer: those with one scale, and choices. */
export const mayDecide = (kind: QuestionKind): kind is 'nps' | 'satisfaction' | 'effort' | 'choice' =>
  ['nps', 'satisfaction', 'effort', 'choice'].includes(kind);

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
  if (!mayDecide(cause.kind) || cause.kind === 'choice') {
    return { field, code: 'no_scale', message: 'has to name a question with one scale' };
  }
  const { from, to } = scales[cause.kind];
  const fits = from <= condition.from && condition.from <= condition.to && condition.to <= to;
  return fits ? null : { field, code: 'out_of_scale', message: `has to lie within ${from} and ${to}` };
}
