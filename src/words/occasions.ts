import type { ComingCount, ComingOccasion } from '../../functions/care/occasions/list-coming.ts';
import type { OccasionKind } from '../../functions/care/occasions/occasion-day.ts';
import type { OccasionSetting } from '../../functions/care/occasions/settings.ts';
import type { Formats } from '../../functions/ground/formats/format.ts';
import type { Messages } from '../locale.ts';

export const occasionKindWords = (t: Messages, kind: OccasionKind): string => t[`occasions_kind_${kind}`]();

/** What is done on a kind of day, as a sentence. */
export function settingWords(
  {
    isOn,
    audience,
    giftForm,
    giftMinor,
    minimumMinor,
    voucherMonths,
    currency,
  }: Omit<OccasionSetting, 'sinceDay'>,
  { t, formats: { money, number } }: { t: Messages; formats: Formats },
): string {
  if (!isOn) return t.occasions_off();
  const who = t[`occasions_who_${audience}`]();
  const sum = (minor: bigint) => (currency === null ? '' : money({ minor, currency }));
  const amount = sum(giftMinor);
  const months = { n: voucherMonths ?? 0, shown: number(voucherMonths ?? 0) };
  if (giftForm === 'none') return t.occasions_does_none({ who });
  if (giftForm === 'credit') return t.occasions_does_credit({ who, amount });
  return minimumMinor === 0n
    ? t.occasions_does_voucher({ who, amount, ...months })
    : t.occasions_does_minimum({ who, amount, ...months, minimum: sum(minimumMinor) });
}

/** Whom it will reach soon, and what that costs. */
export function aheadWords(
  { people, others, giftMinor, setting: { currency } }: ComingCount,
  { t, formats: { money, number } }: { t: Messages; formats: Formats },
): string {
  const counted = { n: people, shown: number(people) };
  const reached =
    giftMinor === 0n || currency === null
      ? t.occasions_ahead_words(counted)
      : t.occasions_ahead({ ...counted, amount: money({ minor: giftMinor, currency }) });
  return others === 0 ? reached : `${reached} ${t.occasions_others({ shown: number(others) })}`;
}

/** Which day of somebody it is, and how often it has come round. */
export function occasionWords(
  { kind, name, years }: Pick<ComingOccasion, 'kind' | 'name' | 'years'>,
  { t, formats: { number } }: { t: Messages; formats: Formats },
): string {
  const what = kind === 'own' && name !== null ? t.occasions_own_named({ name }) : occasionKindWords(t, kind);
  return years === null || years < 1
    ? what
    : `${what}, ${t.occasions_years({ n: years, shown: number(years) })}`;
}

/** What somebody gets on it. */
export function getsWords(
  { isWished, giftMinor, noOffer }: Pick<ComingOccasion, 'isWished' | 'giftMinor' | 'noOffer'>,
  { t, formats: { money }, currency }: { t: Messages; formats: Formats; currency: string | null },
): string {
  if (!isWished) return t.occasions_gets_nothing();
  if (noOffer !== null) return t[`occasions_gets_no_${noOffer}`]();
  return giftMinor === 0n || currency === null
    ? t.occasions_gets_words()
    : t.occasions_gets_gift({ amount: money({ minor: giftMinor, currency }) });
}
