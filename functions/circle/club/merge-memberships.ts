import type { Statement, Store } from '../../../db/store.ts';
import { newId } from '../../ground/platform/ids.ts';
import { loadClubState } from './membership.ts';
import { insertEnding, insertMembership, saveClubSpans } from './statements.ts';

/** Two accounts that become one, or that were and are two again. */
export interface ClubPair {
  survivorRootId: string;
  mergedRootId: string;
  now: number;
  actor: string;
}

/** What a merge did to memberships, by id: what it began and what it ended on either side. */
export interface ClubStep {
  kind: 'club_begun' | 'club_withdrawn' | 'club_ended';
  membershipId: string;
}

export interface ClubChange {
  /** To be written after the accounts' own rows; their orders are to be counted again. */
  rows: Statement[];
  steps: ClubStep[];
  /** The survivor's times in the club after it, as the account keeps them. */
  spans: string;
}

/**
 * Of two memberships the longer one is the survivor's: who was in the club goes on being in it, from the day they were.
 * Null when the merged account is not in the club.
 */
export async function mergeMemberships(db: Store, pair: ClubPair): Promise<ClubChange | null> {
  const { survivorRootId, mergedRootId, now: at, actor } = pair;
  const [own, theirs] = await Promise.all([
    loadClubState({ db }, survivorRootId),
    loadClubState({ db }, mergedRootId),
  ]);
  const going = theirs.current;
  if (going === null) return null;
  const by = { at, actor };
  const rows = [
    insertEnding({ membershipId: going.id, accountId: mergedRootId, until: at, reason: 'ended', ...by }),
    saveClubSpans(mergedRootId),
  ];
  const steps: ClubStep[] = [{ kind: 'club_ended', membershipId: going.id }];
  const { current } = own;
  const spans = own.memberships.map(({ since, until }): [number, number | null] => [since, until]);
  if (current === null || current.since > going.since) {
    const id = newId();
    const begun = { id, accountId: survivorRootId, since: going.since, how: going.how, causeId: null, ...by };
    if (current !== null) {
      const ending = { membershipId: current.id, accountId: survivorRootId, until: current.since };
      rows.push(insertEnding({ ...ending, reason: 'withdrawn', ...by }));
      steps.push({ kind: 'club_withdrawn', membershipId: current.id });
      const place = own.memberships.findIndex((one) => one.id === current.id);
      spans[place] = [current.since, current.since];
    }
    rows.push(insertMembership(begun), saveClubSpans(survivorRootId));
    steps.push({ kind: 'club_begun', membershipId: id });
    spans.push([going.since, null]);
  }
  return { rows, steps, spans: JSON.stringify(spans) };
}

/** Each has the membership again that the merge took, where the one it began still runs. */
export async function splitMemberships(
  db: Store,
  { survivorRootId, mergedRootId, now: at, actor }: ClubPair,
  steps: readonly ClubStep[],
): Promise<Statement[]> {
  const [own, theirs] = await Promise.all([
    loadClubState({ db }, survivorRootId),
    loadClubState({ db }, mergedRootId),
  ]);
  const idOf = (kind: ClubStep['kind']) => steps.find((step) => step.kind === kind)?.membershipId ?? null;
  const begun = idOf('club_begun');
  const by = { at, actor };
  const rows: Statement[] = [];
  const isRunning = begun === null || own.current?.id === begun;
  if (begun !== null && own.current?.id === begun) {
    const ending = { membershipId: begun, accountId: survivorRootId, until: own.current.since };
    rows.push(insertEnding({ ...ending, reason: 'withdrawn', ...by }));
    const withdrawn = own.memberships.find(({ id }) => id === idOf('club_withdrawn'));
    if (withdrawn !== undefined) {
      const { since, how } = withdrawn;
      const again = { id: newId(), accountId: survivorRootId, since, how, causeId: null, ...by };
      rows.push(insertMembership(again));
    }
    rows.push(saveClubSpans(survivorRootId));
  }
  const ended = theirs.memberships.find(({ id }) => id === idOf('club_ended'));
  if (ended?.until != null && isRunning && theirs.current === null) {
    const { until, how } = ended;
    const again = { id: newId(), accountId: mergedRootId, since: until, how, causeId: null, ...by };
    rows.push(insertMembership(again), saveClubSpans(mergedRootId));
  }
  return rows;
}
