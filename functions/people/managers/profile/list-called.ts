import { eq, isNull } from 'drizzle-orm';
import { query } from '../../../../db/query.ts';
import { staff, staffProfiles } from '../../../../db/schema/index.ts';
import type { Store } from '../../../../db/store.ts';

const listRows = query((db) =>
  db
    .select({ id: staff.id, called: staff.name, shown: staffProfiles.name })
    .from(staff)
    .leftJoin(staffProfiles, eq(staffProfiles.staffId, staff.id))
    .where(isNull(staff.disabledAt)),
);

/** The names by which customers may know who works here: that of the team, and that of their profile. */
export async function listCalled(db: Pick<Store, 'read'>): Promise<{ id: string; names: string[] }[]> {
  const rows = await listRows(db);
  return rows.map(({ id, called, shown }) => ({
    id,
    names: [called, shown].filter((name) => name !== null),
  }));
}
