import type { Store } from '../../../db/store.ts';
import { listCalled } from '../../people/managers/profile/list-called.ts';
import { personCalled } from './person-called.ts';

/** Who of the team somebody means by the name they wrote; null where that is nobody, or might be several. */
export async function findServer(db: Pick<Store, 'read'>, written: string | null): Promise<string | null> {
  return written === null ? null : personCalled(written, await listCalled(db));
}
