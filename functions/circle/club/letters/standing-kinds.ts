import { z } from 'zod';
import { mailKind, type ParamsOf } from '../../../ground/outbox/letter-kind.ts';
import { aboutAccount, amount } from '../../../ground/outbox/shapes.ts';

/** By language. */
const names = z.record(z.string(), z.string());

/** Mails about a member's level, and about promises that were not kept. */
export const standingMails = {
  club_level_keep: mailKind({
    topic: 'club',
    urgency: 'bulk',
    isPersonal: true,
    params: z.object({
      level: names,
      missing: amount,
      /** Business days. */
      by: z.string(),
      graceThrough: z.string().nullable(),
      fallsTo: names,
      ...aboutAccount,
    }),
    link: () => '/account/club',
    own: {
      samples: (sum) => ({
        standard: {
          level: { en: 'Gold' },
          missing: sum(4000n),
          by: '2026-12-31',
          graceThrough: null,
          fallsTo: { en: 'Silver' },
        },
        grace: {
          level: { en: 'Gold' },
          missing: sum(4000n),
          by: '2026-12-31',
          graceThrough: '2027-01-14',
          fallsTo: { en: 'Silver' },
        },
      }),
      caseOf: ({ graceThrough }) => (graceThrough === null ? 'standard' : 'grace'),
      values: ({ level, missing, by, graceThrough, fallsTo }, { formats, inLanguage }) => ({
        level: inLanguage(level),
        amount: formats.money(missing),
        date: formats.date(by),
        grace: graceThrough === null ? null : formats.date(graceThrough),
        lower: inLanguage(fallsTo),
      }),
      required: ['amount', 'date'],
    },
  }),
  club_level_fell: mailKind({
    topic: 'club',
    urgency: 'bulk',
    isPersonal: true,
    params: z.object({
      level: names,
      next: z.object({ level: names, missing: amount }).nullable(),
      ...aboutAccount,
    }),
    link: () => '/account/club',
    own: {
      samples: (sum) => ({
        standard: {
          level: { en: 'Silver' },
          next: { level: { en: 'Gold' }, missing: sum(50000n) },
        },
      }),
      values: ({ level, next }, { formats, inLanguage }) => ({
        level: inLanguage(level),
        next: next === null ? null : inLanguage(next.level),
        amount: next === null ? null : formats.money(next.missing),
      }),
      required: ['level'],
    },
  }),
  promise_made_good: mailKind({
    topic: 'service',
    urgency: 'owed',
    isPersonal: true,
    params: z.object({
      /** The number of the order that came late; null for a benefit. */
      order: z.string().nullable(),
      title: names.nullable(),
      /** The business day that was promised, or on which it was not kept. */
      day: z.string(),
      amount,
      ...aboutAccount,
    }),
    link: () => '/account/rewards',
    own: {
      samples: (sum) => ({
        order: { order: 'A-1042', title: null, day: '2026-12-01', amount: sum(500n) },
        benefit: { order: null, title: { en: 'Gift wrapping' }, day: '2026-12-01', amount: sum(500n) },
      }),
      caseOf: ({ order }) => (order === null ? 'benefit' : 'order'),
      values: ({ order, title, day, amount: sum }, { formats, inLanguage }) => ({
        order,
        title: title === null ? null : inLanguage(title),
        date: formats.date(day),
        amount: formats.money(sum),
      }),
      required: ['amount'],
    },
  }),
  /** To each owner: what was kept too seldom. */
  promise_poor: mailKind({
    topic: 'service',
    urgency: 'owed',
    /** Null for the promised days of orders. */
    params: z.object({ title: names.nullable(), kept: z.number(), of: z.number() }),
    link: () => '/console/club/promises',
  }),
};

declare module '../../../ground/outbox/letter-kind.ts' {
  interface LetterParams extends ParamsOf<typeof standingMails> {}
}
