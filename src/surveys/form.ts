import {
  type Question,
  type QuestionKind,
  questionKinds,
  type SurveyDefinition,
  type SurveyTrigger,
} from '../../functions/voice/surveys/definition.ts';
import { locales } from '../../languages/built.ts';
import { oneOf } from '../forms.ts';

/** A survey as its form holds it: everything is text, by language where it is shown to customers. */
export interface SurveyForm {
  title: Texts;
  intro: Texts;
  trigger: SurveyTrigger['kind'];
  days: string;
  on: string;
  incentive: string;
  questions: QuestionForm[];
}

export interface QuestionForm {
  id: string;
  kind: QuestionKind;
  text: Texts;
  hint: Texts;
  isRequired: boolean;
  /** One a line. */
  options: Texts;
  optionIds: string[];
  showAfter: string;
  showValues: string;
}

type Texts = Record<string, string>;

/** Whether a later question may depend on the answer. */
export const mayDecide = ({ kind }: QuestionForm): boolean => kind !== 'text' && kind !== 'trust';

export const triggerKinds = ['after_delivery', 'after_case', 'season', 'by_hand'] as const;

export function formOf(definition: SurveyDefinition): SurveyForm {
  const { title, intro, trigger, incentive, questions } = definition;
  return {
    title,
    intro,
    trigger: trigger.kind,
    days: 'days' in trigger ? String(trigger.days) : '3',
    on: 'on' in trigger ? trigger.on.join(', ') : '',
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
    showAfter: showIf?.question ?? '',
    showValues: showIf === null ? '' : valuesText(showIf, all),
  };
}

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
  const texts = (name: string): Texts =>
    Object.fromEntries(locales.map((language) => [language, value(`${name}.${language}`)]));
  const count = Math.min(Number.parseInt(value('count'), 10) || 0, 20);
  return {
    title: texts('title'),
    intro: texts('intro'),
    trigger: oneOf(value('trigger'), triggerKinds) ?? 'by_hand',
    days: value('days'),
    on: value('on'),
    incentive: value('incentive').replace(',', '.'),
    questions: Array.from({ length: count }, (_, index) => ({
      id: value(`q${index}.id`),
      kind: oneOf(value(`q${index}.kind`), questionKinds) ?? 'text',
      text: texts(`q${index}.text`),
      hint: texts(`q${index}.hint`),
      isRequired: value(`q${index}.required`) !== 'no',
      options: texts(`q${index}.options`),
      optionIds: value(`q${index}.optionIds`).split(' ').filter(Boolean),
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
    incentive: form.incentive === '' ? null : form.incentive,
    questions: form.questions.map((question) => ({
      id: question.id,
      kind: question.kind,
      text: question.text,
      hint: question.hint,
      isRequired: question.isRequired,
      showIf: conditionOf(question, form.questions),
      ...(question.kind === 'choice' ? { options: optionsOf(question) } : {}),
    })),
  };
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

/** One question more, at the end; its words are the reader's to change. */
export function withQuestion(
  form: SurveyForm,
  kind: QuestionKind,
  words: { text: Texts; options: Texts },
): SurveyForm {
  const id = newIds(
    form.questions.map((question) => question.id),
    'question',
  )();
  const isChoice = kind === 'choice';
  const question: QuestionForm = {
    id,
    kind,
    text: words.text,
    hint: {},
    isRequired: kind !== 'text',
    options: isChoice ? words.options : {},
    optionIds: [],
    showAfter: '',
    showValues: '',
  };
  return { ...form, questions: [...form.questions, question] };
}

export function withoutQuestion(form: SurveyForm, index: number): SurveyForm {
  const gone = form.questions[index]?.id;
  const questions = form.questions
    .filter((_, at) => at !== index)
    .map((question) =>
      question.showAfter === gone ? { ...question, showAfter: '', showValues: '' } : question,
    );
  return { ...form, questions };
}

export function withQuestionUp(form: SurveyForm, index: number): SurveyForm {
  const moved = form.questions[index];
  if (moved === undefined || index === 0) return form;
  const questions = form.questions.toSpliced(index, 1).toSpliced(index - 1, 0, moved);
  return { ...form, questions };
}

function newIds(taken: readonly string[], stem: string): () => string {
  const known = new Set(taken);
  return () => {
    for (let number = 1; ; number += 1) {
      const id = `${stem}${number}`;
      if (known.has(id)) continue;
      known.add(id);
      return id;
    }
  };
}
