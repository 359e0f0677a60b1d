import { newCode, newId } from '../../../ground/platform/ids.ts';
import { mergeOrder, newRefundsOf } from '../merge-order.ts';
import type { OrderDraft } from '../order.ts';
import { stateOf } from '../order-state.ts';
import { contradiction, findOverRefund, type Rejected } from '../refusals.ts';
import type { WaitingSale } from './sale.ts';

/** What became of a draft that names nobody. */
export type SaleOutcome =
  | { kind: 'created' | 'unchanged'; sale: WaitingSale }
  | { kind: 'completed'; sale: WaitingSale; before: WaitingSale }
  | Rejected;

/** Sixty bits: nobody finds a code that waits by guessing. */
const CODE_GROUPS = 3;

/** Plans a sale of nobody by the rules of orders: the same is unchanged, more completes, another refuses. */
export function planSale(
  draft: OrderDraft,
  kept: WaitingSale | undefined,
  terms: { now: number; importId: string | null; actor: string },
): SaleOutcome {
  if (kept === undefined) return { kind: 'created', sale: newSale(draft, terms) };
  if (isOther(kept.account, draft.account) || isOther(kept.department, draft.department)) {
    return contradiction({ column: 'account', reason: { code: 'recorded_for_account', of: {} } });
  }
  const merge = mergeOrder(kept.order, draft);
  if (merge.kind === 'contradicts') return contradiction(merge);
  const told = {
    customerName: kept.customerName ?? draft.customerName,
    account: kept.account ?? draft.account,
    department: kept.department ?? draft.department,
  };
  const isSame = told.customerName === kept.customerName && told.account === kept.account;
  if (merge.kind === 'unchanged' && isSame && told.department === kept.department) {
    return { kind: 'unchanged', sale: kept };
  }
  const order = merge.kind === 'completed' ? merge.order : kept.order;
  const refusal = findOverRefund(order, stateOf(order));
  if (refusal !== null) return refusal;
  const sale = { ...kept, ...told, order, version: kept.version + 1 };
  return { kind: 'completed', sale, before: kept };
}

function isOther(kept: string | null, told: string | null): boolean {
  return kept !== null && told !== null && kept !== told;
}

function newSale(
  draft: OrderDraft,
  { now, importId, actor }: { now: number; importId: string | null; actor: string },
): WaitingSale {
  const { source, number, placedAt, currency, lines, promisedBy, events } = draft;
  const { shippingMinor, taxMinor, taxIncludedMinor, customerName, account, department } = draft;
  return {
    ...{ customerName, account, department, actor },
    receiptCode: newCode(CODE_GROUPS),
    version: 1,
    order: {
      ...{ source, number, placedAt, currency, lines, promisedBy, events, importId },
      ...{ shippingMinor, taxMinor, taxIncludedMinor },
      ...{ id: newId(), accountId: '', rootId: '', customerId: '', recordedAt: now },
      refunds: newRefundsOf(draft, []),
    },
  };
}
