import type { Context } from '../../ground/platform/context.ts';
import { assert } from '../../ground/platform/errors.ts';
import { findById } from './queries.ts';
import { completeRequests, toRequestAnswer } from './request.ts';
import type { RequestAnswer } from './schema.ts';

/** What was said with a request is kept once, in its rows. A replay answers what it came to when it was written. */
export const keptRequest = {
  keep: ({ id, state }: RequestAnswer) => ({ id, state }),
  restore: async (ctx: Context, text: string): Promise<string> => {
    const { id, state }: Pick<RequestAnswer, 'id' | 'state'> = JSON.parse(text);
    const row = await findById(ctx.db.fresh, { id });
    const [request] = row === null ? [] : await completeRequests(ctx.db.fresh, [row]);
    assert(request !== undefined, 'a request stays');
    const answer = toRequestAnswer(request);
    return JSON.stringify({ ...answer, state, answer: state === 'placed' ? null : answer.answer });
  },
};
