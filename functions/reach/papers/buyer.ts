import { newToken } from '../../ground/platform/ids.ts';
import type { PaperBuyer } from './paper.ts';
import type { BuyerRow } from './queries.ts';

/** Who bought, for a paper that is issued now: as they want to be called on papers, else as they are known. */
export function buyerOf(row: BuyerRow): PaperBuyer {
  const person = row.name ?? row.email ?? '';
  const account = [row.accountName, row.department].filter((part) => part !== null).join(', ');
  const name = row.buyerName ?? (account === '' ? person : account);
  return {
    name,
    contact: name === person ? '' : person,
    address: row.buyerAddress ?? row.address ?? '',
    taxNumber: row.taxNumber ?? '',
    email: row.email ?? '',
    references: [row.reference, row.orderReference].filter((one) => one !== null),
    salt: newToken(),
  };
}
