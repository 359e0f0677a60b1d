import type { Formats } from '../../functions/ground/formats/format.ts';
import type { NothingReason } from '../../functions/insight/recommendations/choose.ts';
import type { Recommendation } from '../../functions/insight/recommendations/recommend.ts';
import type { Messages } from '../locale.ts';

/** Why something is recommended, as the customer reads it. */
export function reasonForCustomer(
  { reason, interest }: Recommendation,
  t: Messages,
  formats: Formats,
): string {
  if (reason.code === 'liked') return t.recommend_liked({ interest: interest ?? '' });
  if (reason.code === 'due') {
    const due = dueWords(reason, formats);
    return reason.isOwn ? t.recommend_due_own(due) : t.recommend_due_usual(due);
  }
  const product = reason.because.name;
  const paired =
    reason.code === 'bought_with' ? t.recommend_with({ product }) : t.recommend_onward({ product });
  return interest === null ? paired : t.recommend_and_liked({ reason: paired, interest });
}

/** The same as staff read it. */
export function reasonForStaff({ reason, interest }: Recommendation, t: Messages, formats: Formats): string {
  if (reason.code === 'liked') return t.recommend_desk_liked({ interest: interest ?? '' });
  if (reason.code === 'due') {
    const due = dueWords(reason, formats);
    return reason.isOwn ? t.recommend_desk_due_own(due) : t.recommend_desk_due_usual(due);
  }
  const product = reason.because.name;
  const paired =
    reason.code === 'bought_with' ? t.recommend_desk_with({ product }) : t.recommend_desk_onward({ product });
  return interest === null ? paired : t.recommend_desk_and_liked({ reason: paired, interest });
}

/** What stands behind it: the counts. */
export function whyRecommended(
  { name: product, reason, interest }: Recommendation,
  t: Messages,
  formats: Formats,
): string {
  const { number } = formats;
  if (reason.code === 'due')
    return reason.isOwn
      ? t.recommend_why_due_own({ product, shown: number(reason.times) })
      : t.recommend_why_due_usual({ product });
  if (reason.code === 'liked')
    return t.recommend_why_liked({
      ...{ product, interest: interest ?? '' },
      ...{ buyers: number(reason.buyers), accounts: number(reason.accounts) },
    });
  const { buyers, together, later } = reason;
  const counts = { buyers: number(buyers), chance: number(Math.round(reason.chance * 10) / 10) };
  const of = { product, because: reason.because.name, ...counts };
  return reason.code === 'bought_with'
    ? t.recommend_why_with({ ...of, together: number(together) })
    : t.recommend_why_onward({ ...of, later: number(later) });
}

/** Why there is nothing to show; null reasons are that nothing stands out for this customer. */
export const nothingWords = (t: Messages, nothing: NothingReason | null): string =>
  nothing === null ? t.recommend_desk_none() : t[`recommend_desk_${nothing}`]();

type Due = Extract<Recommendation['reason'], { code: 'due' }>;

const dueWords = ({ everyDays, dueOn }: Due, { number, date }: Formats) => ({
  n: everyDays,
  shown: number(everyDays),
  date: date(dueOn),
});
