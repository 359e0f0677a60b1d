import { allow } from '../../ground/platform/allow.ts';
import { dayOf, startOfDay } from '../../ground/platform/business-time.ts';
import { addMonths } from '../../ground/platform/calendar.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { getBusiness } from '../../money/business/business.ts';
import { listOtherTexts, listPraise, type PraiseMessage, TEXTS_MAX } from './list-praise.ts';
import { partsOfText, says } from './phrases.ts';
import { listPhraseRows, listPlacedRows, listThemeRows } from './queries.ts';
import { type Suggestion, suggestPhrases } from './suggest.ts';

const MONTHS = 12;
const SUGGESTED = 40;

export interface Theme {
  id: string;
  name: string;
  phrases: string[];
  madeAt: number;
  madeBy: string | null;
  endedAt: number | null;
}

export interface CountedTheme extends Theme {
  messages: number;
  /** Of these each counts once, however often they wrote. */
  people: number;
  /** The same by business month, the oldest first. */
  months: { month: string; messages: number; people: number }[];
}

export interface ThemedMessage extends PraiseMessage {
  /** The themes it belongs to. */
  themeIds: string[];
}

export interface Themes {
  themes: CountedTheme[];
  /** Messages looked through, the people they are of, and those of no theme. */
  messages: number;
  /** Whether there may be older ones within the months, which were left out. */
  isCut: boolean;
  /** So many messages are looked through at most. */
  textsMax: number;
  people: number;
  unthemed: number;
  months: string[];
}

/**
 * What advocates recount, by theme and month, over the last twelve business months: a message belongs to a theme by one of its phrases
 * or because staff put it there, unless staff took it out. At most the newest five thousand are looked through.
 * @throws {AppError} `forbidden`
 */
export async function getThemes(ctx: Context): Promise<Themes> {
  const { themes, messages, months, monthOf } = await loadThemed(ctx);
  return {
    themes: themes.map((theme) => {
      const own = messages.filter(({ themeIds }) => themeIds.includes(theme.id));
      return {
        ...theme,
        messages: own.length,
        people: peopleIn(own),
        months: months.map((month) => {
          const then = own.filter(({ at }) => monthOf(at) === month);
          return { month, messages: then.length, people: peopleIn(then) };
        }),
      };
    }),
    messages: messages.length,
    isCut: messages.length === TEXTS_MAX,
    textsMax: TEXTS_MAX,
    people: peopleIn(messages),
    unthemed: messages.filter(({ themeIds }) => themeIds.length === 0).length,
    months,
  };
}

/**
 * The messages of a theme, of none where `id` is null, or of a month of either, the newest first.
 * @throws {AppError} `not_found`, `forbidden`
 */
export async function getThemeMessages(
  ctx: Context,
  { id, month }: { id: string | null; month: string | null },
): Promise<{ theme: Theme | null; items: ThemedMessage[] }> {
  const { themes, messages, monthOf } = await loadThemed(ctx);
  const theme = themes.find((one) => one.id === id) ?? null;
  if (id !== null && theme === null) throw new AppError('not_found', 'There is no such theme.');
  const items = messages
    .filter(({ themeIds }) => (id === null ? themeIds.length === 0 : themeIds.includes(id)))
    .filter(({ at }) => month === null || monthOf(at) === month);
  return { theme, items };
}

/** Phrases that people who praise use more than others, in no theme yet. @throws {AppError} `forbidden` */
export async function suggestThemes(ctx: Context): Promise<Suggestion[]> {
  const { themes, messages, since } = await loadThemed(ctx);
  const others = await listOtherTexts(ctx.db, { since });
  const praise = messages.map(({ id, customerId, text }) => ({ person: customerId ?? id, text }));
  const known = themes.flatMap(({ phrases }) => phrases);
  return suggestPhrases(praise, others, SUGGESTED).filter(
    ({ phrase }) => !known.some((one) => says(partsOfText(phrase), one)),
  );
}

async function loadThemed(ctx: Context) {
  allow(ctx.actor, 'feedback:read');
  const { timeZone } = await getBusiness(ctx);
  const first = `${dayOf(ctx.now(), timeZone).slice(0, 7)}-01`;
  const months = Array.from({ length: MONTHS }, (_, at) => addMonths(first, at + 1 - MONTHS).slice(0, 7));
  const since = startOfDay(`${months[0]}-01`, timeZone);
  const [rows, phrases, placed, praise] = await Promise.all([
    listThemeRows(ctx.db, {}),
    listPhraseRows(ctx.db, {}),
    listPlacedRows(ctx.db, {}),
    listPraise(ctx.db, { since }),
  ]);
  const themes: Theme[] = rows.map((row) => ({
    ...row,
    phrases: phrases.flatMap(({ themeId, phrase }) => (themeId === row.id ? [phrase] : [])),
  }));
  const byHand = new Map(placed.map(({ themeId, messageId, isIn }) => [`${themeId} ${messageId}`, isIn]));
  const messages = praise.map((message): ThemedMessage => {
    const parts = partsOfText(message.text);
    const isOf = ({ id, phrases: own }: Theme) =>
      byHand.get(`${id} ${message.id}`) ?? own.some((phrase) => says(parts, phrase));
    return { ...message, themeIds: themes.filter(isOf).map(({ id }) => id) };
  });
  const monthOf = (at: number) => dayOf(at, timeZone).slice(0, 7);
  return { themes, messages, months, monthOf, since };
}

/** Who is not known counts by what they wrote. */
const peopleIn = (messages: readonly PraiseMessage[]) =>
  new Set(messages.map(({ customerId, id }) => customerId ?? id)).size;
