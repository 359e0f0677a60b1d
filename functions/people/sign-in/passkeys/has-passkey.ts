import type { Context } from '../../../ground/platform/context.ts';
import type { KnownPerson } from '../known-person.ts';
import { listPasskeyRows } from './queries.ts';

/** Whether somebody has a passkey at this moment. */
export async function hasPasskey({ db }: Pick<Context, 'db'>, { kind, id }: KnownPerson): Promise<boolean> {
  return (await listPasskeyRows(db.fresh, { kind, id })).length > 0;
}
