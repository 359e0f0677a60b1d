export const returnStates = ['requested', 'approved', 'received', 'settled', 'refused', 'withdrawn'] as const;
export type ReturnState = (typeof returnStates)[number];

/** From which states one comes into a state; a thing may be given back for without being sent. */
const before: Record<ReturnState, readonly ReturnState[]> = {
  requested: [],
  approved: ['requested'],
  received: ['requested', 'approved'],
  settled: ['requested', 'approved', 'received'],
  refused: ['requested', 'approved', 'received'],
  withdrawn: ['requested', 'approved'],
};

export const mayBecome = (state: ReturnState, next: ReturnState) => before[next].includes(state);

/** What may be done with it yet, in the sequence in which it mostly happens. */
export const movesOf = (state: ReturnState): ReturnState[] =>
  returnStates.filter((next) => mayBecome(state, next));
