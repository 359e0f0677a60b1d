import { insertInto, statement } from '../../../db/query.ts';
import { importChanges } from '../../../db/schema/index.ts';
import type { Statement } from '../../../db/store.ts';
import { assert } from '../../ground/platform/errors.ts';
import { readInteger, writtenInteger } from '../../ground/platform/exact-json.ts';
import { newId } from '../../ground/platform/ids.ts';
import type { MergedOrder } from './merge-order.ts';
import type { Order } from './order.ts';
import { spendOf, stateOf } from './order-state.ts';
import { packState, type WaitingSale } from './waiting/sale.ts';

const optionalFields = ['shippingMinor', 'taxMinor', 'taxIncludedMinor', 'promisedBy'] as const;
type OptionalField = (typeof optionalFields)[number];

/** What an import added to an order, or waiting sale, that was there before it. */
export interface ImportChange {
  events: { source: string; eventId: string }[];
  refunds: string[];
  /** What nobody had told before. */
  fields: OptionalField[];
  /** What cannot be taken away again: it waited for its customer, or was one sum, until the import told otherwise. */
  lasting: 'was_given' | 'has_new_lines' | null;
  /** Of a sale that waits, instead: what it was before, and the version that the import made of it. */
  sale: FormerSale | null;
}

interface FormerSale {
  state: string;
  spendMinor: string | number;
  version: number;
}

/** As `import_changes` keeps it. */
export function readChange(text: string): ImportChange {
  return JSON.parse(text);
}

const insertChange = insertInto(importChanges);

/** Notes what an import added to `before`, an order that is not its own. */
export function noteChange(
  before: Order,
  merge: Pick<MergedOrder, 'order' | 'newEvents' | 'newRefunds' | 'hasNewLines'>,
  { isGiven = false, ...about }: { importId: string; now: number; isGiven?: boolean },
): Statement {
  return insert(before, about, {
    events: merge.newEvents.map(({ source, eventId }) => ({ source, eventId })),
    refunds: merge.newRefunds.map(({ refundId }) => refundId),
    fields: optionalFields.filter((field) => before[field] === null && merge.order[field] !== null),
    lasting: isGiven ? 'was_given' : merge.hasNewLines ? 'has_new_lines' : null,
    sale: null,
  });
}

/** Notes what a sale of nobody was before an import that is not its own told more of it. */
export function noteSaleChange(before: WaitingSale, about: { importId: string; now: number }): Statement {
  const sale = {
    state: packState(before),
    spendMinor: writtenInteger(spendOf(stateOf(before.order))),
    version: before.version + 1,
  };
  return insert(before.order, about, { events: [], refunds: [], fields: [], lasting: null, sale });
}

function insert(
  { id: orderId }: Order,
  { importId, now }: { importId: string; now: number },
  change: ImportChange,
): Statement {
  return insertChange({
    ...{ id: newId(), importId, orderId, recordedAt: now },
    change: JSON.stringify(change),
  });
}

/** A sale of nobody that still waits, as it was before an import told more of it, up to `version`. */
export function restoreSale(saleId: string, { sale }: ImportChange, version: number): Statement {
  assert(sale !== null, 'a change of a sale says what it was');
  return statement(
    'UPDATE waiting_sales SET state = ?, spend_minor = ?, version = ? WHERE id = ? AND version = ?',
    sale.state,
    readInteger(sale.spendMinor),
    sale.version - 1,
    saleId,
    version,
  );
}

/** The order as it was before some imports' changes. */
export function withoutChanges(order: Order, changes: readonly ImportChange[]): Order {
  const before = { ...order };
  for (const field of changes.flatMap(({ fields }) => fields)) before[field] = null;
  const events = changes.flatMap((change) => change.events);
  const refunds = new Set(changes.flatMap((change) => change.refunds));
  return {
    ...before,
    events: order.events.filter(
      (event) => !events.some(({ source, eventId }) => source === event.source && eventId === event.eventId),
    ),
    refunds: order.refunds.filter(({ refundId }) => !refunds.has(refundId)),
  };
}
