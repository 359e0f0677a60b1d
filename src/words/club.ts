import type { BenefitKind } from '../../functions/circle/club/benefits/schema.ts';
import type { DropView } from '../../functions/circle/club/drops/member-drops.ts';
import type { EventView } from '../../functions/circle/club/events/member-events.ts';
import type { LevelView } from '../../functions/circle/club/levels/view.ts';
import type { LevelTerms } from '../../functions/circle/club/levels/windows.ts';
import { namedIn } from '../../functions/circle/club/texts.ts';
import type { Formats } from '../../functions/ground/formats/format.ts';
import { instantOfLocal } from '../../functions/ground/platform/business-time.ts';
import { locales } from '../../languages/built.ts';
import type { Messages } from '../locale.ts';

interface StateWords {
  text: string;
  /** A class of `.state`. */
  tone: 'good' | 'moving' | 'warn' | 'bad' | '';
}

/** Where a drop stands for its reader, in a few words. */
export function dropState(
  { mine, state, opensAt, closesAt }: DropView,
  t: Messages,
  formats: Formats,
): StateWords {
  const at = (moment: number) => formats.moment({ at: moment, day: null });
  switch (mine?.state) {
    case 'yours':
      return { text: t.club_drop_yours(), tone: 'good' };
    case 'waiting':
      return { text: t.club_drop_place({ place: mine.place ?? 1 }), tone: 'moving' };
    case 'cancelled':
    case 'expired':
    case 'collected':
      return { text: t[`club_drop_${mine.state}`](), tone: '' };
    default:
  }
  switch (state) {
    case 'open':
      return { text: t.club_drop_open_until({ date: at(closesAt) }), tone: 'moving' };
    case 'coming':
      return {
        text: opensAt === null ? t.club_drop_never() : t.club_drop_opens({ date: at(opensAt) }),
        tone: '',
      };
    case 'over':
    case 'closed':
      return { text: t[`club_drop_${state}`](), tone: '' };
  }
}

/** What the reader said to an event, and what came of it. */
export function eventState({ mine, cancelReason }: EventView, t: Messages): StateWords {
  if (cancelReason !== null) return { text: t.club_event_cancelled(), tone: 'bad' };
  if (mine === null) return { text: t.club_event_unanswered(), tone: '' };
  if (mine.state === 'seated') return { text: t.club_event_seated(), tone: 'good' };
  if (mine.state === 'waiting') return { text: t.club_event_in_line(), tone: 'moving' };
  return { text: mine.answer === 'no' ? t.club_event_said_no() : t.club_event_said_maybe(), tone: '' };
}

/** Why somebody has their level, until when, and what keeps it: a sentence each. */
export function levelSentences(level: LevelView, { t, formats, locale }: LevelWords): string[] {
  const { because, heldThrough, keep, terms } = level;
  const name = namedIn(level.names, locale);
  const why =
    because === null ? t.club_level_because_first({ level: name }) : becauseOf(because, name, { t, formats });
  if (terms.per === 'lifetime') return [why, t.club_level_for_good()];
  if (keep === null)
    return heldThrough === null ? [why] : [why, t.club_level_held({ date: formats.date(heldThrough) })];
  const amount = formats.money(keep.missing);
  const date = formats.date(keep.by);
  const grace = keep.graceThrough === null ? null : formats.date(keep.graceThrough);
  return [
    grace === null ? t.club_level_keep({ amount, date }) : t.club_level_keep_grace({ amount, date, grace }),
    why,
    t.club_level_else({ level: namedIn(keep.fallsTo, locale) }),
  ];
}

interface LevelWords {
  t: Messages;
  formats: Formats;
  locale: string;
}

function becauseOf(
  { year, spend }: NonNullable<LevelView['because']>,
  level: string,
  { t, formats }: Pick<LevelWords, 't' | 'formats'>,
): string {
  const amount = formats.money(spend);
  return year === null
    ? t.club_level_because_all({ level, amount })
    : t.club_level_because_year({ level, year: String(year), amount });
}

/** The rule by which levels are held and lost, a sentence each. */
export function levelRuleSentences({ per, fall, graceDays }: LevelTerms, t: Messages): string[] {
  if (per === 'lifetime') return [t.club_level_rule_lifetime()];
  return [
    t.club_level_rule_year(),
    ...(graceDays === 0 ? [] : [t.club_level_rule_grace({ count: graceDays })]),
    fall === 'one' ? t.club_level_rule_one() : t.club_level_rule_reached(),
    t.club_level_rule_returns(),
  ];
}

export function benefitKindWords(kind: BenefitKind, t: Messages): string {
  return t[`club_kind_${kind}`]();
}

/** `Ann Brown` as `AB`. */
export function initialsOf(name: string): string {
  const words = name.split(/\s+/).filter((word) => word !== '');
  return [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => word?.[0] ?? '').join('');
}

/** What a field of a date and a time says in business time, or null. */
export function localMoment(text: string, timeZone: string): number | null {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(text) && !Number.isNaN(Date.parse(text))
    ? instantOfLocal(`${text}:00.000`, timeZone)
    : null;
}

/** Titles and texts of a form's fields, `title_en`, `body_en` and so on. */
export function textsOfForm(fields: Map<string, string>): Record<string, { title: string; body: string }> {
  const textIn = (language: string) => ({
    title: fields.get(`title_${language}`) ?? '',
    body: fields.get(`body_${language}`) ?? '',
  });
  return Object.fromEntries(locales.map((language) => [language, textIn(language)]));
}
