import { textIn } from '../../ground/identity/languages.ts';
import type { AnswerRefusal } from './check-answer.ts';
import type { Question, SurveyDefinition } from './definition.ts';
import { type PartAbout, partsOf, type QuestionPart } from './parts.ts';
import { type Answers, mostQuestions, questionsOnPath, resumeAt } from './path.ts';

/** One page of a survey as somebody sees it, in their language. */
export interface QuestionnaireView {
  title: string;
  intro: string;
  /** The question to answer now; null when there is none left to ask. */
  question: QuestionView | null;
  /** Its place on the path, from 1, and how long that can become. */
  number: number;
  of: number;
  previousId: string | null;
}

export interface QuestionView {
  id: string;
  kind: Question['kind'];
  text: string;
  hint: string;
  isRequired: boolean;
  options: { id: string; text: string }[];
  /** What it is answered by; what is asked of each stands in the reader's language. */
  parts: PartView[];
  /** What was answered before, by the id of each answer. */
  given: Map<string, string>;
}

export type PartView = Pick<QuestionPart, 'id' | 'is'> & {
  about:
    | Extract<PartAbout, { kind: 'ready' | 'others' }>
    | { kind: 'statement'; text: string }
    | { kind: 'want' | 'get'; text: string }
    | null;
};

/** Why an answer was not taken, by the id of each. */
export type AnswerProblem = { id: string; reason: AnswerRefusal };

/** The page of one question, or of the one where somebody goes on. Null for a question that is not on their path. */
export function pageOf(
  definition: SurveyDefinition,
  answers: Answers,
  asked: { language: string; questionId: string | null },
): QuestionnaireView | null {
  const path = questionsOnPath(definition, answers);
  const { language, questionId } = asked;
  const question = questionId === null ? resumeAt(path, answers) : path.find(({ id }) => id === questionId);
  if (question === undefined || question === null) return null;
  const index = path.indexOf(question);
  return {
    title: textIn(definition.title, language),
    intro: textIn(definition.intro, language),
    question: questionView(question, answers, language),
    number: index + 1,
    of: mostQuestions(definition, answers),
    previousId: path[index - 1]?.id ?? null,
  };
}

/** The question behind one, now that it is answered; null behind the last. */
export function questionAfter(definition: SurveyDefinition, answers: Answers, id: string): Question | null {
  const path = questionsOnPath(definition, answers);
  return path[path.findIndex((question) => question.id === id) + 1] ?? null;
}

function questionView(question: Question, answers: Answers, language: string): QuestionView {
  const { id, kind, text, hint, isRequired } = question;
  const parts = partsOf(question);
  const options = kind === 'choice' ? question.options : [];
  return {
    id,
    kind,
    text: textIn(text, language),
    hint: textIn(hint, language),
    isRequired,
    options: options.map((option) => ({ id: option.id, text: textIn(option.text, language) })),
    parts: parts.map((part) => partView(part, language)),
    given: new Map(parts.map((part) => [part.id, String(answers.get(part.id) ?? '')])),
  };
}

function partView({ id, is, about }: QuestionPart, language: string): PartView {
  if (about === null || about.kind === 'ready' || about.kind === 'others') return { id, is, about };
  return { id, is, about: { kind: about.kind, text: textIn(about.text, language) } };
}
