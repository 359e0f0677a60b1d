import {
  type AskedPeople,
  askedPeople,
  PARTS_MAX,
  type Question,
  type QuestionKind,
  questionKinds,
  type SurveyDefinition,
  type SurveyTrigger,
} from '../../functions/voice/surveys/definition.ts';
import { locales } from '../../languages/built.ts';
import { oneOf } from '../forms.ts';
import { newIds } from './new-ids.ts';

/** A survey as its form holds it: everything is text, by language where it is shown to customers. */
export interface SurveyForm {
  title: QuestionTexts;
  intro: QuestionTexts;
  trigger: SurveyTrigger['kind'];
  days: string;
  on: string;
  asks: AskedPeople;
  incentive: string;
  questions: QuestionForm[];
}

export interface QuestionForm {
  id: string;
  kind: QuestionKind;
  text: QuestionTexts;
  hint: QuestionTexts;
  isRequired: boolean;
  /** One a line. */
  options: QuestionTexts;
  optionIds: string[];
  /** What may be agreed to, of trust and commitment; one that is empty in each language is none. */
  statements: { id: string; text: QuestionTexts }[];
  /** Whether it asks the statements of the portal, as questions about trust once did. */
  isReady: boolean;
  /** Ids of the topics it asks about. */
  topics: string[];
  showAfter: string;
  showValues: string;
}

export type QuestionTexts = Record<string, string>;

export const triggerKinds = ['after_delivery', 'after_case', 'after_contact', 'season', 'by_hand'] as const;

export function formOf(definition: SurveyDefinition): SurveyForm {
  const { title, intro, trigger, asks = 'everybody', incentive, questions } = definition;
  return {
    title,
    intro,
    trigger: trigger.kind,
    days: 'days' in trigger ? String(trigger.days) : '3',
    on: 'on' in trigger ? trigger.on.join(', ') : '',
    asks,
    incentive: incentive ?? '',
    questions: questions.map((question) => questionForm(question, questions)),
  };
}

function questionForm(question: Question, all: readonly Question[]): QuestionForm {
  const { id, kind, text, hint, isRequired, showIf } = question;
  const options = kind === 'choice' ? question.options : [];
  const linesIn = (language: string) => options.map((option) => option.text[language] ?? '').join('\n');
  return {
    id,
    kind,
    text,
    hint,
    isRequired,
    options: Object.fromEntries(locales.map((language) => [language, linesIn(language)])),
    optionIds: options.map((option) => option.id),
    statements: statementsOf(question),
    isReady: kind === 'trust' && question.statements === undefined,
    topics: kind === 'topics' ? question.topics.map((topic) => topic.id) : [],
    showAfter: showIf?.question ?? '',
    showValues: showIf === null ? '' : valuesText(showIf, all),
  };
}

const statementsOf = (question: Question) =>
  question.kind === 'trust' || question.kind === 'commitment' ? (question.statements ?? []) : [];

/** Options are named by their place, since their ids mean nothing to anybody. */
function valuesText(showIf: NonNullable<Question['showIf']>, all: readonly Question[]): string {
  if (!('oneOf' in showIf)) return `${showIf.from}-${showIf.to}`;
  const cause = all.find(({ id }) => id === showIf.question);
  const ids = cause?.kind === 'choice' ? cause.options.map(({ id }) => id) : [];
  return showIf.oneOf.map((id) => ids.indexOf(id) + 1).join(', ');
}

