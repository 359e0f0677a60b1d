import { allow } from '../../../ground/platform/allow.ts';
import { addDays, dayOf, startOfDay } from '../../../ground/platform/business-time.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { type PeriodAsked, readPeriod, type ShownPeriod } from '../../../ground/platform/period.ts';
import { getBusiness } from '../../../money/business/business.ts';
import { countKeptAnswers } from '../../../voice/feedback/count-kept.ts';
import { countKeptContacts } from '../../contacts/numbers/count-kept.ts';
import { listColleagues, type StandardRow } from '../queries.ts';

/** Of fewer, a share says nothing yet. */
const FEW = 10;

/** How many answers were given in time, out of how many. */
export interface TimelyCount {
  kept: number;
  of: number;
}

/** The share of what was kept, in per cent, rounded down, so that 100 is all of it; null where it cannot be told yet. */
export const shareOf = ({ kept, of }: TimelyCount): number | null =>
  of < FEW ? null : Math.floor((100 * kept) / of);

/** Of one of the team; of who left together, and of what was nobody's. */
export interface KeptByPerson {
  staff: { id: string; name: string } | 'left' | 'nobody';
  all: TimelyCount;
  cases: TimelyCount;
  contacts: TimelyCount;
}

export interface KeptStandards {
  period: ShownPeriod;
  all: TimelyCount;
  /** By name, then who left, then nobody. */
  people: KeptByPerson[];
  kinds: { kind: StandardRow['kind']; all: TimelyCount }[];
}

interface Counted extends TimelyCount {
  staffId: string | null;
  kind: StandardRow['kind'];
}

/** How many who waited were answered within the standard for them, by person and by kind. @throws {AppError} `forbidden`, `scope_missing` */
export async function getKeptStandards(ctx: Context, asked: PeriodAsked): Promise<KeptStandards> {
  allow(ctx.actor, 'feedback:read');
  allow(ctx.actor, 'contacts:read');
  const { timeZone } = await getBusiness(ctx);
  const period = readPeriod(asked, dayOf(ctx.now(), timeZone));
  const span = {
    since: startOfDay(period.since, timeZone),
    until: startOfDay(addDays(period.until, 1), timeZone),
  };
  const [answers, contacts, colleagues] = await Promise.all([
    countKeptAnswers(ctx, span),
    countKeptContacts(ctx, span),
    listColleagues(ctx.db),
  ]);
  const counted: Counted[] = [...answers, ...contacts.map((row) => ({ ...row, kind: 'contact' as const }))];
  return { period, all: sumOf(counted), people: peopleIn(counted, colleagues), kinds: kindsIn(counted) };
}

function peopleIn(
  counted: readonly Counted[],
  colleagues: readonly { id: string; name: string }[],
): KeptByPerson[] {
  const nameOf = new Map(colleagues.map(({ id, name }) => [id, name]));
  const keyOf = ({ staffId }: Counted) =>
    staffId === null ? 'nobody' : nameOf.has(staffId) ? `staff:${staffId}` : 'left';
  const byPerson = Map.groupBy(counted, keyOf);
  const rows = [...byPerson].map(([key, own]): KeptByPerson => {
    const id = own[0]?.staffId ?? '';
    return {
      staff: key === 'nobody' || key === 'left' ? key : { id, name: nameOf.get(id) ?? id },
      all: sumOf(own),
      cases: sumOf(own.filter(({ kind }) => kind !== 'contact')),
      contacts: sumOf(own.filter(({ kind }) => kind === 'contact')),
    };
  });
  return rows.toSorted((a, b) => placeOf(a).localeCompare(placeOf(b)));
}

const placeOf = ({ staff }: KeptByPerson) =>
  typeof staff === 'string' ? (staff === 'left' ? '2' : '3') : `1${staff.name}`;

function kindsIn(counted: readonly Counted[]): KeptStandards['kinds'] {
  return [...Map.groupBy(counted, ({ kind }) => kind)].map(([kind, own]) => ({ kind, all: sumOf(own) }));
}

function sumOf(rows: readonly TimelyCount[]): TimelyCount {
  const sum = (of: (row: TimelyCount) => number) => rows.reduce((all, row) => all + of(row), 0);
  return { kept: sum(({ kept }) => kept), of: sum(({ of }) => of) };
}
