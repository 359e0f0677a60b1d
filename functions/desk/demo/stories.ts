import type { Locale } from '../../ground/identity/languages.ts';
import { DAY_MS, HOUR_MS } from '../../ground/platform/calendar.ts';
import type { OrderSketch } from './demo-order.ts';
import { lineOf } from './goods.ts';
import { type Person, people } from './people.ts';

/** Somebody who signed in for the first time, so many days ago. */
export interface DemoSignUp extends Person {
  language: Locale;
  days: number;
}

export const signUps: readonly DemoSignUp[] = [
  { ...people.anna, language: 'en', days: 690 },
  { ...people.daniel, language: 'en', days: 380 },
  { ...people.marta, language: 'en', days: 600 },
  { ...people.viktor, language: 'uk', days: 200 },
  { ...people.leo, language: 'en', days: 1 },
];

/** Credit given by hand: whole pence. */
export const goodwill = [
  { email: people.anna.email, pence: 500n, days: 118, reason: 'Sorry for the crushed parcel' },
  { email: people.daniel.email, pence: 300n, days: 77, reason: 'Found a mistake on our price list' },
] as const;

type Sketch = Omit<OrderSketch, 'by' | 'placedAt'>;

/** What Anna and Viktor went through: one order of every kind, so that each page has something to show. */
export function tellStories(now: number): OrderSketch[] {
  const anna = (hoursAgo: number, sketch: Sketch): OrderSketch => ({
    by: people.anna,
    placedAt: now - hoursAgo * HOUR_MS,
    ...sketch,
  });
  const daysAgo = (days: number) => days * 24 + 3;
  return [
    anna(2, { lines: [lineOf(1, { good: 'espresso' }), lineOf(2, { good: 'papers', quantity: 2 })] }),
    anna(29, { lines: [lineOf(1, { good: 'mug', quantity: 2 })], fate: 'pickup' }),
    anna(84, {
      lines: [lineOf(1, { good: 'pot' }), lineOf(2, { good: 'carpathian', quantity: 3 })],
      fate: 'two-parcels',
    }),
    anna(62, { lines: [lineOf(1, { good: 'sencha', quantity: 2 })], fate: 'delayed', promisedDays: 1 }),
    anna(daysAgo(8), { lines: [lineOf(1, { good: 'house', quantity: 3 })], source: 'till' }),
    anna(daysAgo(13), {
      lines: [lineOf(1, { good: 'assam' }), lineOf(2, { good: 'earlGrey', quantity: 2 })],
      fate: 'return-refused',
    }),
    anna(daysAgo(22), { lines: [lineOf(1, { good: 'grinder' })], source: 'till' }),
    anna(daysAgo(36), {
      lines: [lineOf(1, { good: 'kettle' }), lineOf(2, { good: 'filter', quantity: 2 })],
      refund: {
        at: now - 30 * DAY_MS,
        reason: 'One bag arrived torn',
        lines: [{ line: '2', amount: 1150n }],
      },
    }),
    anna(daysAgo(50), { lines: [lineOf(1, { good: 'kettle' })], fate: 'cancelled' }),
    anna(daysAgo(64), {
      lines: [
        lineOf(1, { good: 'giftCard', quantity: 2 }),
        lineOf(2, { good: 'workshop' }),
        lineOf(3, { good: 'decaf' }),
      ],
    }),
    anna(daysAgo(90), { lines: [lineOf(1, { good: 'mug', quantity: 4 })], fate: 'returned' }),
    anna(daysAgo(125), {
      lines: [lineOf(1, { good: 'house', quantity: 2 })],
      fate: 'failed-once',
      promisedDays: 2,
    }),
    anna(daysAgo(170), { lines: [lineOf(1, { good: 'sencha' })], currency: 'EUR', promisedDays: null }),
    anna(daysAgo(215), {
      lines: [lineOf(1, { good: 'espresso', quantity: 2, discount: 10 })],
      fate: 'held',
    }),
    anna(daysAgo(330), { lines: [lineOf(1, { good: 'machine' })] }),
    ...viktors(now),
  ];
}

/** Viktor spent what he had earned and then sent most of it back, so that he owes. */
function viktors(now: number): OrderSketch[] {
  const viktor = (days: number, sketch: Sketch): OrderSketch => ({
    by: people.viktor,
    placedAt: now - days * DAY_MS - 4 * HOUR_MS,
    ...sketch,
  });
  return [
    viktor(195, { lines: [lineOf(1, { good: 'house', quantity: 2 })] }),
    viktor(160, {
      lines: [lineOf(1, { good: 'machine' })],
      refund: {
        at: now - 41 * DAY_MS,
        reason: 'The pump failed twice',
        lines: [{ line: '1', amount: 38_900n }],
      },
    }),
    viktor(33, { lines: [lineOf(1, { good: 'carpathian', quantity: 2 })], source: 'till' }),
  ];
}