/** What was posted, as the page sent it. */
export function readSurveyForm(fields: ReadonlyMap<string, string>): SurveyForm {
  const value = (name: string) => fields.get(name) ?? '';
  const texts = (name: string): QuestionTexts =>
    Object.fromEntries(locales.map((language) => [language, value(`${name}.${language}`)]));
  const count = Math.min(Number.parseInt(value('count'), 10) || 0, 20);
  return {
    title: texts('title'),
    intro: texts('intro'),
    trigger: oneOf(value('trigger'), triggerKinds) ?? 'by_hand',
    days: value('days'),
    on: value('on'),
    asks: oneOf(value('asks'), askedPeople) ?? 'everybody',
    incentive: value('incentive').replace(',', '.'),
    questions: Array.from({ length: count }, (_, index) => ({
      id: value(`q${index}.id`),
      kind: oneOf(value(`q${index}.kind`), questionKinds) ?? 'text',
      text: texts(`q${index}.text`),
      hint: texts(`q${index}.hint`),
      isRequired: value(`q${index}.required`) !== 'no',
      options: texts(`q${index}.options`),
      optionIds: value(`q${index}.optionIds`).split(' ').filter(Boolean),
      statements: Array.from({ length: PARTS_MAX }, (_, at) => ({
        id: value(`q${index}.s${at}.id`),
        text: texts(`q${index}.s${at}`),
      })).filter(({ text }) => Object.values(text).some((words) => words.trim() !== '')),
      isReady: value(`q${index}.ready`) === 'yes',
      topics: [...fields.keys()].flatMap((name) => {
        const start = `q${index}.topic.`;
        return name.startsWith(start) ? [name.slice(start.length)] : [];
      }),
      showAfter: value(`q${index}.after`),
      showValues: value(`q${index}.values`),
    })),
  };
}

/** The definition that the form means, still to be checked. */
export function definitionOf(form: SurveyForm) {
  return {
    title: form.title,
    intro: form.intro,
    trigger: triggerOf(form),
    ...(form.asks === 'everybody' ? {} : { asks: form.asks }),
    incentive: form.incentive === '' ? null : form.incentive,
    questions: form.questions.map((question) => ({
      id: question.id,
      kind: question.kind,
      text: question.text,
      hint: question.hint,
      isRequired: question.isRequired,
      showIf: conditionOf(question, form.questions),
      ...partsOf(question),
    })),
  };
}

function partsOf(question: QuestionForm) {
  switch (question.kind) {
    case 'choice':
      return { options: optionsOf(question) };
    case 'topics':
      return { topics: question.topics.map((id) => ({ id })) };
    case 'trust':
    case 'commitment':
      return question.isReady ? {} : { statements: withIds(question.statements) };
    default:
      return {};
  }
}

/** A statement keeps its id, whatever becomes of those before it; a new one gets another. */
function withIds(statements: QuestionForm['statements']): QuestionForm['statements'] {
  const next = newIds(
    statements.map(({ id }) => id),
    'statement',
  );
  return statements.map(({ id, text }) => ({ id: id === '' ? next() : id, text }));
}

function triggerOf({ trigger, days, on }: SurveyForm) {
  if (trigger === 'by_hand') return { kind: trigger };
  if (trigger === 'season') return { kind: trigger, on: on.split(/[\s,;]+/).filter(Boolean) };
  return { kind: trigger, days: /^\d{1,3}$/.test(days) ? Number(days) : -1 };
}

/** A line keeps the id of its place; new lines get new ones. */
function optionsOf({ options, optionIds }: QuestionForm) {
  const lines = locales.map((language) =>
    (options[language] ?? '').split(/\r?\n/).map((line) => line.trim()),
  );
  const count = Math.max(...lines.map((all) => all.findLastIndex((line) => line !== '') + 1));
  const next = newIds(optionIds, 'option');
  return Array.from({ length: count }, (_, index) => ({
    id: optionIds[index] ?? next(),
    text: Object.fromEntries(locales.map((language, place) => [language, lines[place]?.[index] ?? ''])),
  }));
}

function conditionOf({ showAfter, showValues }: QuestionForm, all: readonly QuestionForm[]) {
  if (showAfter === '') return null;
  const cause = all.find(({ id }) => id === showAfter);
  if (cause?.kind === 'choice') {
    const ids = optionsOf(cause).map(({ id }) => id);
    const places = showValues.split(/[\s,;]+/).filter(Boolean);
    return { question: showAfter, oneOf: places.map((place) => ids[Number(place) - 1] ?? 'none') };
  }
  const [from, to = from] = showValues.split(/[\s–-]+/).filter(Boolean);
  return { question: showAfter, from: Number(from), to: Number(to) };
}
