import { readInteger, writtenInteger } from '../../ground/platform/exact-json.ts';
import type { StagedLine, StagedMoment } from './staged-line.ts';

/** As {@link writtenInteger} writes it. */
export type PackedAmount = string | number;
export type PackedMoment = string | number;
export type PackedRest = [
  lineTax: PackedAmount | null,
  leftMilli: number | null,
  unitPrice: string | null,
  isGiftCard: 0 | 1,
  refundId: string | null,
  refundedAt: PackedMoment | null,
  isCredit: 0 | 1,
  refundedOrder: string | null,
  isTaxInside: 0 | 1,
  lineShipping: PackedAmount | null,
  rowId: string | null,
  isWithoutLine: 0 | 1,
  key: string | null,
  isCancelled: 0 | 1,
  isSum: 0 | 1,
];

/** By which the staging database reads `key`. */
export const placeOfKey = 12;

/** What few rows have. */
export type Rest = Pick<
  StagedLine,
  | 'lineTax'
  | 'leftMilli'
  | 'unitPrice'
  | 'isGiftCard'
  | 'refundId'
  | 'refundedAt'
  | 'isCredit'
  | 'refundedOrder'
  | 'isTaxInside'
  | 'lineShipping'
  | 'rowId'
  | 'isWithoutLine'
  | 'key'
  | 'isCancelled'
  | 'isSum'
>;

export const noRest: Rest = {
  lineTax: null,
  leftMilli: null,
  unitPrice: null,
  isGiftCard: false,
  refundId: null,
  refundedAt: null,
  isCredit: false,
  refundedOrder: null,
  isTaxInside: false,
  lineShipping: null,
  rowId: null,
  isWithoutLine: false,
  key: null,
  isCancelled: false,
  isSum: false,
};

export function packRest(rest: Rest): PackedRest | 0 {
  const { lineTax, leftMilli, unitPrice, isGiftCard, refundId, refundedAt, lineShipping, rowId, key } = rest;
  const isPlain = !isGiftCard && !rest.isCredit && !rest.isWithoutLine && !rest.isCancelled && !rest.isSum;
  if (isPlain && (lineTax ?? leftMilli ?? refundId ?? refundedAt ?? lineShipping ?? rowId ?? key) === null)
    return 0;
  return [
    packAmount(lineTax),
    leftMilli,
    unitPrice,
    isGiftCard ? 1 : 0,
    refundId,
    refundedAt === null ? null : packMoment(refundedAt),
    rest.isCredit ? 1 : 0,
    rest.refundedOrder,
    rest.isTaxInside ? 1 : 0,
    packAmount(lineShipping),
    rowId,
    rest.isWithoutLine ? 1 : 0,
    key,
    rest.isCancelled ? 1 : 0,
    rest.isSum ? 1 : 0,
  ];
}

export function unpackRest(packed: PackedRest): Rest {
  const [lineTax, leftMilli, unitPrice, isGiftCard, refundId, refundedAt, isCredit, refundedOrder, ...more] =
    packed;
  const [inside, lineShipping, rowId, isWithoutLine, key, isCancelled, isSum] = more;
  return {
    lineTax: unpackAmount(lineTax),
    leftMilli,
    unitPrice,
    isGiftCard: isGiftCard === 1,
    refundId,
    refundedAt: refundedAt === null ? null : unpackMoment(refundedAt),
    isCredit: isCredit === 1,
    refundedOrder,
    isTaxInside: inside === 1,
    lineShipping: unpackAmount(lineShipping),
    rowId,
    isWithoutLine: isWithoutLine === 1,
    key,
    isCancelled: isCancelled === 1,
    isSum: isSum === 1,
  };
}

export function packAmount(amount: bigint | null): PackedAmount | null {
  return amount === null ? null : writtenInteger(amount);
}

export function unpackAmount(amount: PackedAmount | null): bigint | null {
  return amount === null ? null : readInteger(amount);
}

/** An instant is a number, a day 10 characters, a local time longer. */
export function packMoment(moment: StagedMoment): PackedMoment {
  if (moment.kind === 'instant') return moment.ms;
  return moment.kind === 'date' ? moment.date : moment.local;
}

export function unpackMoment(packed: PackedMoment): StagedMoment {
  if (typeof packed === 'number') return { ok: true, kind: 'instant', ms: packed };
  return packed.length === 10
    ? { ok: true, kind: 'date', date: packed }
    : { ok: true, kind: 'local', local: packed };
}
