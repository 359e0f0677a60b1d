import { z } from 'zod';
import { exactInteger, exactJson } from '../../ground/platform/exact-json.ts';
import { hashOf } from '../../ground/platform/ids.ts';

export const paperKinds = ['invoice', 'credit_note'] as const;
export type PaperKind = (typeof paperKinds)[number];

/** What a credit note answers: money given back, an order that was cancelled, or one that was found to be somebody else's. */
const correctionReasons = ['refund', 'cancelled', 'moved'] as const;
export type CorrectionReason = (typeof correctionReasons)[number];

const sellerShape = z.object({
  name: z.string(),
  address: z.string(),
  taxNumber: z.string(),
  bank: z.string(),
  note: z.string(),
  email: z.string(),
  phone: z.string(),
});
/** Who sells, as the business calls itself in its books; empty for what it does not say. */
export type Seller = z.output<typeof sellerShape>;

const lineShape = z.object({
  lineId: z.string(),
  sku: z.string().nullable(),
  product: z.string().nullable(),
  quantityMilli: z.int().nullable(),
  totalMinor: exactInteger,
  discountMinor: exactInteger,
});
/**
 * A line: `totalMinor` before `discountMinor`. Of a credit note both are what is taken back, so negative, and the quantity too,
 * which is null where a part of the line stays.
 */
export type PaperLine = z.output<typeof lineShape>;

const documentShape = z.object({
  version: z.literal(1),
  kind: z.enum(paperKinds),
  language: z.string(),
  currency: z.string(),
  issuedOn: z.string(),
  placedOn: z.string(),
  deliveredOn: z.string().nullable(),
  order: z.object({ source: z.string(), number: z.string() }),
  seller: sellerShape,
  /** SHA-256 of the text that tells who bought. */
  buyerHash: z.string(),
  lines: z.array(lineShape),
  shippingMinor: exactInteger.nullable(),
  taxMinor: exactInteger.nullable(),
  taxIncludedMinor: exactInteger.nullable(),
  totalMinor: exactInteger,
  reason: z.enum(correctionReasons).nullable(),
});
/**
 * What a paper says, frozen: days in business time, money in minor units of `currency`. `totalMinor` is
 * Σ(total − discount) + shipping + tax; `taxIncludedMinor` is inside the prices and part of no sum.
 */
export type PaperDocument = z.output<typeof documentShape>;

const buyerShape = z.object({
  name: z.string(),
  contact: z.string(),
  address: z.string(),
  taxNumber: z.string(),
  email: z.string(),
  /** What the buyer calls the order, and what stands on each of their papers. */
  references: z.array(z.string()),
  /** So that nobody finds out by trying who a hash is of. */
  salt: z.string(),
});
/** Who bought, as they were called at the issue; empty for what is not known. */
export type PaperBuyer = z.output<typeof buyerShape>;

export const readDocument = (text: string): PaperDocument => documentShape.parse(JSON.parse(text));
export const readBuyer = (text: string): PaperBuyer => buyerShape.parse(JSON.parse(text));
export const writeDocument = (document: PaperDocument): string => exactJson(document);
export const writeBuyer = (buyer: PaperBuyer): string => JSON.stringify(buyer);

/** Whether a paper still says what it said at its issue; of who bought only while that is kept. */
export function isAsIssued({
  document,
  hash,
  buyer,
}: {
  document: string;
  hash: string;
  buyer: string | null;
}): boolean {
  return hashOf(document) === hash && (buyer === null || hashOf(buyer) === readDocument(document).buyerHash);
}
