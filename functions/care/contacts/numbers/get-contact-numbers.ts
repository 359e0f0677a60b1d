import { statement } from '../../../../db/query.ts';
import { allow } from '../../../ground/platform/allow.ts';
import { dayOf } from '../../../ground/platform/business-time.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { type PeriodAsked, readPeriod, type ShownPeriod } from '../../../ground/platform/period.ts';
import { getBusiness } from '../../../money/business/business.ts';
import { type ContactChannel, contactChannels } from '../channels.ts';
import {
  type AnswerCounts,
  type ContactCounts,
  type ContactPart,
  type CountedBy,
  type CountedKey,
  countAnswers,
  countContacts,
  countParts,
} from './count-contacts.ts';

export type ContactFigures = ContactCounts & AnswerCounts;

/** Figures of a period and of the one before. */
export interface Compared {
  now: ContactFigures;
  before: ContactFigures;
}

/** A row of a table: of one channel, one person or both. Nobody (null) is a person, too. */
export interface ContactNumbersRow extends Compared {
  channel: ContactChannel | null;
  staff: { id: string; name: string } | null;
}

export interface ContactNumbers {
  period: ShownPeriod;
  total: Compared;
  channels: ContactNumbersRow[];
  /** By name; what was with nobody, or is nobody's to answer, last. */
  people: ContactNumbersRow[];
  /** By person and channel. */
  both: ContactNumbersRow[];
  parts: { now: ContactPart[]; before: ContactPart[] };
}

export interface ContactNumbersAsked extends PeriodAsked {
  channel: ContactChannel | null;
  /** Only what was with this person, and what they were to answer. */
  staffId: string | null;
}

/**
 * How much was said with customers, by whom and how, and how soon who waited was answered.
 * @throws {AppError} `forbidden`, `scope_missing`
 */
export async function getContactNumbers(
  ctx: Context,
  { channel, staffId, ...asked }: ContactNumbersAsked,
): Promise<ContactNumbers> {
  allow(ctx.actor, 'contacts:read');
  const { timeZone } = await getBusiness(ctx);
  const period = readPeriod(asked, dayOf(ctx.now(), timeZone));
  const within = { period, timeZone, channel, staffId };
  const [counts, names, now, before, all, channels, people, both] = await Promise.all([
    countContacts(ctx, within),
    listNames(ctx),
    countParts(ctx, { ...within, parts: period.parts }),
    countParts(ctx, { ...within, parts: period.partsBefore }),
    countAnswers(ctx, within, 'all'),
    countAnswers(ctx, within, 'channel'),
    countAnswers(ctx, within, 'person'),
    countAnswers(ctx, within, 'both'),
  ]);
  const known = { counts, names };
  const [total] = tableOf(known, all, 'all');
  return {
    period,
    total: total ?? { now: figuresOf([], undefined), before: figuresOf([], undefined) },
    channels: tableOf(known, channels, 'channel'),
    people: tableOf(known, people, 'person'),
    both: tableOf(known, both, 'both'),
    parts: { now, before },
  };
}

type Counted = CountedKey & ContactCounts;
type Answered = CountedKey & AnswerCounts;

/** The rows that are told apart by something, people by their names and channels in their own sequence. */
function tableOf(
  { counts, names }: { counts: readonly Counted[]; names: ReadonlyMap<string, string> },
  answers: readonly Answered[],
  by: CountedBy,
): ContactNumbersRow[] {
  const keyOf = ({ channel, staffId }: Pick<CountedKey, 'channel' | 'staffId'>) => ({
    channel: by === 'channel' || by === 'both' ? channel : null,
    staffId: by === 'person' || by === 'both' ? staffId : null,
  });
  const textOf = (row: CountedKey) => JSON.stringify(keyOf(row));
  const keys = new Map([...counts, ...answers].map((row) => [textOf(row), keyOf(row)]));
  const nameOf = (id: string | null) => (id === null ? null : { id, name: names.get(id) ?? id });
  return [...keys]
    .map(([text, { channel, staffId }]) => {
      const at = (isNow: boolean) => {
        const isIts = (row: CountedKey) => row.isNow === isNow && textOf(row) === text;
        return figuresOf(counts.filter(isIts), answers.find(isIts));
      };
      return { channel, staff: nameOf(staffId), now: at(true), before: at(false) };
    })
    .sort((one, other) => byName(one, other) || byChannel(one, other));
}

function byName({ staff: one }: ContactNumbersRow, { staff: other }: ContactNumbersRow): number {
  if (one === null || other === null) return Number(one === null) - Number(other === null);
  return one.name < other.name ? -1 : Number(one.name > other.name);
}

const byChannel = ({ channel: one }: ContactNumbersRow, { channel: other }: ContactNumbersRow) =>
  one === null || other === null ? 0 : contactChannels.indexOf(one) - contactChannels.indexOf(other);

function figuresOf(counts: readonly ContactCounts[], answers: AnswerCounts | undefined): ContactFigures {
  const sum = (of: (row: ContactCounts) => number) => counts.reduce((all, row) => all + of(row), 0);
  const { waited = 0, answered = 0, medianMs = null, ninthMs = null } = answers ?? {};
  return {
    incoming: sum((row) => row.incoming),
    outgoing: sum((row) => row.outgoing),
    missed: sum((row) => row.missed),
    unreached: sum((row) => row.unreached),
    seconds: sum((row) => row.seconds),
    timed: sum((row) => row.timed),
    satisfactionSum: sum((row) => row.satisfactionSum),
    satisfied: sum((row) => row.satisfied),
    ...{ waited, answered, medianMs, ninthMs },
  };
}

/** Of everybody who works here or did. */
async function listNames({ db }: Context): Promise<ReadonlyMap<string, string>> {
  const rows = await db.read(
    statement(
      `SELECT s.id, coalesce(s.name, p.name, s.email) FROM staff AS s LEFT JOIN staff_profiles AS p ON p.staff_id = s.id`,
    ),
  );
  return new Map(rows.map(([id, name]) => [String(id), String(name)]));
}
