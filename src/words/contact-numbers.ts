import type {
  Compared,
  ContactFigures,
  ContactNumbers,
  ContactNumbersRow,
} from '../../functions/care/contacts/numbers/get-contact-numbers.ts';
import type { Formats } from '../../functions/ground/formats/format.ts';
import type { Stretch } from '../../functions/ground/platform/period.ts';
import { queryWith } from '../forms.ts';
import type { Messages } from '../locale.ts';
import { changeWords } from './today.ts';

interface Wording {
  t: Messages;
  formats: Formats;
}

/** A figure of a period and the one before, each with the list that it counts. */
export interface ContactFigureRow {
  name: string;
  now: { text: string; href: string };
  before: { text: string; href: string };
  change: string;
}

/** Which contacts a list shows: of one person, one channel or both. */
export interface ListedBy {
  channel: string | null;
  /** A member of staff, `nobody`, or null for all. */
  staff: string | null;
}

/** Where the contacts of some days are that a figure counts. */
export function listHref(
  { since, until }: Stretch,
  { channel, staff }: ListedBy,
  asked: Record<string, string> = {},
): string {
  const isAnswers = ['waited', 'answered', 'unanswered'].includes(asked.only ?? '');
  const whose = staff === null ? {} : { [isAnswers ? 'answers' : 'staff']: staff };
  return `/console/contacts${queryWith(new URLSearchParams(), { from: since, until, ...(channel === null ? {} : { channel }), ...whose, ...asked })}`;
}

type Figure = (figures: ContactFigures) => string;

/** How a figure is written, and which contacts it counts. */
export function figureColumns({ t, formats }: Wording) {
  const { number } = formats;
  const within = (ms: number | null) => (ms === null ? '–' : spanWords(t, ms, formats));
  const column = (label: string, write: Figure, asked: Record<string, string>) => ({ label, write, asked });
  return {
    incoming: column(t.contacts_numbers_in(), ({ incoming }) => number(incoming), { direction: 'in' }),
    outgoing: column(t.contacts_numbers_out(), ({ outgoing }) => number(outgoing), { direction: 'out' }),
    missed: column(t.contacts_numbers_missed(), ({ missed }) => number(missed), {
      only: 'missed',
      direction: 'in',
    }),
    unreached: column(t.contacts_numbers_unreached(), ({ unreached }) => number(unreached), {
      only: 'missed',
      direction: 'out',
    }),
    hours: column(t.contacts_numbers_hours(), ({ seconds }) => hoursWords(seconds, formats), {}),
    answered: column(t.contacts_numbers_answered(), (figures) => answeredWords(figures, { t, formats }), {
      only: 'waited',
    }),
    median: column(t.contacts_numbers_median(), ({ medianMs }) => within(medianMs), { only: 'answered' }),
    ninth: column(t.contacts_numbers_ninth(), ({ ninthMs }) => within(ninthMs), { only: 'answered' }),
    satisfied: column(t.contacts_numbers_satisfied(), (figures) => satisfiedWords(figures, { t, formats }), {
      only: 'rated',
    }),
  };
}

/** All of it as the rows of a table. */
export function contactFigureRows(
  { period, total: { now, before } }: Pick<ContactNumbers, 'period' | 'total'>,
  by: ListedBy,
  wording: Wording,
): ContactFigureRow[] {
  const columns = figureColumns(wording);
  const counts: Partial<Record<keyof typeof columns, (figures: ContactFigures) => number>> = {
    incoming: ({ incoming }) => incoming,
    outgoing: ({ outgoing }) => outgoing,
    missed: ({ missed }) => missed,
    unreached: ({ unreached }) => unreached,
    hours: ({ seconds }) => seconds,
  };
  return Object.entries(columns).map(([name, { label, write, asked }]) => {
    const count = Object.entries(counts).find(([counted]) => counted === name)?.[1];
    return {
      name: label,
      now: { text: write(now), href: listHref(period, by, asked) },
      before: { text: write(before), href: listHref(period.before, by, asked) },
      change:
        count === undefined ? '' : changeWords(BigInt(count(now)), BigInt(count(before)), wording.formats),
    };
  });
}

/** Whom a row is about. */
export const rowStaff = ({ staff }: ContactNumbersRow): string => staff?.id ?? 'nobody';

/** Tenths of an hour. */
export const hoursWords = (seconds: number, { number }: Formats): string =>
  number(Math.round(seconds / 360) / 10);

function answeredWords({ waited, answered }: ContactFigures, { t, formats }: Wording): string {
  if (waited === 0) return '–';
  const share = formats.percent(Math.round((answered * 100) / waited) * 100);
  return t.contacts_numbers_share({ share, n: formats.number(answered), of: formats.number(waited) });
}

function satisfiedWords({ satisfied, satisfactionSum }: ContactFigures, { t, formats }: Wording): string {
  if (satisfied === 0) return '–';
  const mean = formats.number(Math.round((10 * satisfactionSum) / satisfied) / 10);
  return t.contacts_numbers_mean({ mean, n: formats.number(satisfied) });
}

/** A span of time as people say it: minutes up to two hours, hours up to two days, then days. */
function spanWords(t: Messages, ms: number, { number }: Formats): string {
  const minutes = Math.ceil(ms / 60_000);
  if (minutes < 120) return t.contacts_duration({ n: number(minutes) });
  const hours = Math.round(ms / 360_000) / 10;
  if (hours < 48) return t.contacts_hours({ n: number(hours) });
  return t.contacts_days({ n: number(Math.round(hours / 2.4) / 10) });
}

/** What charts draw of the parts of both periods. */
export function contactPlaces({ parts }: Pick<ContactNumbers, 'parts'>, { shortDate }: Formats) {
  const length = Math.max(parts.now.length, parts.before.length);
  const beside = (of: (part: ContactNumbers['parts']['now'][number]) => number) =>
    Array.from({ length }, (_, at) => {
      const [was, is] = [parts.before[at], parts.now[at]];
      const label = shortDate(is?.since ?? was?.since ?? '2000-01-01');
      return { label, values: [was ? of(was) : null, is ? of(is) : null] as const };
    });
  return {
    contacts: beside(({ contacts }) => contacts),
    hours: beside(({ seconds }) => Math.round(seconds / 360) / 10),
  };
}

/** Whether there is anything to show. */
export const hasFigures = ({ now, before }: Compared): boolean =>
  [now, before].some(({ incoming, outgoing, waited }) => incoming + outgoing + waited > 0);
