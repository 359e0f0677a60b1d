/** Somebody who belongs to a company, a household or one of its departments. */
export interface Membership {
  /** The root account or a department of it. */
  accountId: string;
  customerId: string;
  since: number;
  /** Null while nobody confirmed who came to it by an order. */
  role: 'member' | 'manager' | null;
  /** Null while they have not joined the portal, so that they could manage nothing. */
  claimedAt: number | null;
}

/**
 * Who manages an account: those who were made its managers; where nobody was, the confirmed member of the whole account
 * who has been there longest, of those who joined the portal. Who only ordered for it manages nothing.
 */
export function managersOf(rootId: string, memberships: readonly Membership[]): string[] {
  const whole = memberships.filter(({ accountId }) => accountId === rootId);
  const made = whole.filter(({ role }) => role === 'manager');
  if (made.length > 0) return made.map(({ customerId }) => customerId);
  const [first] = whole
    .filter(({ claimedAt, role }) => claimedAt !== null && role !== null)
    .toSorted((a, b) => a.since - b.since || (a.customerId < b.customerId ? -1 : 1));
  return first === undefined ? [] : [first.customerId];
}

/** Of several memberships of one person the one that counts comes first: see `peopleOf`. */
export function mostFirst<Row extends Pick<Membership, 'accountId' | 'role'>>(
  rootId: string,
  memberships: readonly Row[],
): Row[] {
  const weight = ({ accountId, role }: Row) => (role === null ? 0 : 2) + (accountId === rootId ? 1 : 0);
  return memberships.toSorted((a, b) => weight(b) - weight(a));
}
