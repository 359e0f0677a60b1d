import type { PaperBrief } from '../../functions/reach/papers/whole-paper.ts';
import type { Messages } from '../locale.ts';

export const paperHref = ({ id }: { id: string }) => `/account/papers/${encodeURIComponent(id)}`;
export const consolePaperHref = ({ id }: { id: string }) => `/console/papers/${encodeURIComponent(id)}`;

/** What a paper is called in lists. */
export function paperTitle({ kind, number }: Pick<PaperBrief, 'kind' | 'number'>, t: Messages): string {
  return kind === 'invoice' ? t.papers_invoice({ number }) : t.papers_credit_note({ number });
}

/** Which order it is of, and what it corrects. */
export function paperAbout({ order, corrects }: Pick<PaperBrief, 'order' | 'corrects'>, t: Messages): string {
  const of = t.papers_of_order({ number: order.number });
  return corrects === null ? of : `${of} · ${t.papers_corrects({ number: corrects.number })}`;
}

/** Why an invoice was not issued. */
export const issueReasons = (t: Messages) => ({
  invoices_off: t.papers_off(),
  invoice_not_yet: t.papers_not_yet(),
  order_cancelled: t.papers_cancelled(),
  not_found: t.form_again(),
});
