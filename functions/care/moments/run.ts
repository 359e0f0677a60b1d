import type { Context } from '../../ground/platform/context.ts';
import type { CareMoment } from '../../ground/settings/moment.ts';
import type { Business } from '../../money/business/business.ts';
import type { MomentPlace } from './place.ts';

/** What the moments of one run go by. */
export interface MomentRun {
  business: Business;
  /** The business day. */
  today: string;
  /** Since when the moment has been switched on, and the business day of it: nothing is made up for what was before. */
  since: number;
  sinceDay: string;
  /** Where it goes on, and how far it comes. */
  place: MomentPlace;
}

/** A moment of this room, and how it looks for whom it concerns. Returns how many were told, asked or given. */
export interface MomentWork {
  moment: CareMoment;
  work: (ctx: Context, run: MomentRun) => Promise<number>;
}

/** So many are read and written at once. */
export const STEP = 500;
/** What could not be told on its day, as nobody was there to do it or its reader had heard enough, is told so many days late at the most. */
export const LATE_DAYS = 7;

export const laterDay = (one: string, other: string): string => (one > other ? one : other);
