/** The columns of an invoice, in their order. */
export const paperColumns = ['sku', 'product', 'quantity', 'price', 'sum', 'discount', 'amount'] as const;
export type PaperColumn = (typeof paperColumns)[number];

/** What stands on invoices and credit notes. */
export interface PaperWords {
  /** `{number}` */
  invoice: string;
  /** `{number}` */
  creditNote: string;
  seller: string;
  buyer: string;
  issuedOn: string;
  placedOn: string;
  deliveredOn: string;
  order: string;
  reference: string;
  /** What a credit note corrects. */
  corrects: string;
  /** `{number}`, `{date}` */
  invoiceOf: string;
  reason: string;
  reasons: Record<'refund' | 'cancelled' | 'moved', string>;
  taxNumber: string;
  bank: string;
  columns: Record<PaperColumn, string>;
  /** Of a line that has no name. */
  unnamed: string;
  goods: string;
  shipping: string;
  tax: string;
  taxIncluded: string;
  total: string;
  totalCredited: string;
  /** Of who bought, once that is kept no longer. */
  buyerGone: string;
  /** `{page}`, `{pages}` */
  page: string;
  /** What the columns of a file are called that a page tells in its head. */
  file: Record<'number' | 'issued' | 'currency', string>;
}
