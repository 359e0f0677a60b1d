import { standardChannels, standardKinds } from '../../db/kinds.ts';
import {
  type KeptByPerson,
  shareOf,
  type TimelyCount,
} from '../../functions/care/standards/kept/get-kept.ts';
import type { Standards } from '../../functions/care/standards/list-standards.ts';
import type { ProcedureProgress } from '../../functions/care/standards/procedures/get-progress.ts';
import type { Formats } from '../../functions/ground/formats/format.ts';
import type { Powers } from '../../functions/money/credits/get-powers.ts';
import type { StaffThanks } from '../../functions/people/thanks/list-thanks.ts';
import type { Messages } from '../locale.ts';
import { channelWords } from './contacts.ts';
import { kindWords } from './feedback.ts';
import { levelWords } from './habits.ts';

type Standard = Standards['items'][number];

interface Words {
  t: Messages;
  formats: Formats;
}

export const standardKindWords = (t: Messages, kind: Standard['kind']): string =>
  kind === 'contact' ? t.std_kind_contact() : kindWords(t, kind);

export function standardChannelWords(t: Messages, channel: (typeof standardChannels)[number]): string {
  switch (channel) {
    case 'portal':
    case 'till':
    case 'api':
    case 'survey':
    case 'mention':
      return t[`std_channel_${channel}`]();
    default:
      return channelWords(t, channel);
  }
}

export const standardKindOptions = (t: Messages) =>
  standardKinds.map((value) => ({ value, text: standardKindWords(t, value) }));

export const standardChannelOptions = (t: Messages) =>
  standardChannels.map((value) => ({ value, text: standardChannelWords(t, value) }));

/** Whom a standard is for and how it came. */
export function standardWords({ kind, audience, level, channel }: Standard, t: Messages): string {
  const parts = [
    standardKindWords(t, kind),
    audience === null ? null : t[`plans_for_${audience}`](),
    level === null ? null : levelWords(t, level),
    channel === null ? null : standardChannelWords(t, channel),
  ];
  return parts.filter((part) => part !== null).join(' · ');
}

export const standardHours = (hours: number, { t, formats: { number } }: Words): string =>
  t.std_hours({ n: hours, shown: number(hours) });

/** A share with what it is of; what cannot be told yet says so. */
export function keptWords(one: TimelyCount, { t, formats: { number, percent } }: Words): string {
  if (one.of === 0) return t.std_kept_nothing();
  const counted = { kept: number(one.kept), of: number(one.of) };
  const share = shareOf(one);
  return share === null
    ? t.std_kept_cannot(counted)
    : t.std_kept_share({ ...counted, share: percent(share * 100) });
}

export function keptPerson(t: Messages, staff: KeptByPerson['staff']): string {
  if (staff === 'left') return t.std_kept_left();
  return staff === 'nobody' ? t.std_kept_nobody() : staff.name;
}

/** What who reads it may give by hand; null for who gives nothing. */
export function powersWords(powers: Powers | null, { t, formats: { money } }: Words): string | null {
  if (powers === null) return null;
  const { currency, limits, left } = powers;
  if (limits === null || left === null) return t.std_powers_own_free();
  const shown = (minor: bigint) => money({ minor, currency });
  return t.std_powers_own({ act: shown(limits.act), day: shown(limits.day), left: shown(left) });
}

/** What there is to say of a step beside its words. */
export function stepFacts(
  { who, proof, at, by }: ProcedureProgress['steps'][number],
  { t, formats: { moment } }: Words,
): string[] {
  return [
    ...(who === 'anyone' ? [] : [t.std_step_for({ who: t[`std_who_${who}`]() })]),
    ...(proof === null ? [] : [t.std_step_itself({ when: t[`std_proof_${proof}`]() })]),
    ...(at === null
      ? []
      : [t.std_step_by({ by: by ?? t.contacts_by_program(), date: moment({ at, day: null }) })]),
  ];
}

/** Until when an answer was promised, and what became of that. */
export function promiseWords(
  { answerDueAt, answeredAt }: { answerDueAt: number; answeredAt: number | null },
  now: number,
  { t, formats: { moment } }: Words,
): { text: string; isBad: boolean } {
  const date = moment({ at: answerDueAt, day: null });
  if (answeredAt !== null)
    return answeredAt <= answerDueAt
      ? { text: t.std_due_kept({ date }), isBad: false }
      : { text: t.std_due_broken({ date }), isBad: true };
  return now >= answerDueAt
    ? { text: t.std_due_late({ date }), isBad: true }
    : { text: t.std_due({ date }), isBad: false };
}

/** What somebody was thanked for. */
export function thanksWords({ kind, count }: StaffThanks, { t, formats: { number } }: Words): string {
  if (kind !== 'cases_kept') return t[`std_thanks_${kind}`]();
  return t.std_thanks_cases_kept({ n: count ?? 0, shown: number(count ?? 0) });
}
