/** Who reads the history under a position of their own. A room declares its followers, and follows in one of its jobs. */
export interface Follower {
  /** What the position is kept under; it stays as it is, since a new name begins anew. */
  name: string;
  /** Where it begins when it has no position yet: with the first change there is, or behind the newest. */
  start: 'beginning' | 'end';
  /** Only changes of these kinds are handed over; all when left out. */
  kinds?: readonly string[];
  /** Hands over what was told with a change, too. */
  withDetail?: true;
  /** How many changes are read at a time; 200 unless given. */
  step?: number;
  /** How many steps one run takes at the most; 50 unless given. What is left is for the next run. */
  stepsMax?: number;
}

/** A row of the history at its place in the order of commits. */
export interface Change {
  position: number;
  accountId: string;
  seq: number;
  kind: string;
  at: number;
  /** JSON with ids, codes and amounts; null unless the follower asked for it. */
  detail: string | null;
}
