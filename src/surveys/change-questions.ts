import type { QuestionKind } from '../../functions/voice/surveys/definition.ts';
import type { QuestionForm, QuestionTexts, SurveyForm } from './form.ts';
import { newIds } from './new-ids.ts';

/** One question more, at the end; its words are the reader's to change. */
export function withQuestion(
  form: SurveyForm,
  kind: QuestionKind,
  words: {
    text: QuestionTexts;
    options: QuestionTexts;
    statements: QuestionForm['statements'];
    topics: string[];
  },
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
    isRequired: kind !== 'text' && kind !== 'topics' && kind !== 'need',
    options: isChoice ? words.options : {},
    optionIds: [],
    statements: words.statements,
    isReady: false,
    topics: words.topics,
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
