import { Temporal } from 'temporal-polyfill';

/** What of an account's row and its totals says how much it lacks, in minor units. */
export interface Lacking {
  joined: Temporal.PlainDate;
  today: Temporal.PlainDate;
  isInClub: boolean;
  /** What it spent under a rule in the period that began on a day. */
  spentSince: (ruleId: string, start: Temporal.PlainDate) => number;
}

/** The programme of the random world; `missingPlainly` says its targets once more. */
export const rulesOfWorld = [
  {
    ...{ id: 'thirds', name: 'Thirds', scheme: 'every', spend: '3.00', back: '0.10', period: 'lifetime' },
    ...{ for: 'club', from: '2025-06-01' },
  },
  {
    ...{ id: 'steps', name: 'Steps', scheme: 'steps', period: 'membership-year', from: '2024-01-01' },
    targets: [
      { spend: '1.00', back: '0.10' },
      { spend: '5.00', back: '1.00' },
    ],
  },
  {
    ...{ id: 'bands', name: 'Bands', scheme: 'bands', mode: 'whole', period: 'month', for: 'club' },
    ...{ from: '2025-09-01' },
    bands: [
      { from: '0.00', percent: '1' },
      { from: '2.50', percent: '1' },
      { from: '3.50', percent: '2' },
    ],
  },
];

const since = Temporal.PlainDate.from;
const isBy = (day: Temporal.PlainDate, other: Temporal.PlainDate) =>
  Temporal.PlainDate.compare(day, other) <= 0;

/** The least that is missing to a target; null where none is left. */
export function missingPlainly({ joined, today, isInClub, spentSince }: Lacking): number | null {
  const ways: number[] = [];
  const year = yearBegun(joined, today);
  if (isBy(since('2024-01-01'), today)) {
    const spent = spentSince('steps', year);
    if (spent < 500) ways.push(spent < 100 ? 100 - spent : 500 - spent);
  }
  if (isInClub && isBy(since('2025-06-01'), today))
    ways.push(300 - (spentSince('thirds', since('2025-06-01')) % 300));
  if (isInClub && isBy(since('2025-09-01'), today)) {
    const spent = spentSince('bands', today.with({ day: 1 }));
    if (spent < 350) ways.push(350 - spent);
  }
  return ways.length === 0 ? null : Math.min(...ways);
}

/** When the year of membership began that a day belongs to. */
export function yearBegun(joined: Temporal.PlainDate, today: Temporal.PlainDate): Temporal.PlainDate {
  const inYear = joined.add({ years: today.year - joined.year });
  return isBy(inYear, today) ? inYear : joined.add({ years: today.year - joined.year - 1 });
}
