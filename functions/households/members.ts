/** Somebody who belongs to a company, a household or one of its departments. */
export interface Membership {
  /** The root account or a department of it. */
  accountId: string;
  customerId: string;
  since: number;
  role: 'member' | 'manager' | null;
  /** Null while they have not joined the portal, so that they could manage nothing. */
  claimedAt: number | null;
}

/**
 * Who manages an account: those who were made its managers; where nobody was, the member of the whole account who has
 * been there longest, of those who joined the portal.
 */
export function managersOf(rootId: string, memberships: readonly Membership[]): string[] {
  const whole = memberships.filter(({ accountId }) => accountId === rootId);
  const made = whole.filter(({ role }) => role === 'manager');
  if (made.length > 0) return made.map(({ customerId }) => customerId);
  const [first] = whole
    .filter(({ claimedAt }) => claimedAt !== null)
    .toSorted((a, b) => rank(a) - rank(b) || a.since - b.since || (a.customerId < b.customerId ? -1 : 1));
  return first === undefined ? [] : [first.customerId];
}

/** Who was made a plain member comes after those about whom nobody decided. */
const rank = ({ role }: Membership) => (role === null ? 0 : 1);
