import type { ClaimRow } from './queries.ts';

/** What a claim has come to. */
export interface ClaimState {
  claimId: string;
  dropId: string;
  state: 'yours' | 'waiting' | 'cancelled' | 'expired' | 'collected';
  /** Number in the line of all claims, from 1. */
  number: number;
  /** Place on the waiting list, from 1; null off it. */
  place: number | null;
  /** Until when a piece is kept. */
  until: number | null;
  at: number;
}

export function claimStateOf(row: ClaimRow): ClaimState {
  const state = row.outcome ?? (row.grantedAt === null ? 'waiting' : 'yours');
  return {
    claimId: row.id,
    dropId: row.dropId,
    state,
    number: row.seq,
    place: state === 'waiting' ? row.before + 1 : null,
    until: state === 'yours' ? row.until : null,
    at: row.at,
  };
}
