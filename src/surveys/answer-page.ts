import type { Locale } from '../../functions/ground/identity/languages.ts';
import type { Context } from '../../functions/ground/platform/context.ts';
import { answerSurvey } from '../../functions/voice/surveys/answer-survey.ts';
import {
  type Key,
  openInvitation,
  type SurveyInvitationView,
} from '../../functions/voice/surveys/open-invitation.ts';
import type { AnswerProblem } from '../../functions/voice/surveys/questionnaire.ts';
import { attempt, orNull } from '../attempt.ts';
import { readForm, seeOther } from '../forms.ts';

export interface AnswerPage {
  view: SurveyInvitationView;
  problems: AnswerProblem[];
  typed: ReadonlyMap<string, string> | null;
}

/**
 * One request to the page of an invitation: a GET shows where it stands, a POST keeps an answer and leads on. Null for
 * what is not there.
 */
export async function answerPage(
  request: Request,
  ctx: Context,
  asked: { key: Key; url: URL; action: string; language: Locale },
): Promise<Response | AnswerPage | null> {
  const { key, url, action, language } = asked;
  if (request.method !== 'POST') {
    const view = await orNull(openInvitation(ctx, { key, questionId: url.searchParams.get('q'), language }));
    return view && { view, problems: [], typed: null };
  }
  const typed = await readForm(request);
  const questionId = typed.get('question') ?? '';
  const outcome = await attempt(answerSurvey(ctx, { key, questionId, given: typed, language }), {
    not_found: null,
    survey_finished: seeOther(action),
    survey_not_open: seeOther(action),
  });
  if (!outcome.ok) return outcome.reason;
  const { output } = outcome;
  if (output.ok) {
    const next = output.nextId === null ? '' : `?q=${encodeURIComponent(output.nextId)}`;
    return seeOther(`${action}${next}`);
  }
  const view = await orNull(openInvitation(ctx, { key, questionId, language }));
  return view && { view, problems: output.problems, typed };
}
