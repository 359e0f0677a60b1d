import type { Formats } from '../../functions/ground/formats/format.ts';
import { isStandardQuestion, type LapseReason } from '../../functions/insight/attention/call-sheet.ts';
import type { AttentionList, AttentionOutcome } from '../../functions/insight/attention/lists.ts';
import type { AttentionReason } from '../../functions/insight/attention/reasons.ts';
import type { Messages } from '../locale.ts';

export const listWords = (t: Messages, list: AttentionList | 'mine') => t[`attention_list_${list}`]();

export const outcomeWords = (t: Messages, outcome: AttentionOutcome) => t[`attention_outcome_${outcome}`]();

export const lapseWords = (t: Messages, reason: LapseReason | null) =>
  reason === null ? t.lapse_unknown() : t[`lapse_reason_${reason}`]();

/** In the words of the business where there are some, else in ours. */
export const questionWords = (t: Messages, { id, own }: { id: string; own: string | null }) =>
  own ?? (isStandardQuestion(id) ? t[`lapse_ask_${id}`]() : id);

interface Speaking {
  t: Messages;
  formats: Formats;
  /** Of the business; null while it has none. */
  currency: string | null;
}

/** Why a list names somebody. */
export function reasonWords(reason: AttentionReason, { t, formats, currency }: Speaking): string {
  const { number, date, percent } = formats;
  const days = (n: number) => t.attention_days({ n, shown: number(n) });
  const chance = (of: number) => percent(of * 100);
  const money = (minor: string) =>
    currency === null ? number(Number(minor)) : formats.money({ minor: BigInt(minor), currency });
  switch (reason.code) {
    case 'own_interval':
      return t.attention_reason_own_interval({
        ...{ days: days(reason.medianDays), last: date(reason.lastOn), next: date(reason.nextOn) },
      });
    case 'next_expected':
      return t.attention_reason_next_expected({
        ...{ days: days(reason.days), percent: chance(reason.alivePercent) },
      });
    case 'silent_beyond':
      return t.attention_reason_silent_beyond({
        ...{ days: days(reason.silentDays), usual: days(reason.usualDays) },
      });
    case 'silent_times':
      return t.attention_reason_silent_times({
        ...{ days: days(reason.silentDays), usual: days(reason.medianDays) },
      });
    case 'silent_long':
      return t.attention_reason_silent_long({ days: days(reason.silentDays) });
    case 'alive_below':
      return t.attention_reason_alive_below({ percent: chance(reason.alivePercent) });
    case 'value_above':
      return t.attention_reason_value_above({
        ...{ amount: money(reason.valueMinor), usual: money(reason.medianMinor) },
      });
    case 'recommended':
    case 'quoted':
    case 'friend_ordered':
    case 'praised':
      return t[`attention_reason_${reason.code}`]({ date: date(reason.on) });
    case 'spend_fell':
    case 'spend_rose':
      return t[`attention_reason_${reason.code}`]({
        ...{ amount: money(reason.minor), usual: money(reason.usualMinor) },
      });
    case 'days_fell':
    case 'days_rose':
      return t[`attention_reason_${reason.code}`]({
        ...{ days: days(reason.days), usual: number(reason.usualDays) },
      });
    case 'score_fell':
      return t.attention_reason_score_fell({ score: reason.score, usual: number(reason.usualScore) });
    case 'department_silent':
      return t.attention_reason_department_silent({
        ...{ days: days(reason.silentDays), usual: days(reason.meanDays) },
      });
    case 'company_buys':
      return t.attention_reason_company_buys({ date: date(reason.lastOn) });
    default:
      return reason satisfies never;
  }
}
