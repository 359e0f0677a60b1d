import { cacheSlot } from '../../ground/platform/caches.ts';
import { actorName, type Context } from '../../ground/platform/context.ts';

/** On whose behalf the demo is told. */
export const demoActor = { kind: 'system', name: 'demo' } as const;

const known = cacheSlot<boolean>();
/** Who set the first programme never changes. */
const FOREVER = '';

/** Whether the database holds the demo business. */
export async function isDemo({ db, cache }: Pick<Context, 'db' | 'cache'>): Promise<boolean> {
  const kept = known.at(cache, FOREVER);
  if (kept !== null) return kept;
  const [first] = await db.read({ sql: 'SELECT set_by FROM programmes WHERE revision = 1', args: [] });
  if (first === undefined) return false;
  const value = first[0] === actorName(demoActor);
  known.keep(cache, { stamp: FOREVER, value });
  return value;
}
