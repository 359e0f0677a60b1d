import type { Store } from '../../../db/store.ts';
import type { OpenLetter } from '../../ground/outbox/letters.ts';
import { listPlaces } from '../../money/accounts/places.ts';

/** A voucher is worth money to whoever reads its code: who may not spend the account's balance is not told it. */
export async function codeFor(
  db: Store,
  { code, rootId }: { code: string; rootId: string },
  customerId: string | null,
): Promise<string | null> {
  if (customerId === null || rootId === '') return code;
  const places = await listPlaces(db, customerId);
  return places.some((place) => place.rootId === rootId && place.mayRedeem) ? code : null;
}

/** The voucher that a mail is about. */
export function voucherIn(open: OpenLetter): { code: string; rootId: string } | null {
  const code = open.text('code');
  const rootId = open.text('rootId');
  return code === null || rootId === null ? null : { code, rootId };
}
