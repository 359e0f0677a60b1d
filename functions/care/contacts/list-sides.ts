import { statement } from '../../../db/query.ts';
import { allow } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import { listPlaces, type Place } from '../../money/accounts/places.ts';

/** An account or department that a contact with somebody may be about; without a name it is their own. */
export interface ContactAccount {
  id: string;
  name: string | null;
  /** The company or household of a department. */
  of: string | null;
}

/** What a contact with a customer may be about; empty for somebody unknown. @throws {AppError} `forbidden` */
export async function listContactAccounts(
  ctx: Context,
  { customerId }: { customerId: string },
): Promise<ContactAccount[]> {
  allow(ctx.actor, 'contacts:read');
  const places = await listPlaces(ctx.db, customerId);
  const roots = places.map(({ rootId }) => rootId);
  const rows = await ctx.db.read(
    statement(
      `SELECT id, root_id, name FROM accounts WHERE kind = 'department' AND withdrawn_at IS NULL
       AND root_id IN (SELECT value FROM json_each(?)) ORDER BY name LIMIT 500`,
      JSON.stringify(roots),
    ),
  );
  return places.flatMap((place) => {
    const departments = rows.filter(([id, root]) => root === place.rootId && isTheirs(place, String(id)));
    const itself = place.departments === null ? [{ id: place.rootId, name: place.name, of: null }] : [];
    return [
      ...itself,
      ...departments.map(([id, , name]) => ({ id: String(id), name: String(name), of: place.name })),
    ];
  });
}

const isTheirs = ({ departments }: Place, id: string) => departments === null || departments.includes(id);
