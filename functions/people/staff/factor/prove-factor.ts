import { insertInto } from '../../../../db/query.ts';
import { staffFactorUses } from '../../../../db/schema/index.ts';
import { isConflictOn } from '../../../../db/store.ts';
import type { Decision } from '../../../ground/decision/decision.ts';
import { writeDecision } from '../../../ground/decision/write-decision.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { assert } from '../../../ground/platform/errors.ts';
import { unseal } from '../../../ground/platform/seal.ts';
import { proveSession, type Raised, raiseSession } from '../../sign-in/raise-session.ts';
import { challengeOver, wrongCode } from '../../sign-in/refusals.ts';
import { assertFactorTry } from './limit.ts';
import { paperHash } from './paper-hash.ts';
import { findFactor, findPaperCode } from './queries.ts';
import type { Entrant } from './set-up-factor.ts';
import { stepOf } from './totp.ts';

const insertUse = insertInto(staffFactorUses);

/**
 * Proves the second factor in a session that the mail opened: by the authenticator's code or one on paper. Either counts
 * once, also when two send it at the same moment. `isAgain`: the session is whole already, and keeps its token.
 * @throws {AppError} `validation_failed` (`wrong_code`), `too_many_requests`, `challenge_expired` without a factor
 */
export async function proveFactor(
  ctx: Context,
  { entrant, code, isAgain = false }: { entrant: Entrant; code: string; isAgain?: boolean },
): Promise<Raised> {
  const now = ctx.now();
  const [factor] = await findFactor(ctx.db.fresh, { staffId: entrant.id });
  if (factor === undefined) throw challengeOver();
  await assertFactorTry(ctx, entrant.id);
  const proof = await proofOf(ctx, { factor, staffId: entrant.id, code });
  if (proof === null) throw refuse(ctx, entrant.id);
  const raised = raiseSession(entrant, now);
  const actor = { kind: 'staff', id: entrant.id, role: entrant.role } as const;
  const by = proof.startsWith('paper:') ? 'paper' : 'authenticator';
  const decision: Decision = {
    rows: [
      insertUse({ factorId: factor.id, proof, at: now }),
      isAgain ? proveSession(entrant, now) : raised.statement,
    ],
    audit: {
      kind: isAgain ? 'staff.proven-again' : 'staff.signed-in',
      subjectKind: 'staff',
      subjectId: entrant.id,
      detail: { by },
    },
  };
  try {
    await writeDecision({ ...ctx, actor }, decision);
  } catch (error) {
    throw isConflictOn(error, 'staff_factor_uses') ? refuse(ctx, entrant.id) : error;
  }
  return isAgain ? { ...raised.session, token: entrant.sessionToken } : raised.session;
}

/** What the typed code proves, by which it is known again; null when it proves nothing. */
async function proofOf(
  ctx: Context,
  { factor, staffId, code }: { factor: { id: string; sealedSecret: string }; staffId: string; code: string },
): Promise<string | null> {
  const digits = code.replace(/\s/g, '');
  if (!/^\d{6}$/.test(digits)) {
    const hash = paperHash(ctx.config, code);
    const [paper] = await findPaperCode(ctx.db.fresh, { hash, factorId: factor.id });
    return paper === undefined ? null : `paper:${hash}`;
  }
  const { secret } = ctx.config;
  const shared = unseal(factor.sealedSecret, { secret, purpose: 'factor', owner: staffId });
  assert(shared !== null, 'SECRET is the one the factor was sealed under');
  const step = stepOf(shared, digits, ctx.now());
  return step === null ? null : `step:${step}`;
}

function refuse(ctx: Context, id: string) {
  ctx.log.warn('Refused a code of the second factor of {id}', { id });
  return wrongCode();
}
