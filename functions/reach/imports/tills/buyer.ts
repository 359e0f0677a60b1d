import type { TillRow } from '../columns.ts';

/**
 * Writes down who bought: the email where it is the buyer's own, and what the till calls them beside it or instead.
 * Addresses that a marketplace makes up to forward mail (`members.ebay.com`, `marketplace.amazon.de`) tell buyers apart
 * but are not theirs. With neither it is a sale of nobody.
 */
export function setBuyer(row: TillRow, buyer: { email: string; id: string }): void {
  const email = buyer.email.trim();
  const isOwn = email.includes('@') && !relayed.test(email);
  row.customer_email = isOwn ? email : '';
  row.customer_key = buyer.id.trim() || (isOwn ? '' : (email.split('@')[0] ?? ''));
}

const relayed = /@(members\.ebay\.|marketplace\.amazon\.)/i;
