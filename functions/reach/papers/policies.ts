import { lineOfText } from '../../ground/platform/input.ts';
import { keptFor } from '../../ground/settings/kept-for.ts';
import { choiceOf, type Policy } from '../../ground/settings/policy.ts';
import type { Business } from '../../money/business/business.ts';
import { policyOf } from '../../money/business/policies.ts';
import type { PaperKind, Seller } from './paper.ts';

/** What the business says of itself on invoices; without a name and an address there are none. */
const sellerText = (key: string, about: string, length_max: number): Policy<string> => ({
  key,
  schema: lineOfText(length_max),
  standard: '',
  about: `${about}: at most ${length_max} characters on one line, or nothing`,
});

export const invoiceName = sellerText(
  'invoiceName',
  'what the business is called by law; with it and an address there are invoices',
  200,
);
export const invoiceAddress = sellerText('invoiceAddress', 'its address on invoices', 300);
export const invoiceTaxNumber = sellerText(
  'invoiceTaxNumber',
  'its registration or tax numbers on invoices, each with what it is',
  200,
);
export const invoiceBank = sellerText('invoiceBank', 'the bank account on invoices', 200);
export const invoiceNote = sellerText('invoiceNote', 'what stands at the end of each invoice', 400);

/** When an order gets its invoice. */
export const invoiceWhen = choiceOf({
  key: 'invoiceWhen',
  choices: ['request', 'placed', 'delivered'],
  standard: 'request',
  about:
    'when orders get their invoice: request (when somebody asks for it), placed or delivered (by itself, of orders placed since that was set)',
});
export type InvoiceWhen = (typeof invoiceWhen)['standard'];

const numberStart = (key: string, of: string, standard: string): Policy<string> => ({
  key,
  schema: lineOfText(20),
  standard,
  about: `what the numbers of ${of} begin with, before year and place such as 2030-00017: at most 20 characters on one line`,
});
export const invoicePrefix = numberStart('invoicePrefix', 'invoices', 'INV-');
export const creditNotePrefix = numberStart('creditNotePrefix', 'credit notes', 'CN-');

export const invoiceMonths = keptFor({
  key: 'invoiceMonths',
  standard: '120',
  choices: ['36', '60', '84', '120', 'always'],
  about: 'the name and address of the buyer on invoices are',
});

/** The business as it stands on invoices; null while it has not given its details. */
export function sellerOf(business: Business): Seller | null {
  const { email, phone } = business.identity.contact;
  const name = policyOf(business, invoiceName);
  const address = policyOf(business, invoiceAddress);
  if (name === '' || address === '') return null;
  return {
    ...{ name, address, email, phone },
    taxNumber: policyOf(business, invoiceTaxNumber),
    bank: policyOf(business, invoiceBank),
    note: policyOf(business, invoiceNote),
  };
}

/** What the numbers of a kind begin with. Two kinds that begin alike are told apart by their own numbers all the same. */
export function prefixOf(business: Business, kind: PaperKind): string {
  const prefix = policyOf(business, kind === 'invoice' ? invoicePrefix : creditNotePrefix);
  const isShared = policyOf(business, invoicePrefix) === policyOf(business, creditNotePrefix);
  return kind === 'credit_note' && isShared ? `${prefix}${creditNotePrefix.standard}` : prefix;
}
