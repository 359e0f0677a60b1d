import { asc, gte, sql } from 'drizzle-orm';
import { z } from 'zod';
import { query } from '../../../db/query.ts';
import { locations, specialDays } from '../../../db/schema/index.ts';
import type { Store } from '../../../db/store.ts';
import type { Location, SpecialDay } from './location.ts';

const byLanguage = z.record(z.string(), z.string());
const read = (json: string) => byLanguage.parse(JSON.parse(json));

const listRows = query((db) =>
  db
    .select({
      id: locations.id,
      name: locations.name,
      address: locations.address,
      phone: locations.phone,
      hours: locations.hours,
      mapUrl: locations.mapUrl,
      directions: locations.directions,
    })
    .from(locations)
    .orderBy(asc(locations.name), asc(locations.id)),
);

/** All locations, by name. */
export async function listLocationRows(db: Store): Promise<Location[]> {
  const rows = await listRows(db);
  return rows.map((row) => ({ ...row, directions: read(row.directions) }));
}

const listDays = query((db) =>
  db
    .select({
      day: specialDays.day,
      locationId: specialDays.locationId,
      hours: specialDays.hours,
      names: specialDays.names,
    })
    .from(specialDays)
    .where(gte(specialDays.day, sql.placeholder('from')))
    .orderBy(asc(specialDays.day), asc(specialDays.locationId)),
);

/** Special days from a day on, those of all locations before those of one. */
export async function listSpecialDays(db: Store, { from }: { from: string }): Promise<SpecialDay[]> {
  const rows = await listDays(db, { from });
  return rows.map(({ locationId, names, ...row }) => ({
    ...row,
    locationId: locationId === '' ? null : locationId,
    names: read(names),
  }));
}
