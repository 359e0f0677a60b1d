import type { createDrop } from '../../circle/club/drops/open-drop.ts';
import type { createEvent } from '../../circle/club/events/open-event.ts';
import { dayOf, startOfDay } from '../../ground/platform/business-time.ts';
import { DAY_MS, HOUR_MS } from '../../ground/platform/calendar.ts';
import { demoTimeZone } from './demo-order.ts';

export const firstFlush = (at: number): Parameters<typeof createDrop>[1] => ({
  texts: {
    en: { title: 'Darjeeling first flush', body: 'Forty grams each, from a single morning’s picking.' },
    uk: { title: 'Дарджилінг першого збору', body: 'По сорок грамів, з одного ранкового збору.' },
  },
  stock: 12,
  closesAt: at + 14 * DAY_MS,
  windows: [{ level: 'member', opensAt: at }],
});

export const teapots = (at: number): Parameters<typeof createDrop>[1] => ({
  texts: {
    en: { title: 'Three teapots by Hana Kovář', body: 'Thrown and wood-fired for us; no two are alike.' },
    uk: {
      title: 'Три чайники Гани Коварж',
      body: 'Виточені й випалені на дровах для нас; двох однакових немає.',
    },
  },
  stock: 3,
  closesAt: at + 30 * DAY_MS,
  windows: [
    { level: 'gold', opensAt: at },
    { level: 'member', opensAt: at + DAY_MS },
  ],
});

export const tasting = (now: number): Parameters<typeof createEvent>[1] => ({
  texts: {
    en: {
      title: 'An evening of oolongs',
      body: 'Six teas, one table, and the people who brought them here.',
    },
    uk: { title: 'Вечір улунів', body: 'Шість чаїв, один стіл і люди, які їх сюди привезли.' },
  },
  place: 'Fern & Kettle, upstairs',
  startsAt: evening(now, 12),
  endsAt: evening(now, 12) + 3 * HOUR_MS,
  answerUntil: now + 10 * DAY_MS,
  places: 6,
  guestsMax: 1,
});

/** Half past six in the evening, some days on. */
const evening = (now: number, days: number) =>
  startOfDay(dayOf(now + days * DAY_MS, demoTimeZone), demoTimeZone) + 18.5 * HOUR_MS;
