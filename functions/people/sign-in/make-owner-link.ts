import { statement } from '../../../db/query.ts';
import { writeDecision } from '../../ground/decision/write-decision.ts';
import { allowRole } from '../../ground/platform/allow.ts';
import type { Config } from '../../ground/platform/config.ts';
import type { Context } from '../../ground/platform/context.ts';
import { linkTokenOf, newChallenge, STAFF_LINK_MS } from './challenge.ts';
import { findAnyTeam } from './queries.ts';

/** Whether nobody of the business was let in yet, so that the owner link works. */
export async function isWithoutOwner(ctx: Context): Promise<boolean> {
  const [member] = await findAnyTeam(ctx.db.fresh);
  return member === undefined;
}

/** A link that is not written down yet, so that it can be told before its database is there. */
export function newOwnerLink({ publicUrl, secret }: Config, now: number) {
  const challenge = newChallenge({
    purpose: 'owner',
    email: '',
    browserToken: null,
    now,
    lives_ms: STAFF_LINK_MS,
  });
  const token = linkTokenOf(secret, challenge.id);
  return { challenge, link: `${publicUrl}/sign-in/owner?token=${encodeURIComponent(token)}` };
}

/**
 * The link by which the first owner comes in: it works once, within 24 hours, in any browser, and ends the one made
 * before. Null once anybody was let in; who comes by a link alone, as the team of the demo does, does not count.
 * @throws {AppError} `forbidden` to all but the command line and owners
 */
export async function makeOwnerLink(
  ctx: Context,
  { challenge, link } = newOwnerLink(ctx.config, ctx.now()),
): Promise<string | null> {
  allowRole(ctx.actor, ['owner']);
  if (!(await isWithoutOwner(ctx))) return null;
  const endBefore = statement(
    "UPDATE sign_in_challenges SET consumed_at = ? WHERE purpose = 'owner' AND consumed_at IS NULL",
    ctx.now(),
  );
  await writeDecision(ctx, { rows: [endBefore, challenge.statement] });
  return link;
}
