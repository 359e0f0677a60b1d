import type { Order } from '../../money/orders/order.ts';
import { stateOf } from '../../money/orders/order-state.ts';
import { composeInvoice, composeRefund, composeRest, type PaperTerms } from './compose.ts';
import type { PaperDocument } from './paper.ts';

/** A paper of an order as it was issued. */
export interface IssuedPaper {
  id: string;
  cause: string;
  invoiceId: string | null;
  /** The root account it was issued to, or that has by now what that one had. */
  rootId: string;
  document: PaperDocument;
}

/** A paper that is to be issued. */
export interface PaperDraft {
  id: string;
  cause: string;
  invoiceId: string | null;
  document: PaperDocument;
}

interface Planning {
  order: Order;
  /** In the order of their issue. */
  issued: readonly IssuedPaper[];
  /** Whether an invoice is asked for where none stands; without it only those that stand are corrected. */
  isAsked: boolean;
  termsOf: (invoice: IssuedPaper | null) => PaperTerms;
  makeId: () => string;
}

/**
 * What is to be issued of an order by now, in this sequence. What was given back of the order is credited on its invoice; the
 * rest of it once the order is cancelled, or turns out to be another account's. An order that goes on after that gets another
 * invoice. Nothing is due twice: asked again with what came of it, the plan is empty.
 */
export function planPapers(planning: Planning): PaperDraft[] {
  const { order, issued, isAsked, termsOf, makeId } = planning;
  const invoices = issued.filter(({ invoiceId }) => invoiceId === null);
  const state = stateOf(order);
  const drafts: PaperDraft[] = [];
  let standing = invoices.findLast(({ id }) => !isEnded(issued, id)) ?? null;
  if (standing !== null) {
    drafts.push(...correctionsOf(planning, standing));
    if (drafts.some(isRest)) standing = null;
  }
  if (standing !== null || !isAsked || state.isCancelled) return drafts;
  const terms = termsOf(null);
  const id = makeId();
  const document = composeInvoice({ order, state }, terms);
  const cause = String(invoices.length + 1);
  drafts.push({ id, cause, invoiceId: null, document });
  drafts.push(...correctionsOf(planning, { id, cause, invoiceId: null, rootId: order.rootId, document }));
  return drafts;
}

const isRest = ({ document: { reason } }: { document: PaperDocument }) =>
  reason === 'cancelled' || reason === 'moved';

/** Whether what was left of an invoice was taken back. */
const isEnded = (issued: readonly IssuedPaper[], invoiceId: string) =>
  issued.some((paper) => paper.invoiceId === invoiceId && isRest(paper));

function correctionsOf({ order, issued, termsOf, makeId }: Planning, invoice: IssuedPaper): PaperDraft[] {
  const notes = issued.filter(({ invoiceId }) => invoiceId === invoice.id);
  const causes = new Set(notes.map(({ cause }) => cause));
  const credited = notes.map(({ document }) => document);
  const drafts: PaperDraft[] = [];
  const add = (cause: string, document: PaperDocument) => {
    credited.push(document);
    drafts.push({ id: makeId(), cause, invoiceId: invoice.id, document });
  };
  const corrected = { invoice: invoice.document, credited };
  const isGone = order.rootId !== invoice.rootId;
  const refunds = order.refunds.toSorted(
    (one, other) => one.at.at - other.at.at || (one.refundId < other.refundId ? -1 : 1),
  );
  for (const refund of isGone ? [] : refunds) {
    const cause = `${invoice.cause}/refund:${refund.refundId}`;
    if (!causes.has(cause)) add(cause, composeRefund(corrected, refund, termsOf(invoice)));
  }
  const reason = isGone ? 'moved' : stateOf(order).isCancelled ? 'cancelled' : null;
  const rest = reason === null ? null : composeRest(corrected, reason, termsOf(invoice));
  if (reason !== null && rest !== null) add(`${invoice.cause}/${reason}`, rest);
  return drafts;
}
