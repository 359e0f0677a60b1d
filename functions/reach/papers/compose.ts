import { dayOf } from '../../ground/platform/business-time.ts';
import type { Moment } from '../../ground/platform/moment.ts';
import type { Order, Refund } from '../../money/orders/order.ts';
import type { OrderState } from '../../money/orders/order-state.ts';
import type { CorrectionReason, PaperDocument, PaperLine, Seller } from './paper.ts';

/** What stands on a paper beside what was sold. */
export interface PaperTerms {
  language: string;
  seller: Seller;
  buyerHash: string;
  /** The business day of the issue. */
  issuedOn: string;
  timeZone: string;
}

/** What is invoiced of an order: all that was sold, whatever was given back since. */
export function composeInvoice(
  { order, state }: { order: Order; state: Pick<OrderState, 'deliveredAt'> },
  terms: PaperTerms,
): PaperDocument {
  const { shippingMinor, taxMinor, taxIncludedMinor } = order;
  const lines = order.lines.map(({ lineId, sku, product, quantityMilli, totalMinor, discountMinor }) => ({
    ...{ lineId, sku, product, quantityMilli, totalMinor, discountMinor },
  }));
  const { timeZone, ...told } = terms;
  return {
    version: 1,
    kind: 'invoice',
    ...told,
    currency: order.currency,
    placedOn: dayIn(order.placedAt, timeZone),
    deliveredOn: state.deliveredAt === null ? null : dayIn(state.deliveredAt, timeZone),
    order: { source: order.source, number: order.number },
    lines,
    ...{ shippingMinor, taxMinor, taxIncludedMinor },
    totalMinor: netOf(lines) + (shippingMinor ?? 0n) + (taxMinor ?? 0n),
    reason: null,
  };
}

/** An invoice, and what was credited of it so far. */
export interface Corrected {
  invoice: PaperDocument;
  credited: readonly PaperDocument[];
}

/**
 * What is credited of an invoice since money was given back. The tax inside the prices is shared out by what was credited in all,
 * cut off at the minor unit, so that the credit notes of a whole invoice together take back all of it.
 */
export function composeRefund(corrected: Corrected, refund: Refund, terms: PaperTerms): PaperDocument {
  const { invoice } = corrected;
  const before = creditedOf(corrected);
  const lines = refund.lines.map(({ lineId, amountMinor }) => takenBack(invoice, lineId, amountMinor));
  const totalMinor = netOf(lines);
  const sharedTax = (minor: bigint) =>
    invoice.totalMinor === 0n ? 0n : ((invoice.taxIncludedMinor ?? 0n) * minor) / invoice.totalMinor;
  return {
    ...correction(invoice, terms, 'refund'),
    lines,
    ...{ shippingMinor: null, taxMinor: null, totalMinor },
    taxIncludedMinor:
      invoice.taxIncludedMinor === null
        ? null
        : sharedTax(before.totalMinor) - sharedTax(before.totalMinor - totalMinor),
  };
}

/** All that is left of an invoice, taken back; null where nothing is. */
export function composeRest(
  corrected: Corrected,
  reason: Exclude<CorrectionReason, 'refund'>,
  terms: PaperTerms,
): PaperDocument | null {
  const { invoice } = corrected;
  const before = creditedOf(corrected);
  const totalMinor = before.totalMinor - invoice.totalMinor;
  if (totalMinor === 0n) return null;
  const lines = invoice.lines.flatMap((line) => {
    const left = netOf([line]) - (before.byLine.get(line.lineId) ?? 0n);
    return left === 0n ? [] : [takenBack(invoice, line.lineId, left)];
  });
  const { shippingMinor, taxMinor, taxIncludedMinor } = invoice;
  return {
    ...correction(invoice, terms, reason),
    lines,
    shippingMinor: shippingMinor === null ? null : -shippingMinor,
    taxMinor: taxMinor === null ? null : -taxMinor,
    taxIncludedMinor: taxIncludedMinor === null ? null : before.taxIncludedMinor - taxIncludedMinor,
    totalMinor,
  };
}

function correction(invoice: PaperDocument, { timeZone: _, ...told }: PaperTerms, reason: CorrectionReason) {
  const { currency, placedOn, deliveredOn, order } = invoice;
  return {
    version: 1 as const,
    kind: 'credit_note' as const,
    ...told,
    ...{ currency, placedOn, deliveredOn, order, reason },
  };
}

/** A line of an invoice as far as it is taken back; with its quantity and discount where all of it is. */
function takenBack(invoice: PaperDocument, lineId: string, amountMinor: bigint): PaperLine {
  const line = invoice.lines.find((one) => one.lineId === lineId);
  const isWhole = line !== undefined && line.totalMinor - line.discountMinor === amountMinor;
  return {
    ...{ lineId, sku: line?.sku ?? null, product: line?.product ?? null },
    quantityMilli: isWhole && line.quantityMilli !== null ? -line.quantityMilli : null,
    totalMinor: isWhole ? -line.totalMinor : -amountMinor,
    discountMinor: isWhole ? -line.discountMinor : 0n,
  };
}

/** What was taken back so far, as positive sums. */
function creditedOf({ credited }: Corrected) {
  const byLine = new Map<string, bigint>();
  let totalMinor = 0n;
  let taxIncludedMinor = 0n;
  for (const note of credited) {
    totalMinor -= note.totalMinor;
    taxIncludedMinor -= note.taxIncludedMinor ?? 0n;
    for (const line of note.lines) byLine.set(line.lineId, (byLine.get(line.lineId) ?? 0n) - netOf([line]));
  }
  return { byLine, totalMinor, taxIncludedMinor };
}

/** Σ(total − discount) of lines. */
export function netOf(lines: readonly Pick<PaperLine, 'totalMinor' | 'discountMinor'>[]): bigint {
  return lines.reduce((sum, { totalMinor, discountMinor }) => sum + totalMinor - discountMinor, 0n);
}

const dayIn = ({ at, day }: Moment, timeZone: string): string => day ?? dayOf(at, timeZone);
