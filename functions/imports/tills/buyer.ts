import type { TillRow } from '../columns.ts';

/**
 * Writes down who bought: the email where it is the buyer's own, else what the till knows them by. Addresses that a
 * marketplace makes up to forward mail (`members.ebay.com`, `marketplace.amazon.de`) identify the buyer but are not theirs.
 */
export function setBuyer(row: TillRow, buyer: { email: string; id: string }): void {
  const email = buyer.email.trim();
  const id = buyer.id.trim();
  if (email.includes('@') && !relayed.test(email)) row.customer_email = email;
  else row.customer_email = invalidAddress(id === '' ? (email.split('@')[0] ?? '') : id, row.source);
}

const relayed = /@(members\.ebay\.|marketplace\.amazon\.)/i;

function invalidAddress(id: string, source: string): string {
  return id === '' ? '' : `${id.replace(/\s+/g, '-')}@${source}.invalid`;
}
