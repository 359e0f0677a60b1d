import { insertInto, statement } from '../../../db/query.ts';
import { paperHolders } from '../../../db/schema/index.ts';
import type { Statement } from '../../../db/store.ts';
import type { AccountDecision } from '../../ground/decision/decision.ts';
import { dayOf } from '../../ground/platform/business-time.ts';
import { yearOf } from '../../ground/platform/calendar.ts';
import { actorName, type Context } from '../../ground/platform/context.ts';
import { assert } from '../../ground/platform/errors.ts';
import { hashOf, newId } from '../../ground/platform/ids.ts';
import type { Business } from '../../money/business/business.ts';
import { nearestLanguage } from '../../money/business/languages.ts';
import type { Order } from '../../money/orders/order.ts';
import { buyerOf } from './buyer.ts';
import { readDocument, type Seller, writeBuyer, writeDocument } from './paper.ts';
import { type IssuedPaper, type PaperDraft, planPapers } from './plan-papers.ts';
import { prefixOf } from './policies.ts';
import { type BuyerRow, findBuyer, type PaperRow } from './queries.ts';

const insertHolder = insertInto(paperHolders);

interface Deciding {
  business: Business;
  seller: Seller;
  order: Order;
  /** The papers of the order. */
  rows: readonly PaperRow[];
  isAsked: boolean;
}

/** Whose a paper is; `buyer` is the text that tells who bought, null where that is kept no longer. */
interface Holder {
  rootId: string;
  accountId: string;
  customerId: string;
  buyer: string | null;
}

/** What is issued of an order now, as a decision about its root account; null where nothing is due. */
export async function decidePapers(
  ctx: Context,
  { business, seller, order, rows, isAsked }: Deciding,
): Promise<{ decision: AccountDecision | null; added: PaperDraft[] }> {
  const { rootId, accountId, customerId, id: orderId } = order;
  const told = await findBuyer(ctx.db.fresh, { rootId, accountId, customerId, orderId });
  assert(told !== null, 'one row is asked for');
  const own: Holder = { rootId, accountId, customerId, buyer: writeBuyer(buyerOf(told)) };
  const issuedOn = dayOf(ctx.now(), business.timeZone);
  const added = planPapers({
    ...{ order, isAsked, makeId: newId },
    issued: rows.map(toIssued),
    termsOf: (invoice) => ({
      ...{ seller, issuedOn, timeZone: business.timeZone },
      language: invoice?.document.language ?? languageFor(told, business),
      buyerHash: invoice?.document.buyerHash ?? hashOf(own.buyer ?? ''),
    }),
  });
  if (added.length === 0) return { decision: null, added };
  const rowOf = new Map(rows.map((row) => [row.id, row]));
  const holderOf = ({ invoiceId }: PaperDraft) => rowOf.get(invoiceId ?? '') ?? own;
  const statements = added.flatMap((draft) =>
    insertPaper(ctx, business, { draft, order, holder: holderOf(draft) }),
  );
  return { decision: { rows: statements, ...linesOf(ctx, order, added) }, added };
}

const languageFor = ({ language }: BuyerRow, { identity }: Business) =>
  nearestLanguage(identity.languages, language);

const toIssued = ({ id, cause, invoiceId, rootId, document }: PaperRow): IssuedPaper => ({
  ...{ id, cause, invoiceId, rootId, document: readDocument(document) },
});

/** The number follows from those before it at the very moment of the write. */
function insertPaper(
  ctx: Context,
  business: Business,
  { draft, order, holder }: { draft: PaperDraft; order: Order; holder: Holder },
): Statement[] {
  const { id, cause, invoiceId, document } = draft;
  const { kind, issuedOn, currency, totalMinor } = document;
  const text = writeDocument(document);
  const { rootId, accountId, customerId, buyer } = holder;
  return [
    statement(
      `INSERT INTO papers (id, kind, year, place, number, order_id, order_source, order_number, cause, invoice_id, issued_on,
         currency, total_minor, document, hash, at, actor)
       SELECT ?1, ?2, ?3, place, printf('%s%d-%05d', ?4, ?3, place), ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16
       FROM (SELECT coalesce(max(place), 0) + 1 AS place FROM papers WHERE kind = ?2 AND year = ?3)`,
      ...[id, kind, yearOf(issuedOn), prefixOf(business, kind), order.id, order.source, order.number],
      ...[cause, invoiceId, issuedOn, currency, totalMinor, text, hashOf(text), ctx.now()],
      actorName(ctx.actor),
    ),
    insertHolder({ paperId: id, rootId, accountId, customerId, buyer }),
  ];
}

function linesOf({ actor }: Context, { id, source, number }: Order, added: readonly PaperDraft[]) {
  const [first] = added;
  assert(first !== undefined, 'something is issued');
  const invoice = added.find(({ invoiceId }) => invoiceId === null);
  const detail = { source, number, paper: (invoice ?? first).id };
  const isByItself = actor.kind === 'customer' || (actor.kind === 'system' && actor.name === 'jobs');
  return {
    history: { kind: invoice ? ('invoice_issued' as const) : ('credit_note_issued' as const), detail },
    audit: isByItself
      ? null
      : {
          kind: invoice ? ('invoice.issued' as const) : ('credit-note.issued' as const),
          ...{ subjectKind: 'order', subjectId: id, detail },
        },
  };
}
