import type { HospitalityState } from '../../functions/care/hospitality/limits.ts';
import type { HospitalityEntry } from '../../functions/care/hospitality/to-entry.ts';
import type { Formats } from '../../functions/ground/formats/format.ts';
import type { Messages } from '../locale.ts';

export function hospitalityKindWords(kind: HospitalityEntry['kind'], t: Messages): string {
  return t[`hospitality_kind_${kind}`]();
}

export function hospitalityStateWords(state: HospitalityState, t: Messages): { text: string; tone: string } {
  const tones = { given: '', waiting: 'moving', approved: 'good', refused: 'bad', withdrawn: '' } as const;
  return { text: t[`hospitality_state_${state}`](), tone: tones[state] };
}

/** Why something needs a second person, or that it needs none, by the figures of the moment at which it was written down. */
export function limitWords(entry: HospitalityEntry, t: Messages, { money }: Formats): string[] {
  const sum = (minor: bigint) => money({ minor, currency: entry.currency });
  const act = { worth: sum(entry.worthMinor), limit: sum(entry.actLimitMinor) };
  const year = { sum: sum(entry.yearBeforeMinor + entry.worthMinor), limit: sum(entry.yearLimitMinor) };
  if (entry.passed.length === 0) return [t.hospitality_within({ ...act, sum: year.sum, year: year.limit })];
  return entry.passed.map((limit) =>
    limit === 'act' ? t.hospitality_over_act(act) : t.hospitality_over_year(year),
  );
}

/** Who decided on it, when and why; null where nobody had to. */
export function decidedWords(entry: HospitalityEntry, t: Messages, { day }: Formats): string | null {
  const { decision, decidedAt, decidedBy, decisionReason, withdrawnAt, withdrawnReason } = entry;
  if (withdrawnAt !== null)
    return t.hospitality_withdrawn_why({ date: day(Number(withdrawnAt)), why: withdrawnReason ?? '–' });
  if (decision === null || decidedAt === null) return null;
  const said = { who: decidedBy ?? '', date: day(Number(decidedAt)) };
  const words =
    decision === 'approved'
      ? entry.isAlone
        ? t.hospitality_approved_alone(said)
        : t.hospitality_approved_by(said)
      : entry.isAlone
        ? t.hospitality_refused_alone(said)
        : t.hospitality_refused_by(said);
  return decisionReason === null ? words : `${words} ${decisionReason}`;
}
