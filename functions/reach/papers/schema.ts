import { z } from 'zod';
import { instantAnswer, instantText, moneyAnswer } from '../../ground/platform/answer.ts';
import { pageCursor } from '../../ground/platform/input.ts';
import { toMoneyJson } from '../../ground/platform/money.ts';
import { paperKinds } from './paper.ts';
import type { Paper, PaperBrief } from './whole-paper.ts';

/** `GET /papers` */
export const papersQuery = z.strictObject({
  search: z.string().trim().max(100).optional().meta({
    description: 'What the number of the paper, or that of its order, begins with.',
  }),
  cursor: pageCursor.optional(),
});

/** What a file of a paper may be written as. */
export const paperFormats = ['csv'] as const;
export type PaperFormat = (typeof paperFormats)[number];
export const paperFileQuery = z.strictObject({
  format: z.enum(paperFormats).default('csv').meta({ description: 'What the file is written as.' }),
});

const day = z.string().meta({ format: 'date' });
const signed = moneyAnswer.meta({ description: 'Negative in a credit note.' });
const correctsAnswer = z
  .object({ id: z.string(), number: z.string(), issuedOn: day })
  .nullable()
  .meta({ description: 'The invoice that a credit note corrects.' });

const briefShape = {
  id: z.string(),
  kind: z.enum(paperKinds),
  number: z
    .string()
    .meta({ description: 'Without gaps within its kind and calendar year of business time.' }),
  issuedOn: day,
  order: z.object({ source: z.string(), number: z.string() }),
  total: signed,
  corrects: correctsAnswer,
  customerId: z.string(),
  accountId: z.string(),
};
export const paperBriefAnswer = z.object(briefShape).meta({ id: 'PaperInList' });

export const paperAnswer = z
  .object({
    ...briefShape,
    at: instantAnswer,
    language: z.string(),
    reason: z.enum(['refund', 'cancelled', 'moved']).nullable(),
    placedOn: day,
    deliveredOn: day.nullable(),
    seller: z.object({
      ...{ name: z.string(), address: z.string(), taxNumber: z.string(), bank: z.string() },
      ...{ note: z.string(), email: z.string(), phone: z.string() },
    }),
    buyer: z
      .object({
        ...{ name: z.string(), contact: z.string(), address: z.string(), taxNumber: z.string() },
        ...{ email: z.string(), references: z.array(z.string()) },
      })
      .nullable()
      .meta({ description: 'As they were called at the issue; null once that is kept no longer.' }),
    lines: z.array(
      z.object({
        line: z.string(),
        sku: z.string().nullable(),
        product: z.string().nullable(),
        quantity: z.number().nullable(),
        total: signed,
        discount: signed,
      }),
    ),
    shipping: signed.nullable(),
    tax: signed.nullable(),
    taxIncluded: signed.nullable().meta({ description: 'Inside the prices, and part of no sum.' }),
    hash: z.string().meta({ description: 'SHA-256 of what was issued: it never changes.' }),
  })
  .meta({ id: 'Paper' });
export type PaperAnswer = z.output<typeof paperAnswer>;

export const paperSentAnswer = z.object({ paperId: z.string(), mailId: z.string() });

export function toBriefAnswer({ rootId: _, total, ...brief }: PaperBrief): z.output<typeof paperBriefAnswer> {
  return { ...brief, total: toMoneyJson(total.minor, total.currency) };
}

export function toPaperAnswer(paper: Paper): PaperAnswer {
  const { document, buyer, at, hash, ...brief } = paper;
  const { currency, language, reason, placedOn, deliveredOn, seller, lines } = document;
  const money = (minor: bigint) => toMoneyJson(minor, currency);
  const optional = (minor: bigint | null) => (minor === null ? null : money(minor));
  return {
    ...toBriefAnswer(brief),
    ...{ at: instantText(at), language, reason, placedOn, deliveredOn, seller, hash },
    buyer: buyer && withoutSalt(buyer),
    lines: lines.map(({ lineId, sku, product, quantityMilli, totalMinor, discountMinor }) => ({
      ...{ line: lineId, sku, product, quantity: quantityMilli === null ? null : quantityMilli / 1000 },
      ...{ total: money(totalMinor), discount: money(discountMinor) },
    })),
    shipping: optional(document.shippingMinor),
    tax: optional(document.taxMinor),
    taxIncluded: optional(document.taxIncludedMinor),
  };
}

const withoutSalt = ({ salt: _, ...buyer }: NonNullable<Paper['buyer']>) => buyer;
