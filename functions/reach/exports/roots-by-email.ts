import type { Store } from '../../../db/store.ts';
import { compareBytes } from '../../ground/platform/compare.ts';
import { listEmaillessPage, listPersonalPage, listShared } from './account-queries.ts';

/** A root account as exports name it: by its name, empty for a customer's own, and one email. */
export interface NamedRoot {
  id: string;
  name: string;
  /** The owner's, empty where there is none; of a company or household, the first by the alphabet of its members'. */
  email: string;
  balanceMinor: bigint;
}

const ROOTS_PER_PAGE = 1000;

/** All root accounts in use in pages, by email, then name. Companies and households are few and kept in memory. */
export async function* listRootsByEmail(db: Store): AsyncGenerator<NamedRoot[]> {
  const shared: NamedRoot[] = (await listShared(db)).sort(byEmail);
  yield* emailless(db);
  let after = '';
  for (;;) {
    const page: NamedRoot[] = await listPersonalPage(db, { after, limit: ROOTS_PER_PAGE });
    const isLast = page.length < ROOTS_PER_PAGE;
    const end = page.at(-1);
    const between = isLast ? shared.splice(0) : shared.splice(0, countUpTo(shared, end));
    yield between.length === 0 ? page : [...page, ...between].sort(byEmail);
    if (end === undefined || isLast) return;
    after = end.email;
  }
}

/** Those that sources know by a key alone; they stand before all others. */
async function* emailless(db: Store): AsyncGenerator<NamedRoot[]> {
  for (let after = ''; ; ) {
    const page: NamedRoot[] = await listEmaillessPage(db, { after, limit: ROOTS_PER_PAGE });
    const end = page.at(-1);
    if (end === undefined) return;
    yield page;
    after = end.id;
  }
}

function countUpTo(sorted: readonly NamedRoot[], end: NamedRoot | undefined): number {
  if (end === undefined) return sorted.length;
  const index = sorted.findIndex((root) => compareBytes(root.email, end.email) > 0);
  return index === -1 ? sorted.length : index;
}

function byEmail(a: NamedRoot, b: NamedRoot): number {
  return compareBytes(a.email, b.email) || compareBytes(a.name, b.name) || compareBytes(a.id, b.id);
}
