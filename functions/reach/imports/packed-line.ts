import { readInteger, writtenInteger } from '../../ground/platform/exact-json.ts';
import {
  noRest,
  type PackedAmount,
  type PackedMoment,
  type PackedRest,
  packAmount,
  packMoment,
  packRest,
  unpackAmount,
  unpackMoment,
  unpackRest,
} from './packed-rest.ts';
import type { OrderFields, StagedLine } from './staged-line.ts';

type PackedFields = [
  shipping: PackedAmount | null,
  tax: PackedAmount | null,
  status: OrderFields['status'],
  deliveredAt: PackedMoment | null,
  promisedBy: string | null,
  carrier: string | null,
  trackingNumber: string | null,
  orderDiscount: PackedAmount | null,
  orderSubtotal: PackedAmount | null,
  orderRefunded: PackedAmount | null,
  taxIncluded: PackedAmount | null,
  orderTotal: PackedAmount | null,
];
/** The staging database reads `line`, `email` and `name` by their place, and `rest` by this one. */
export const placeOfRest = 16;
type Packed = [
  line: number,
  email: string | null,
  name: string | null,
  account: string | null,
  department: string | null,
  currency: string,
  placedAt: PackedMoment,
  sku: string | null,
  product: string | null,
  category: string | null,
  quantityMilli: number,
  total: PackedAmount,
  discount: PackedAmount,
  refunded: PackedAmount,
  isRefund: 0 | 1,
  fields: PackedFields | 0,
  rest: PackedRest | 0,
];

/** A staged line as JSON, without its order's number and source. */
export function packLine(line: StagedLine): string {
  const packed: Packed = [
    line.line,
    line.email,
    line.name,
    line.account,
    line.department,
    line.currency,
    packMoment(line.placedAt),
    line.sku,
    line.product,
    line.category,
    line.quantityMilli,
    writtenInteger(line.total),
    writtenInteger(line.discount),
    writtenInteger(line.refunded),
    line.isRefund ? 1 : 0,
    packFields(line),
    packRest(line),
  ];
  return JSON.stringify(packed);
}

export function unpackLine(text: string, order: { source: string; number: string }): StagedLine {
  const packed: Packed = JSON.parse(text);
  const [
    line,
    email,
    name,
    account,
    department,
    currency,
    placedAt,
    sku,
    product,
    category,
    quantityMilli,
    total,
    discount,
    refunded,
    isRefund,
    ownFields,
    ownRest,
  ] = packed;
  const fields = ownFields === 0 ? noFields : unpackFields(ownFields);
  const rest = ownRest === 0 ? noRest : unpackRest(ownRest);
  return {
    line,
    source: order.source,
    number: order.number,
    email,
    name,
    account,
    department,
    currency,
    placedAt: unpackMoment(placedAt),
    sku,
    product,
    category,
    quantityMilli,
    total: readInteger(total),
    discount: readInteger(discount),
    refunded: readInteger(refunded),
    isRefund: isRefund === 1,
    lineTax: rest.lineTax,
    lineShipping: rest.lineShipping,
    rowId: rest.rowId,
    isWithoutLine: rest.isWithoutLine,
    leftMilli: rest.leftMilli,
    unitPrice: rest.unitPrice,
    isGiftCard: rest.isGiftCard,
    refundId: rest.refundId,
    refundedAt: rest.refundedAt,
    isCredit: rest.isCredit,
    refundedOrder: rest.refundedOrder,
    isTaxInside: rest.isTaxInside,
    key: rest.key,
    isCancelled: rest.isCancelled,
    isSum: rest.isSum,
    shipping: fields.shipping,
    tax: fields.tax,
    status: fields.status,
    deliveredAt: fields.deliveredAt,
    promisedBy: fields.promisedBy,
    carrier: fields.carrier,
    trackingNumber: fields.trackingNumber,
    orderDiscount: fields.orderDiscount,
    orderSubtotal: fields.orderSubtotal,
    orderRefunded: fields.orderRefunded,
    taxIncluded: fields.taxIncluded,
    orderTotal: fields.orderTotal,
  };
}

export const noFields: OrderFields = {
  shipping: null,
  tax: null,
  status: null,
  deliveredAt: null,
  promisedBy: null,
  carrier: null,
  trackingNumber: null,
  orderDiscount: null,
  orderSubtotal: null,
  orderRefunded: null,
  taxIncluded: null,
  orderTotal: null,
};

function packFields(line: OrderFields): PackedFields | 0 {
  if (isSilent(line)) return 0;
  return [
    packAmount(line.shipping),
    packAmount(line.tax),
    line.status,
    line.deliveredAt === null ? null : packMoment(line.deliveredAt),
    line.promisedBy,
    line.carrier,
    line.trackingNumber,
    packAmount(line.orderDiscount),
    packAmount(line.orderSubtotal),
    packAmount(line.orderRefunded),
    packAmount(line.taxIncluded),
    packAmount(line.orderTotal),
  ];
}

function isSilent(line: OrderFields): boolean {
  const { shipping, tax, status, deliveredAt, promisedBy, carrier, trackingNumber } = line;
  const ofGoods = status ?? deliveredAt ?? promisedBy ?? carrier ?? trackingNumber;
  const ofMoney = shipping ?? tax ?? line.orderDiscount ?? line.orderSubtotal ?? line.orderRefunded;
  const ofWhole = line.taxIncluded ?? line.orderTotal;
  return ofGoods === null && ofMoney === null && ofWhole === null;
}

function unpackFields(fields: PackedFields): OrderFields {
  const [shipping, tax, status, deliveredAt, promisedBy, carrier, trackingNumber, ...order] = fields;
  const [orderDiscount, orderSubtotal, orderRefunded, taxIncluded, orderTotal] = order;
  return {
    ...{ status, promisedBy, carrier, trackingNumber },
    shipping: unpackAmount(shipping),
    tax: unpackAmount(tax),
    deliveredAt: deliveredAt === null ? null : unpackMoment(deliveredAt),
    orderDiscount: unpackAmount(orderDiscount),
    orderSubtotal: unpackAmount(orderSubtotal),
    orderRefunded: unpackAmount(orderRefunded),
    taxIncluded: unpackAmount(taxIncluded),
    orderTotal: unpackAmount(orderTotal),
  };
}
