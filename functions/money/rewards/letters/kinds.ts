import { z } from 'zod';
import { mailKind, type ParamsOf } from '../../../ground/outbox/letter-kind.ts';
import { amount } from '../../../ground/outbox/shapes.ts';

/** One name, or one in each language. */
const ruleName = z.union([z.string(), z.record(z.string(), z.string())]);

/** Without its code, for who may not see it, to what the account has. */
const linkOfVoucher = ({ code }: { code: string }) =>
  code === '' ? '/account/rewards' : `/account/rewards/vouchers/${encodeURIComponent(code)}`;

const sampleRule = '5 back for every 100';
const sampleEnd = Date.UTC(2027, 0, 1);
const lateOrEarly = ({ days }: { days: number }) => (days > 7 ? 'early' : 'late');

export const rewardMails = {
  target_reached: mailKind({
    topic: 'rewards',
    urgency: 'owed',
    params: z.object({
      ruleName,
      spend: amount,
      pays: amount,
      /** Whether a sum was reached, or each order brings its share. */
      by: z.enum(['target', 'share']).default('target'),
      /** The order that brought it. */
      number: z.string().nullable().default(null),
      /** What there is to spend now, and until when this reward can be spent. */
      balance: amount.nullable().default(null),
      expiresAt: z.number().nullable().default(null),
    }),
    link: () => '/account/rewards',
    own: {
      samples: (sum) => {
        const one = {
          ruleName: sampleRule,
          spend: sum(10_000n),
          pays: sum(500n),
          number: 'A-1042',
          balance: sum(1200n),
          expiresAt: sampleEnd,
        };
        return { target: { ...one, by: 'target' as const }, share: { ...one, by: 'share' as const } };
      },
      caseOf: ({ by }) => by,
      values: ({ pays, spend, ruleName }, { formats, inLanguage }) => ({
        amount: formats.money(pays),
        spend: formats.money(spend),
        rule: inLanguage(ruleName),
      }),
    },
  }),
  nearly_there: mailKind({
    topic: 'rewards',
    urgency: 'bulk',
    isUnasked: true,
    /** `until`: the first day after the period, null for one that never ends. */
    params: z.object({ ruleName, missing: amount, pays: amount, until: z.string().nullable() }),
    link: () => '/account/rewards',
    own: {
      samples: (sum) => ({
        standard: { ruleName: sampleRule, missing: sum(450n), pays: sum(500n), until: '2026-12-31' },
      }),
      values: ({ missing, pays, ruleName }, { formats, inLanguage }) => ({
        missing: formats.money(missing),
        amount: formats.money(pays),
        rule: inLanguage(ruleName),
      }),
    },
  }),
  voucher_issued: mailKind({
    topic: 'service',
    urgency: 'owed',
    params: z.object({
      code: z.string(),
      /** Whose balance or rule paid it: who may not spend there is not told the code. */
      rootId: z.string().default(''),
      /** The rule that paid it; null when it was bought with credit. */
      ruleName: ruleName.nullable().default(null),
      amount,
      minimum: amount.nullable(),
      expiresAt: z.number().nullable(),
    }),
    link: linkOfVoucher,
    own: {
      samples: (sum) => ({
        standard: {
          code: 'K7QX-M2PD',
          rootId: '',
          ruleName: sampleRule,
          amount: sum(500n),
          minimum: sum(2000n),
          expiresAt: sampleEnd,
        },
      }),
      caseOf: (_params, { voucherCode }) => (voucherCode === null ? null : 'standard'),
      values: ({ amount: worth, ruleName: rule }, { formats, inLanguage }) => ({
        amount: formats.money(worth),
        rule: rule === null ? null : inLanguage(rule),
      }),
    },
  }),
  credit_expiring: mailKind({
    topic: 'rewards',
    urgency: 'bulk',
    params: z.object({ amount, expiresAt: z.number(), days: z.number() }),
    link: () => '/account/rewards',
    own: {
      samples: (sum) => ({
        early: { amount: sum(625n), expiresAt: sampleEnd, days: 30 },
        late: { amount: sum(625n), expiresAt: sampleEnd, days: 7 },
      }),
      caseOf: lateOrEarly,
      values: ({ amount: credit, expiresAt }, { formats }) => ({
        amount: formats.money(credit),
        date: formats.day(expiresAt - 1),
      }),
      required: ['date'],
    },
  }),
  voucher_expiring: mailKind({
    topic: 'rewards',
    urgency: 'bulk',
    params: z.object({
      code: z.string(),
      rootId: z.string(),
      amount,
      minimum: amount.nullable(),
      expiresAt: z.number(),
      days: z.number(),
    }),
    link: linkOfVoucher,
    own: {
      samples: (sum) => {
        const one = { code: 'K7QX-M2PD', rootId: '', amount: sum(500n), minimum: null, expiresAt: sampleEnd };
        return { early: { ...one, days: 30 }, late: { ...one, days: 7 } };
      },
      caseOf: (params, { voucherCode }) => (voucherCode === null ? null : lateOrEarly(params)),
      values: ({ amount: worth, expiresAt }, { formats }) => ({
        amount: formats.money(worth),
        date: formats.day(expiresAt - 1),
      }),
      required: ['date'],
    },
  }),
};

declare module '../../../ground/outbox/letter-kind.ts' {
  interface LetterParams extends ParamsOf<typeof rewardMails> {}
}
