import type { Store } from '../../../db/store.ts';
import { dateText, yearOf } from '../../ground/platform/calendar.ts';
import { AppError } from '../../ground/platform/errors.ts';
import type { Business } from '../../money/business/business.ts';
import { minorInForce } from '../../money/business/policies.ts';
import type { Limits } from './limits.ts';
import { hospitalityAct, hospitalityYear } from './policies.ts';
import { sumOfYear } from './queries.ts';

/** The limits in force, in the business currency. @throws {AppError} `currency_not_set` */
export function limitsOf(business: Business): Limits & { currency: string } {
  const { currency } = business;
  if (currency === null) throw new AppError('currency_not_set', 'Set a currency first.');
  return {
    actMinor: minorInForce(business, hospitalityAct) ?? 0n,
    yearMinor: minorInForce(business, hospitalityYear) ?? 0n,
    currency,
  };
}

/** What each of some customers had in the calendar year of a day, with what waits. */
export async function hadInYear(
  db: Store,
  { customerIds, day, currency }: { customerIds: readonly string[]; day: string; currency: string },
): Promise<(customerId: string) => bigint> {
  const year = yearOf(day);
  const rows = await sumOfYear(db, {
    ids: JSON.stringify(customerIds),
    since: dateText(year, 1, 1),
    until: dateText(year + 1, 1, 1),
    currency,
  });
  const sums = new Map(rows.map(({ customerId, minor }) => [customerId, minor]));
  return (customerId) => sums.get(customerId) ?? 0n;
}
