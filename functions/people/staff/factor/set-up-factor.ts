import { z } from 'zod';
import { insertInto } from '../../../../db/query.ts';
import { staffFactors, staffFactorUses, staffRecoveryCodes } from '../../../../db/schema/index.ts';
import { isConflictOn } from '../../../../db/store.ts';
import { writeDecision } from '../../../ground/decision/write-decision.ts';
import { allowProven } from '../../../ground/platform/allow.ts';
import type { Context, Role } from '../../../ground/platform/context.ts';
import { AppError } from '../../../ground/platform/errors.ts';
import { newCode, newId } from '../../../ground/platform/ids.ts';
import { seal, unseal } from '../../../ground/platform/seal.ts';
import { findReader } from '../../sign-in/passkeys/find-reader.ts';
import { hasPasskey } from '../../sign-in/passkeys/has-passkey.ts';
import { type Raised, raiseSession } from '../../sign-in/raise-session.ts';
import { wrongCode } from '../../sign-in/refusals.ts';
import { assertFactorTry } from './limit.ts';
import { paperHash } from './paper-hash.ts';
import { stepOf } from './totp.ts';

const OFFER_MS = 30 * 60_000;
const PAPER_CODES = 10;

const insertFactor = insertInto(staffFactors);
const insertPaperCode = insertInto(staffRecoveryCodes);
const insertUse = insertInto(staffFactorUses);
const offerShape = z.object({ secret: z.string(), at: z.number() });

/** Who is signing in, by the session that their mail opened. */
export interface Entrant {
  id: string;
  role: Role;
  sessionToken: string;
}

/**
 * Keeps the second factor that {@link beginFactor} offered, once its first code was typed, and proves it for this
 * session, and tells them by mail. The codes on paper are shown now and never again. Who has a passkey proves that first: mail alone adds no factor
 * beside it.
 * @throws {AppError} `validation_failed` (`wrong_code`), `challenge_expired` when the offer is over, `too_many_requests`,
 * `factor_exists` also for a passkey that this session has not proven, `proof_needed`
 */
export async function setUpFactor(
  ctx: Context,
  { entrant, sealed, code }: { entrant: Entrant; sealed: string; code: string },
): Promise<Raised & { paperCodes: string[] }> {
  allowProven(ctx);
  const isWhole = ctx.actor.kind === 'staff';
  if (!isWhole && (await hasPasskey(ctx, { kind: 'staff', id: entrant.id }))) throw factorExists();
  const { secret } = ctx.config;
  const now = ctx.now();
  const offer = readOffer(unseal(sealed, { secret, purpose: 'factor-offer', owner: entrant.id }), now);
  if (offer === null) throw new AppError('challenge_expired', 'This took too long. Start again.');
  await assertFactorTry(ctx, entrant.id);
  const step = stepOf(offer, code.replace(/\s/g, ''), now);
  if (step === null) throw wrongCode();
  const { email } = await findReader(ctx, { kind: 'staff', id: entrant.id });
  const id = newId();
  const paperCodes = Array.from({ length: PAPER_CODES }, () => newCode(3));
  const sealedSecret = seal(offer, { secret, purpose: 'factor', owner: entrant.id });
  const raised = raiseSession(entrant, now);
  const actor = { kind: 'staff', id: entrant.id, role: entrant.role } as const;
  const papers = paperCodes.map((paper) =>
    insertPaperCode({ hash: paperHash(ctx.config, paper), factorId: id }),
  );
  try {
    await writeDecision(
      { ...ctx, actor },
      {
        rows: [
          insertFactor({ id, staffId: entrant.id, sealedSecret, createdAt: now }),
          ...papers,
          insertUse({ factorId: id, proof: `step:${step}`, at: now }),
          raised.statement,
        ],
        letters: [{ template: 'factor_added', params: { at: now }, address: email, language: null }],
        audit: { kind: 'staff.factor-set-up', subjectKind: 'staff', subjectId: entrant.id },
      },
    );
  } catch (error) {
    if (!isConflictOn(error, 'staff_factors.staff_id')) throw error;
    throw factorExists();
  }
  ctx.wakeMail('now');
  return { ...raised.session, paperCodes };
}

const factorExists = () => new AppError('factor_exists', 'There is a second factor already.');

function readOffer(text: string | null, now: number): string | null {
  if (text === null) return null;
  const { secret, at } = offerShape.parse(JSON.parse(text));
  return now - at < OFFER_MS ? secret : null;
}
