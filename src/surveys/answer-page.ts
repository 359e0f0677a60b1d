import type { InvitationView, Key } from '../../functions/surveys/open-invitation.ts';
import type { AnswerProblem } from '../../functions/surveys/questionnaire.ts';
import { readForm, seeOther } from '../forms.ts';
import type { Locale } from '../languages.ts';
import type { Visit } from '../visit.ts';

export interface AnswerPage {
  view: InvitationView;
  problems: AnswerProblem[];
  typed: ReadonlyMap<string, string> | null;
}

/**
 * One request to the page of an invitation: a GET shows where it stands, a POST keeps an answer and leads on. Null for
 * what is not there.
 */
export async function answerPage(
  request: Request,
  { surveys }: Pick<Visit['rooms'], 'surveys'>,
  asked: { key: Key; url: URL; action: string; language: Locale },
): Promise<Response | AnswerPage | null> {
  const { key, url, action, language } = asked;
  if (request.method !== 'POST') {
    const view = await surveys.open({ key, questionId: url.searchParams.get('q'), language });
    return view && { view, problems: [], typed: null };
  }
  const typed = await readForm(request);
  const questionId = typed.get('question') ?? '';
  const outcome = await surveys.answer({ key, questionId, given: typed, language });
  if (outcome === null) return null;
  if (outcome.ok) {
    const next = outcome.nextId === null ? '' : `?q=${encodeURIComponent(outcome.nextId)}`;
    return seeOther(`${action}${next}`);
  }
  if (!('problems' in outcome)) return seeOther(action);
  const view = await surveys.open({ key, questionId, language });
  return view && { view, problems: outcome.problems, typed };
}
