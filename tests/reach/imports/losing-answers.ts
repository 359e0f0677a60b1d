import { ComposedStore, type Store, StoreUnavailable } from '../../../db/store.ts';
import type { Context } from '../../../functions/ground/platform/context.ts';

/** The same database, of which every so many writes are done and never answered. */
export function losingAnswers(ctx: Context, every: number): Context {
  let writes = 0;
  const losing = async <Answer>(answer: Promise<Answer>): Promise<Answer> => {
    const told = await answer;
    writes += 1;
    if (writes % every === 0) throw new StoreUnavailable('TIMEOUT');
    return told;
  };
  const { db } = ctx;
  const parts: Omit<Store, 'fresh'> = {
    ...{
      engine: db.engine,
      read: db.read,
      writeSchema: db.writeSchema,
      script: db.script,
      snapshot: db.snapshot,
      close: db.close,
    },
    write: (statements) => losing(db.write(statements)),
    writeMany: (units) => losing(db.writeMany(units)),
  };
  return { ...ctx, db: new ComposedStore(parts) };
}

/** Does work in slices of so many steps each, one where nothing else is said, taken up again after every answer that was lost. */
export async function inSlices<Told>(
  ctx: Context,
  answersLost: number,
  work: (ctx: Context, isOver: () => boolean) => Promise<Told | null>,
  steps = 1,
): Promise<{ told: Told; slices: number; kills: number }> {
  const flaky = losingAnswers(ctx, answersLost);
  let kills = 0;
  for (let slices = 1; slices < 200; slices += 1) {
    try {
      let left = steps;
      const told = await work(flaky, () => {
        left -= 1;
        return left <= 0;
      });
      if (told !== null) return { told, slices, kills };
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error;
      kills += 1;
    }
  }
  throw new Error('the work does not come to its end');
}
