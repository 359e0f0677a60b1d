import type { Store } from '../../../../db/store.ts';
import { addDays, dayOf } from '../../../ground/platform/business-time.ts';
import { dayNumber } from '../../../ground/platform/calendar.ts';
import { listMoods } from '../../../voice/feedback/list-moods.ts';
import { listScores } from '../../../voice/surveys/list-scores.ts';
import { firstOfLast, YEAR_DAYS } from '../../facts/level.ts';
import {
  type BuyingFacts,
  listDepartmentHabits,
  listWindows,
  type WindowRow,
} from '../../facts/list-windows.ts';
import { type AccountForecastRow, listAccountForecasts } from '../../forecasts/list-account-forecasts.ts';
import type { WatchedAccount, Window } from '../rules/known.ts';
import { shifting } from '../rules/shift.ts';

export interface AskedLists {
  today: string;
  timeZone: string;
  currency: string | null;
}

const WINDOWS = shifting.windowsMost + 1;

/** What the rules know of some accounts, by id; a fixed number of reads. */
export async function loadKnown(
  db: Store,
  page: readonly BuyingFacts[],
  { today, timeZone, currency }: AskedLists,
): Promise<Map<string, WatchedAccount>> {
  const ids = JSON.stringify(page.map(({ id }) => id));
  const [windows, departments, forecasts, moods, scores] = await Promise.all([
    listWindows(db, {
      ...{ ids, today, days: shifting.windowDays, currency: currency ?? '' },
      from: addDays(today, 1 - WINDOWS * shifting.windowDays),
      yearFrom: firstOfLast(YEAR_DAYS, today),
    }),
    listDepartmentHabits(db, { ids }),
    listAccountForecasts(db, { ids }),
    listMoods(db, { ids }),
    listScores(db, { ids }),
  ]);
  const windowsOf = Map.groupBy(windows, ({ rootId }) => rootId);
  const departmentsOf = Map.groupBy(departments, ({ rootId }) => rootId);
  const scoresOf = Map.groupBy(scores, ({ rootId }) => rootId);
  const forecastOf = new Map(forecasts.map((row) => [row.accountId, row]));
  const moodOf = new Map(moods.map((mood) => [mood.rootId, mood]));
  const dayOrNull = (at: number | null | undefined) => (at == null ? null : dayOf(at, timeZone));
  return new Map(
    page.map((facts): [string, WatchedAccount] => {
      const rows = windowsOf.get(facts.id) ?? [];
      const mood = moodOf.get(facts.id);
      return [
        facts.id,
        {
          ...{ purchaseDays: facts.purchaseDays, lastOn: facts.lastOn, interval: intervalOf(facts) },
          forecast: forecastIn(forecastOf.get(facts.id), today),
          yearMinor: rows.reduce((sum, { yearMinor }) => sum + yearMinor, 0n),
          windows: windowsIn(rows, facts.firstOn, today),
          praise: {
            recommended: dayOrNull(facts.recommendedAt),
            quoted: dayOrNull(facts.quotedAt),
            friend_ordered: dayOrNull(facts.friendOrderedAt),
            praised: dayOrNull(mood?.praisedAt),
          },
          hasOpenCase: mood?.hasOpenCase === true,
          scores: (scoresOf.get(facts.id) ?? []).map(({ score }) => score),
          departments: departmentsOf.get(facts.id) ?? [],
        },
      ];
    }),
  );
}

function intervalOf({ halfDays, upperDays }: BuyingFacts): WatchedAccount['interval'] {
  if (halfDays === null || upperDays === null) return null;
  return { medianDays: halfDays / 2, upperDays };
}

/** What was said on another day is about another day. */
function forecastIn(row: AccountForecastRow | undefined, today: string): WatchedAccount['forecast'] {
  if (row === undefined || row.day !== today) return null;
  return { alivePermille: row.alivePermille, nextDays: row.nextDays };
}

/** Only whole windows since the first purchase, the last one first; those without a purchase are empty ones. */
function windowsIn(rows: readonly WindowRow[], firstOn: string, today: string): Window[] {
  const age = dayNumber(today) - dayNumber(firstOn) + 1;
  const whole = Math.min(WINDOWS, Math.floor(age / shifting.windowDays));
  const found = new Map(rows.map((row) => [row.place, row]));
  return Array.from({ length: whole }, (_, place) => {
    const row = found.get(place);
    return { minor: row?.minor ?? 0n, purchaseDays: row?.purchaseDays ?? 0 };
  });
}
