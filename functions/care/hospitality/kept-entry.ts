import type { Context } from '../../ground/platform/context.ts';
import { assert } from '../../ground/platform/errors.ts';
import { findEntry } from './queries.ts';
import type { HospitalityAnswer } from './schema.ts';
import { toAnswer, toEntry } from './to-entry.ts';

/** What it was for, and why it was decided, are kept once, in their rows. A replay answers what it came to when it was written. */
export const keptEntry = {
  keep: ({ id, state }: HospitalityAnswer) => ({ id, state }),
  restore: async (ctx: Context, text: string): Promise<string> => {
    const { id, state }: Pick<HospitalityAnswer, 'id' | 'state'> = JSON.parse(text);
    const [row] = await findEntry(ctx.db.fresh, { id });
    assert(row !== undefined, 'an entry stays');
    const { decided, withdrawn, ...entry } = toAnswer(toEntry(row));
    const wasUndecided = state === 'given' || state === 'waiting';
    return JSON.stringify({
      ...{ ...entry, state },
      decided: wasUndecided ? null : decided,
      withdrawn: state === 'withdrawn' ? withdrawn : null,
    });
  },
};
