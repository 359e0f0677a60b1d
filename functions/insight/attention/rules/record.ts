/** What a list said so often, and what became of it beside accounts like those that were drawn by chance. */
export interface CountedSayings {
  said: number;
  happened: number;
  drawn: number;
  drawnHappened: number;
}

/** Said n, happened k, by chance m. */
export type TrackRecord =
  | { isTold: true; said: number; happened: number; byChance: number }
  | { isTold: false; said: number };

/** Fewer of either tell nothing. */
const RECORD_LEAST = 30;

export function recordOf({ said, happened, drawn, drawnHappened }: CountedSayings): TrackRecord {
  if (said < RECORD_LEAST || drawn < RECORD_LEAST) return { isTold: false, said };
  return { isTold: true, said, happened, byChance: Math.round((said * drawnHappened) / drawn) };
}
