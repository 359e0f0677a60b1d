import { allow } from '../../ground/platform/allow.ts';
import { dayOf } from '../../ground/platform/business-time.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { getBusiness } from '../../money/business/business.ts';
import type { Location, SpecialDay } from './location.ts';
import { listLocationRows, listSpecialDays } from './queries.ts';

/** What the business keeps of its locations, by name, and the special days from today on. @throws {AppError} `forbidden`, `scope_missing` */
export async function listKeptLocations(
  ctx: Context,
): Promise<{ locations: Location[]; days: SpecialDay[] }> {
  allow(ctx.actor, 'settings:read');
  const { timeZone } = await getBusiness(ctx);
  const [locations, days] = await Promise.all([
    listLocationRows(ctx.db),
    listSpecialDays(ctx.db, { from: dayOf(ctx.now(), timeZone) }),
  ]);
  return { locations, days };
}

/** One of them. @throws {AppError} `not_found`, `forbidden`, `scope_missing` */
export async function getLocation(ctx: Context, { id }: { id: string }): Promise<Location> {
  allow(ctx.actor, 'settings:read');
  const found = (await listLocationRows(ctx.db)).find((one) => one.id === id);
  if (found === undefined) throw new AppError('not_found', 'There is no such location.');
  return found;
}
