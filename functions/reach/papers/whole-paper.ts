import type { Amount } from '../../ground/platform/money.ts';
import { type PaperBuyer, type PaperDocument, type PaperKind, readBuyer, readDocument } from './paper.ts';
import type { PaperBriefRow, PaperRow } from './queries.ts';

/** A paper in a list. */
export interface PaperBrief {
  id: string;
  kind: PaperKind;
  number: string;
  /** A business day. */
  issuedOn: string;
  order: { source: string; number: string };
  /** Negative for a credit note. */
  total: Amount;
  /** The invoice that a credit note corrects. */
  corrects: { id: string; number: string; issuedOn: string } | null;
  customerId: string;
  accountId: string;
  rootId: string;
}

/** A paper whole. */
export interface Paper extends PaperBrief {
  document: PaperDocument;
  hash: string;
  /** Null once the time is over for which the business keeps who bought. */
  buyer: PaperBuyer | null;
  at: number;
}

export function toBrief(row: PaperBriefRow): PaperBrief {
  const { id, kind, number, issuedOn, invoiceId, invoiceNumber, invoiceIssuedOn } = row;
  const { customerId, accountId, rootId } = row;
  return {
    ...{ id, kind, number, issuedOn, customerId, accountId, rootId },
    order: { source: row.orderSource, number: row.orderNumber },
    total: { minor: row.totalMinor, currency: row.currency },
    corrects:
      invoiceId === null
        ? null
        : { id: invoiceId, number: invoiceNumber ?? '', issuedOn: invoiceIssuedOn ?? '' },
  };
}

export function toPaper(row: PaperRow): Paper {
  return {
    ...toBrief(row),
    document: readDocument(row.document),
    buyer: row.buyer === null ? null : readBuyer(row.buyer),
    ...{ hash: row.hash, at: row.at },
  };
}
