import type { Statement } from '../../../../db/store.ts';
import type { AttentionRun } from '../queries.ts';

/** What a step changes of its run, and what is written in the same unit. */
export interface AttentionStep extends Partial<Pick<AttentionRun, 'stage' | 'reached'>> {
  rows: readonly Statement[];
}
