import type { Languages } from '../../functions/ground/identity/languages.ts';
import type { Context } from '../../functions/ground/platform/context.ts';
import { getBusiness } from '../../functions/money/business/business.ts';
import {
  mayDecide,
  PARTS_MAX,
  type QuestionKind,
  questionKinds,
  surveyDefinition,
} from '../../functions/voice/surveys/definition.ts';
import { saveSurvey } from '../../functions/voice/surveys/save-survey.ts';
import { startingStatements } from '../../functions/voice/surveys/templates.ts';
import { listTopics } from '../../functions/voice/surveys/topics.ts';
import { attempt } from '../attempt.ts';
import { oneOf } from '../forms.ts';
import { type Messages, type Speech, wordsIn } from '../locale.ts';
import { inEach } from '../words/languages.ts';
import { withoutQuestion, withQuestion, withQuestionUp } from './change-questions.ts';
import { definitionOf, readSurveyForm, type SurveyForm } from './form.ts';

export interface EditProblem {
  field: string;
  text: string;
}

/** Saves what the form says after the button that was pressed; what is wrong with it comes back. */
export async function saveFrom(
  fields: ReadonlyMap<string, string>,
  { ctx, id, speech }: { ctx: Context; id: string; speech: Speech },
): Promise<{ form: SurveyForm; problems: EditProblem[] }> {
  const { t, languages } = speech;
  const typed = readSurveyForm(fields);
  const [what, place = ''] = (fields.get('do') ?? 'save').split(':');
  if (what === 'remove' && typed.questions.length === 1)
    return { form: typed, problems: [{ field: 'add', text: t.surveys_edit_last() }] };
  const kind = oneOf(fields.get('add') ?? null, questionKinds);
  const form = changed(typed, what, {
    index: Number(place),
    words: what === 'add' && kind !== null ? { kind, ...(await newWords(kind, { ctx, languages })) } : null,
  });
  const parsed = surveyDefinition.safeParse(definitionOf(form));
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path }) => problemAt(path, form, speech));
    const seen = new Map(problems.map((problem) => [problem.field, problem]));
    return { form, problems: [...seen.values()] };
  }
  const saved = await attempt(saveSurvey(ctx, { id, definition: definitionOf(form) }), {
    validation_failed: t.surveys_edit_incentive_wrong(),
    currency_not_set: t.surveys_edit_incentive_wrong(),
  });
  return { form, problems: saved.ok ? [] : [{ field: 'incentive', text: saved.reason }] };
}

function changed(
  form: SurveyForm,
  what: string | undefined,
  { index, words }: { index: number; words: NewQuestion | null },
): SurveyForm {
  if (what === 'up') return withQuestionUp(form, index);
  if (what === 'remove') return withoutQuestion(form, index);
  return words === null ? form : withQuestion(form, words.kind, words);
}

type NewQuestion = { kind: QuestionKind } & Awaited<ReturnType<typeof newWords>>;

/** What a new question of a kind starts from. */
async function newWords(kind: QuestionKind, { ctx, languages }: { ctx: Context; languages: Languages }) {
  const options = (t: Messages) => [1, 2].map((number) => t.surveys_new_option({ number })).join('\n');
  const { identity } = await getBusiness(ctx);
  const isStated = kind === 'trust' || kind === 'commitment';
  return {
    text: inEach(languages, (language) => wordsIn(language).surveys_new_question()),
    options: inEach(languages, (language) => options(wordsIn(language))),
    statements: isStated ? startingStatements(kind, identity.name) : [],
    topics: kind === 'topics' ? (await listTopics(ctx)).slice(0, PARTS_MAX).map(({ id }) => id) : [],
  };
}

/** Where in the form something is wrong, and how to mend it. */
function problemAt(
  path: readonly PropertyKey[],
  form: SurveyForm,
  { t, languages: [own] }: Speech,
): EditProblem {
  const [part, index, what] = path;
  if (part === 'title') return { field: `title.${own}`, text: t.surveys_edit_title_missing() };
  if (part === 'incentive') return { field: 'incentive', text: t.surveys_edit_incentive_wrong() };
  if (part === 'trigger') {
    return path.includes('on')
      ? { field: 'on', text: t.surveys_edit_on_wrong() }
      : { field: 'days', text: t.surveys_edit_days_wrong() };
  }
  if (typeof index !== 'number') return { field: 'add', text: t.surveys_edit_full() };
  const number = index + 1;
  if (what === 'topics')
    return { field: `q${index}.topics`, text: t.surveys_edit_topics_missing({ number }) };
  if (what === 'statements')
    return { field: `q${index}.s0.${own}`, text: t.surveys_edit_statements_missing({ number }) };
  if (what === 'options')
    return { field: `q${index}.options.${own}`, text: t.surveys_edit_options_missing({ number }) };
  if (what === 'showIf') {
    const isAsked = form.questions.slice(0, index).some(({ kind }) => mayDecide(kind));
    const field = isAsked ? `q${index}.values` : `q${index}.text.${own}`;
    return { field, text: t.surveys_edit_show_wrong({ number }) };
  }
  return { field: `q${index}.text.${own}`, text: t.surveys_edit_text_missing({ number }) };
}
