import type { Statement } from '../../../../db/store.ts';
import type { ForecastRun } from './queries.ts';

/** What a step changes of its run, and what is written in the same unit. */
export interface StepDone extends Partial<Pick<ForecastRun, 'stage' | 'reached' | 'state' | 'accounts'>> {
  rows?: readonly Statement[];
}
