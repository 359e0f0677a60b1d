import type { Formats } from '../../functions/ground/formats/format.ts';
import type { ServedStanding } from '../../functions/insight/value/get-standing.ts';
import type { Worth } from '../../functions/insight/value/list-worth.ts';
import type { Messages } from '../locale.ts';
import { levelWords } from './habits.ts';

/** What an account is worth, in a line for who serves its people. */
export function standingWords(t: Messages, standing: ServedStanding, { money, number }: Formats): string {
  const { level, currency, spendMinor, yearSpendMinor, expectedMinor, rank, isPinned, referred } = standing;
  if (level === null) return t.value_served_new();
  return [
    isPinned && t.value_served_key(),
    t.value_served({
      level: levelWords(t, level),
      year: money({ minor: yearSpendMinor, currency }),
      total: money({ minor: spendMinor, currency }),
    }),
    expectedMinor !== null && t.value_served_expected({ amount: money({ minor: expectedMinor, currency }) }),
    rank && t.value_served_rank({ place: number(rank.place), all: number(rank.of) }),
    referred.friends > 0 && t.value_served_referred({ sum: money({ minor: referred.spendMinor, currency }) }),
  ]
    .filter(Boolean)
    .join(' · ');
}

/** What an account is worth, as lists tell it. */
export function worthWords(t: Messages, worth: Worth | undefined, { money }: Formats): string[] {
  if (worth === undefined) return [];
  const { currency, yearSpendMinor, expectedMinor } = worth;
  const year = t.customers_year_spend({ amount: money({ minor: yearSpendMinor, currency }) });
  if (expectedMinor === null) return [year];
  return [year, t.value_served_expected({ amount: money({ minor: expectedMinor, currency }) })];
}
