/** How a case goes on: pure, so that its row is nothing but what its events say. */

import { caseEventKinds } from '../../../db/kinds.ts';

export const caseStates = ['open', 'answered', 'waiting', 'resolved', 'closed'] as const;
export type CaseState = (typeof caseStates)[number];

export { caseEventKinds };
export type CaseEventKind = (typeof caseEventKinds)[number];

export interface CaseEvent {
  kind: CaseEventKind;
  at: number;
  /** The member of staff, cause, message or adjustment that it is about. */
  subjectId: string | null;
}

/** Where a case stands. `replyDueAt` is null while nobody waits for the business. */
export interface CaseNow {
  openedAt: number;
  state: CaseState;
  ownerId: string | null;
  causeId: string | null;
  replyDueAt: number | null;
  changedAt: number;
  eventSeq: number;
}

/** The case after an event; `dueAt` tells until when somebody who begins to wait then is to be answered. */
export function caseAfter(
  before: CaseNow | null,
  event: CaseEvent,
  dueAt: (from: number) => number,
): CaseNow {
  const now = before ?? blank(event.at);
  const state = stateAfter(event.kind) ?? now.state;
  return {
    openedAt: now.openedAt,
    state,
    ownerId: event.kind === 'assigned' ? event.subjectId : now.ownerId,
    causeId: event.kind === 'cause_set' ? event.subjectId : now.causeId,
    replyDueAt: state === 'open' ? (now.replyDueAt ?? dueAt(event.at)) : null,
    changedAt: event.at,
    eventSeq: now.eventSeq + 1,
  };
}

function blank(at: number): CaseNow {
  return {
    openedAt: at,
    state: 'open',
    ownerId: null,
    causeId: null,
    replyDueAt: null,
    changedAt: at,
    eventSeq: 0,
  };
}

/** Null for what leaves the state as it is. */
function stateAfter(kind: CaseEventKind): CaseState | null {
  switch (kind) {
    case 'opened':
    case 'customer_wrote':
      return 'open';
    case 'waiting_for_customer':
    case 'resolved':
    case 'reopened':
    case 'closed':
      return stateAfterMove[kind];
    case 'answered':
      return 'answered';
    default:
      return null;
  }
}

export const isOver = (state: CaseState) => state === 'resolved' || state === 'closed';

/** What staff may move a case to by hand, and from where. */
const moves: Record<'waiting_for_customer' | 'resolved' | 'reopened' | 'closed', readonly CaseState[]> = {
  waiting_for_customer: ['open', 'answered'],
  resolved: ['open', 'answered', 'waiting'],
  reopened: ['answered', 'waiting', 'resolved', 'closed'],
  closed: ['open', 'answered', 'waiting', 'resolved'],
};
export type CaseMove = keyof typeof moves;

/** Where each move leads. */
export const stateAfterMove = {
  waiting_for_customer: 'waiting',
  resolved: 'resolved',
  reopened: 'open',
  closed: 'closed',
} as const;

export const caseMoves = ['waiting_for_customer', 'resolved', 'reopened', 'closed'] as const;

export function mayMove(state: CaseState, move: CaseMove): boolean {
  return moves[move].includes(state);
}

/** The five steps of making up for a complaint, in their order. */
export const apologySteps = ['listen', 'facts', 'agree', 'act', 'confirm'] as const;
export type ApologyStep = (typeof apologySteps)[number];

/**
 * Which steps are done: somebody took it, its cause is known, the customer was answered, it was put right, and the
 * customer or we have closed it. Closing a case does not tick what nobody did.
 */
export function apologyOf(
  { ownerId, causeId, state }: CaseNow,
  kinds: readonly CaseEventKind[],
): { step: ApologyStep; isDone: boolean }[] {
  const done: Record<ApologyStep, boolean> = {
    listen: ownerId !== null || kinds.includes('answered'),
    facts: causeId !== null,
    agree: kinds.includes('answered') || kinds.includes('waiting_for_customer'),
    act: kinds.includes('goodwill_given') || kinds.includes('resolved'),
    confirm: state === 'closed',
  };
  return apologySteps.map((step) => ({ step, isDone: done[step] }));
}
