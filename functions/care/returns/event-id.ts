import type { ReturnState } from './state.ts';

/** By what the order knows a state again that a return brought. */
export const eventIdOf = (returnId: string, state: ReturnState) => `${returnId}:${state}`;
