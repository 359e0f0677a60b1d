import type { CauseEvent, CauseRowActs } from './queries.ts';

/** An event, or that a cause was closed, of which nobody knows any more whether by a change or a stated no. */
export type ToldCauseEvent = Omit<CauseEvent, 'kind'> & { kind: CauseEvent['kind'] | 'closed' };

/** The events of a cause with those that it has no rows of, since an earlier release kept none: what its own row says of them. */
export function withEarlier(row: CauseRowActs, events: readonly CauseEvent[]): ToldCauseEvent[] {
  const { openedAt, openedBy, closedAt, closedBy, outcome, closedBefore } = row;
  const isKnown = (at: number) =>
    events.some((event) => event.at === at && (event.kind === 'changed' || event.kind === 'declined'));
  // Whoever put the words right stands in the row since.
  const closer = events.some(({ kind }) => kind === 'reworded') ? null : closedBy;
  const earlier: ToldCauseEvent[] = [
    ...(events.some(({ kind }) => kind === 'opened')
      ? []
      : [{ kind: 'opened' as const, at: openedAt, by: openedBy, subject: null }]),
    ...(closedBefore === null || isKnown(closedBefore)
      ? []
      : [{ kind: 'closed' as const, at: closedBefore, by: null, subject: null }]),
    ...(closedAt === null || outcome === null || isKnown(closedAt)
      ? []
      : [{ kind: outcome, at: closedAt, by: closer, subject: null }]),
  ];
  return [...earlier, ...events].toSorted((one, other) => one.at - other.at);
}
