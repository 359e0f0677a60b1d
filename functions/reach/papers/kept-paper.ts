import type { Context } from '../../ground/platform/context.ts';
import { assert } from '../../ground/platform/errors.ts';
import { findPaper } from './queries.ts';
import { type PaperAnswer, toPaperAnswer } from './schema.ts';
import { toPaper } from './whole-paper.ts';

/** A paper is kept once, in its rows. */
export const keptPaper = {
  keep: ({ id }: PaperAnswer) => ({ id }),
  restore: async (ctx: Pick<Context, 'db'>, text: string): Promise<string> => {
    const { id }: Pick<PaperAnswer, 'id'> = JSON.parse(text);
    const row = await findPaper(ctx.db.fresh, { id });
    assert(row !== null, 'a paper stays');
    return JSON.stringify(toPaperAnswer(toPaper(row)));
  },
};
