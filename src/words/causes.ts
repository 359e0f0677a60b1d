import type { Formats } from '../../functions/ground/formats/format.ts';
import type { CauseFile } from '../../functions/voice/feedback/causes/get-cause.ts';
import type { CauseView } from '../../functions/voice/feedback/causes/list-causes.ts';
import type { Messages } from '../locale.ts';
import type { Tone } from './status.ts';

/** Where a cause stands. */
export function causeState(
  { outcome, isAgain }: Pick<CauseView, 'outcome' | 'isAgain'>,
  t: Messages,
): { text: string; tone: Tone } {
  if (outcome === 'changed') return { text: t.feedback_cause_changed(), tone: 'good' };
  if (outcome === 'declined') return { text: t.feedback_cause_declined(), tone: 'waiting' };
  return isAgain
    ? { text: t.causes_again(), tone: 'bad' }
    : { text: t.feedback_cause_is_open(), tone: 'moving' };
}

/** Who sees to it and by when, where it lies and how far it is. */
export function causePlanWords(
  cause: CauseView,
  { t, formats }: { t: Messages; formats: Formats },
): string[] {
  const { process, convenientFor, owner, dueOn, isOverdue, steps, closedAt } = cause;
  const all = steps.done + steps.open;
  const day = dueOn === null ? null : formats.date(dueOn);
  return [
    process,
    convenientFor === 'us' ? t.causes_for_us() : null,
    owner === null ? (closedAt === null ? t.causes_owner_none() : null) : (owner.name ?? owner.email),
    day === null || closedAt !== null ? null : isOverdue ? t.causes_overdue({ day }) : t.causes_due({ day }),
    all === 0 ? null : t.causes_steps_of({ done: steps.done, all }),
  ].filter((text) => text !== null);
}

/** One event of a cause. */
export function causeEventWords({ kind, subject }: CauseFile['events'][number], t: Messages): string {
  if (kind === 'given')
    return subject === null ? t.causes_event_given_nobody() : t.causes_event_given({ name: subject });
  return t[`causes_event_${kind}`]({ name: subject ?? '' });
}

/** Where a step stands. */
export function stepWords(
  { outcome, endedAt }: CauseFile['plan'][number],
  { t, formats }: { t: Messages; formats: Formats },
): { text: string; tone: Tone } {
  if (outcome === null) return { text: t.causes_step_is_open(), tone: 'moving' };
  const day = formats.day(endedAt ?? 0);
  return outcome === 'done'
    ? { text: t.causes_step_is_done({ day }), tone: 'good' }
    : { text: t.causes_step_is_dropped({ day }), tone: 'waiting' };
}
