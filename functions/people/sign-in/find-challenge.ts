import type { Store } from '../../../db/store.ts';
import type { Challenge } from './challenge.ts';
import { findChallenge } from './queries.ts';

/** Null where there is none, or no longer. */
export async function findChallengeById(db: Store, id: string): Promise<Challenge | null> {
  const [challenge] = await findChallenge(db, { id });
  return challenge ?? null;
}
