import { sql } from 'drizzle-orm';
import { ask } from '../../../db/query.ts';
import { outbox } from '../../../db/schema/index.ts';
import { markAllShown, markWithheld } from '../../ground/outbox/outbox.ts';
import type { Context } from '../../ground/platform/context.ts';
import { withheldBecause } from './withheld-because.ts';

const STEP = 200;

/** Everything due goes to the mailbox page, but for what its reader does not want, as if it were sent. */
export async function showInMailbox(ctx: Context): Promise<void> {
  const now = ctx.now();
  for (let after = ''; ; ) {
    const step = await listChoosable(ctx, after, now);
    const last = step.at(-1);
    if (last === undefined) break;
    for (const mail of step) {
      const reason = await withheldBecause(ctx, mail);
      if (reason !== null) await ctx.db.write([markWithheld(mail, reason, now)]);
    }
    after = last.id;
  }
  await ctx.db.write([markAllShown(now)]);
}

/** What is due of the topics that somebody may not want. */
function listChoosable({ db, house }: Context, after: string, now: number) {
  const names = [...house.letters].flatMap(([name, { topic }]) => (topic === 'service' ? [] : [name]));
  return ask(db.fresh, (query) =>
    query
      .select({
        id: outbox.id,
        template: outbox.template,
        params: outbox.params,
        customerId: outbox.customerId,
        address: outbox.address,
        language: outbox.language,
        tries: outbox.tries,
      })
      .from(outbox)
      .where(
        sql`${outbox.sentAt} IS NULL AND ${outbox.failedAt} IS NULL AND ${outbox.withheldAt} IS NULL
          AND ${outbox.nextTryAt} <= ${now} AND ${outbox.id} > ${after} AND ${outbox.customerId} IS NOT NULL
          AND ${outbox.template} IN (SELECT value FROM json_each(${JSON.stringify(names)}))`,
      )
      .orderBy(outbox.id)
      .limit(STEP),
  );
}
