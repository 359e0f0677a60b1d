import { textIn } from '../../ground/identity/languages.ts';
import { customerIdOf } from '../../ground/platform/allow.ts';
import { DAY_MS } from '../../ground/platform/calendar.ts';
import type { Context } from '../../ground/platform/context.ts';
import type { Amount } from '../../ground/platform/money.ts';
import { thanksOf } from './open-invitation.ts';
import { mostQuestions } from './path.ts';
import { listUnfinished } from './queries.ts';
import { readDefinition } from './read-definition.ts';

/** An invitation is offered on the customer's page for so long; its link works on. */
const OFFERED_DAYS = 45;

/** A survey that waits for the signed-in customer. */
export interface WaitingSurvey {
  invitationId: string;
  title: string;
  questions: number;
  incentive: Amount | null;
}

/** What the signed-in customer was asked and has not answered to the end, newest first. */
export async function listWaiting(
  ctx: Context,
  { language }: { language: string },
): Promise<WaitingSurvey[]> {
  const since = ctx.now() - OFFERED_DAYS * DAY_MS;
  const rows = await listUnfinished(ctx.db, { customerId: customerIdOf(ctx), since });
  return rows.map((row) => {
    const definition = readDefinition(row.definition);
    return {
      invitationId: row.id,
      title: textIn(definition.title, language),
      questions: mostQuestions(definition, new Map()),
      incentive: thanksOf(row),
    };
  });
}
