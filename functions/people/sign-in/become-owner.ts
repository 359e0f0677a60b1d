import { z } from 'zod';
import { statement } from '../../../db/query.ts';
import { isConflictOn, type Statement } from '../../../db/store.ts';
import { writeDecision } from '../../ground/decision/write-decision.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { newId, newToken } from '../../ground/platform/ids.ts';
import { email } from '../../ground/platform/input.ts';
import { parseInput } from '../../ground/platform/parse-input.ts';
import { challengeIdOf, isOpen } from './challenge.ts';
import { endSession } from './end-sessions.ts';
import { knownTokenOf } from './known-browser.ts';
import type { SignedIn } from './open-session.ts';
import { findAnyTeam, findChallenge } from './queries.ts';
import { challengeOver } from './refusals.ts';
import { spendOnSession, spentRule } from './session-statements.ts';
import { sessionTerms } from './session-terms.ts';

const token = z.string().max(300);

const input = z.strictObject({
  token,
  email,
  /** The session the browser has until now; it ends. */
  sessionToken: z.string().max(200).nullable().default(null),
  userAgent: z.string().default(''),
});

/** Whether a token is that of the owner link that works now. */
export async function isOwnerLinkOpen(ctx: Context, given: { token: string }): Promise<boolean> {
  return (await findOwnerChallenge(ctx, given.token)) !== null;
}

/**
 * Makes the first owner by the link of `make-owner-link.ts`, and signs them in. The link is the proof, since no mail may be
 * set up yet; whoever reads the mail of the address signs in by it from then on. Of two who come at once one gets in.
 * @throws {AppError} `validation_failed` (`email`), `email_taken` for a member who comes by a link alone, `challenge_expired`
 */
export async function becomeOwner(ctx: Context, given: z.input<typeof input>): Promise<SignedIn> {
  const { token, email, sessionToken, userAgent } = parseInput(input, given);
  const challenge = await findOwnerChallenge(ctx, token);
  if (challenge === null) throw challengeOver();
  const now = ctx.now();
  const id = newId();
  const session = { token: newToken(), kind: 'staff', subjectId: id } as const;
  const owner: Context = { ...ctx, actor: { kind: 'staff', id, role: 'owner' } };
  try {
    await writeDecision(owner, {
      rows: [
        insertFirstOwner({ id, email, now }),
        ...spendOnSession(challenge, { ...session, userAgent, now }),
        ...(sessionToken === null ? [] : [endSession(sessionToken)]),
      ],
      audit: { kind: 'staff.added', subjectKind: 'staff', subjectId: id, detail: { role: 'owner' } },
    });
  } catch (error) {
    if (isConflictOn(error, 'UNIQUE constraint failed: staff.email')) throw memberKnown();
    throw isConflictOn(error, noOwnerRule) || isConflictOn(error, spentRule) ? challengeOver() : error;
  }
  ctx.log.info('The first owner {id} came in by the owner link', { id });
  const knownToken = knownTokenOf(ctx.config.secret, email);
  return { ...session, max_age_s: sessionTerms.staff.absolute_ms / 1000, knownToken };
}

async function findOwnerChallenge(ctx: Context, token: string) {
  const id = challengeIdOf(ctx.config.secret, token);
  if (id === null) return null;
  const db = ctx.db.fresh;
  const [[challenge], [member]] = await Promise.all([findChallenge(db, { id }), findAnyTeam(db)]);
  if (challenge?.purpose !== 'owner' || member !== undefined) return null;
  return isOpen(challenge, ctx.now()) ? challenge : null;
}

/** What the database says when {@link insertFirstOwner} comes too late. */
const noOwnerRule = 'NOT NULL constraint failed: staff.id';

/** Where anybody was let in meanwhile the row gets no id, which the table refuses, and with it the whole batch. */
function insertFirstOwner({ id, email, now }: { id: string; email: string; now: number }): Statement {
  return statement(
    `INSERT INTO staff (id, email, role, created_at, by_link_only) VALUES (
      (SELECT ? WHERE NOT EXISTS (SELECT 1 FROM staff WHERE by_link_only = 0)), ?, 'owner', ?, 0)`,
    id,
    email,
    now,
  );
}

function memberKnown(): AppError {
  return new AppError('email_taken', 'Somebody of the team has this address. Choose another.');
}
