import type { Formats } from '../../functions/ground/formats/format.ts';
import type { CaseState } from '../../functions/voice/feedback/case-state.ts';
import { type FeedbackKind, feedbackKinds } from '../../functions/voice/feedback/schema.ts';
import type {
  CaseFile,
  CaseStanding,
  FeedbackSummary,
  Thread,
} from '../../functions/voice/feedback/types.ts';
import type { CaseRefusal } from '../case-forms.ts';
import type { FeedbackRefusal } from '../feedback-forms.ts';
import type { Messages } from '../locale.ts';
import type { Tone } from './status.ts';

export const kindWords = (t: Messages, kind: FeedbackSummary['kind']): string => t[`feedback_kind_${kind}`]();

export function kindChoices(t: Messages): { value: FeedbackKind; text: string }[] {
  return feedbackKinds.map((value) => ({ value, text: kindWords(t, value) }));
}

const tones: Record<CaseStanding, Tone> = {
  none: 'good',
  open: 'waiting',
  taken: 'moving',
  answered: 'good',
  waiting: 'warn',
  resolved: 'good',
  closed: 'good',
};
export const standingTone = (standing: CaseStanding): Tone => tones[standing];
export const standingWords = (t: Messages, standing: CaseStanding): string =>
  t[`feedback_standing_${standing}`]();

/** What happens next and when, for who wrote it; `isUnnamed` gets no mail. */
export function nextWords(
  { standing, replyDueAt, isOverdue }: Thread,
  { t, formats, isUnnamed }: { t: Messages; formats: Formats; isUnnamed: boolean },
): string {
  if (standing !== 'open' && standing !== 'taken') return t[`feedback_next_${standing}`]();
  const date = formats.moment({ at: replyDueAt ?? 0, day: null });
  if (isOverdue) return t.feedback_next_late({ date });
  return isUnnamed ? t[`feedback_next_${standing}_here`]({ date }) : t[`feedback_next_${standing}`]({ date });
}

const fieldOf: Record<FeedbackRefusal, string> = {
  kind: 'kind',
  text: 'text',
  text_long: 'text',
  served_by: 'served_by',
  order: 'order',
  too_many_files: 'files',
  file_empty: 'files',
  file_too_large: 'files',
  file_type: 'files',
  no_files: 'files',
  files_away: 'files',
  too_often: 'text',
  form: 'text',
};

/** Why a form was not taken, at its field. */
export function feedbackProblem(t: Messages, reason: FeedbackRefusal): { field: string; text: string } {
  return { field: fieldOf[reason], text: t[`feedback_wrong_${reason}`]() };
}

export const caseProblem = (t: Messages, reason: CaseRefusal): string => t[`feedback_case_wrong_${reason}`]();

const caseTones: Record<CaseState, Tone> = {
  open: 'moving',
  answered: 'good',
  waiting: 'waiting',
  resolved: 'good',
  closed: 'good',
};

/** The state of a case as staff read it. */
export function stateWords(t: Messages, state: CaseState | null): { text: string; tone: Tone } {
  return state === null
    ? { text: t.feedback_state_none(), tone: 'waiting' }
    : { text: t[`feedback_state_${state}`](), tone: caseTones[state] };
}

/** One event of a case. */
export function caseEventWords({ kind, subject }: CaseFile['events'][number], t: Messages): string {
  switch (kind) {
    case 'assigned':
      return subject === null ? t.feedback_event_unassigned() : t.feedback_event_assigned({ name: subject });
    case 'cause_set':
      return subject === null
        ? t.feedback_event_cause_unset()
        : t.feedback_event_cause_set({ name: subject });
    default:
      return t[`feedback_event_${kind}`]();
  }
}

/** What feedback is about beside its order. */
export function aboutWords(
  { line, parcel, servedBy, product, page }: CaseFile['about'],
  t: Messages,
): string[] {
  return [
    line === null ? null : t.feedback_about_line({ line }),
    parcel === null ? null : t.feedback_about_parcel({ parcel }),
    product === null ? null : t.feedback_about_product({ product }),
    servedBy === null ? null : t.feedback_about_served_by({ name: servedBy }),
    page === null ? null : t.feedback_about_page({ page }),
  ].filter((text) => text !== null);
}
