import type { Decider } from '../../people/staff/list-deciders.ts';

/** As whom somebody decides on an entry: as a second person, or alone where there is none. */
export type DecidesAs = 'second' | 'alone';

/**
 * A second person is an owner or manager who neither gave it nor wrote it down. The only owner, of a team without managers, decides on
 * what is their own, and it is kept that they did; null for who does not decide.
 */
export function decidesAs(
  { giverId, actor }: { giverId: string; actor: string },
  deciderId: string,
  deciders: readonly Pick<Decider, 'id' | 'role'>[],
): DecidesAs | null {
  const isOwn = (id: string) => id === giverId || actor === `staff:${id}`;
  const decider = deciders.find(({ id }) => id === deciderId);
  if (decider === undefined) return null;
  if (!isOwn(decider.id)) return 'second';
  return decider.role === 'owner' && deciders.length === 1 ? 'alone' : null;
}
