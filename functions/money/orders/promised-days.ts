import { z } from 'zod';
import { dayOf, startOfDay } from '../../ground/platform/business-time.ts';
import { isDay } from '../../ground/platform/calendar.ts';
import type { Policy } from '../../ground/settings/policy.ts';
import type { Business } from '../business/business.ts';
import { policyOf } from '../business/policies.ts';

/** Whether customers are told the day by which an order is promised: `told`, or the business day from which on none is. */
export const promisedDays: Policy<string> = {
  key: 'promisedDays',
  schema: z.string().refine((text) => text === 'told' || isDay(text)),
  standard: 'told',
  about:
    'promised days of orders: told, or the day from which on no order is promised one, such as 2026-12-01',
  page: '/console/club/promises',
};

/** The first business day on which no order is promised a day any more; null while they are. */
export function withdrawnFrom(business: Pick<Business, 'settings'>): string | null {
  const kept = policyOf(business, promisedDays);
  return kept === 'told' ? null : kept;
}

/** The moment from which on orders that are placed are promised no day; null while all are. */
export function promisedBefore(business: Pick<Business, 'settings' | 'timeZone'>): number | null {
  const from = withdrawnFrom(business);
  return from === null ? null : startOfDay(from, business.timeZone);
}

/** The day promised to the customer of an order; null where promised days were withdrawn before it was placed. */
export function toldPromise(
  { promisedBy, placedAt }: { promisedBy: string | null; placedAt: { at: number } },
  business: Pick<Business, 'settings' | 'timeZone'>,
): string | null {
  const from = withdrawnFrom(business);
  return from !== null && dayOf(placedAt.at, business.timeZone) >= from ? null : promisedBy;
}
