import { instantOfLocal, startOfDay } from '../../ground/platform/business-time.ts';
import type { Moment } from '../../ground/platform/moment.ts';
import type { StagedMoment } from './staged-line.ts';

/** A moment as the file told it; days and local times are read in business time. */
export function momentOf(moment: StagedMoment, timeZone: string): Moment {
  if (moment.kind === 'instant') return { at: moment.ms, day: null };
  if (moment.kind === 'date') return { at: startOfDay(moment.date, timeZone), day: moment.date };
  return { at: instantOfLocal(moment.local, timeZone), day: null };
}
