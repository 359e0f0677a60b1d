import { isConflictOn } from '../../../../db/store.ts';
import { writeDecision } from '../../../ground/decision/write-decision.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { checkPasskey, type SentAnswer } from '../../sign-in/passkeys/check-passkey.ts';
import { countUse, spentPasskeyRule } from '../../sign-in/passkeys/passkey-rows.ts';
import { proveSession } from '../../sign-in/raise-session.ts';
import { challengeOver, passkeyRefused } from '../../sign-in/refusals.ts';
import type { Entrant } from './set-up-factor.ts';

/**
 * Proves again who acts in a session of staff, by a passkey of theirs.
 * @throws {AppError} `challenge_expired`, `passkey_refused`, also for one of somebody else
 */
export async function proveByPasskey(
  ctx: Context,
  { entrant, ...sent }: SentAnswer & { entrant: Entrant },
): Promise<void> {
  const { passkey, counter } = await checkPasskey(ctx, sent);
  if (passkey.kind !== 'staff' || passkey.subjectId !== entrant.id) throw passkeyRefused();
  const now = ctx.now();
  const actor = { kind: 'staff', id: entrant.id, role: entrant.role } as const;
  try {
    await writeDecision(
      { ...ctx, actor },
      {
        rows: [
          ...countUse({ id: passkey.id, counter }, { challengeId: sent.challengeId, now }),
          proveSession(entrant, now),
        ],
        audit: {
          kind: 'staff.proven-again',
          subjectKind: 'staff',
          subjectId: entrant.id,
          detail: { by: 'passkey' },
        },
      },
    );
  } catch (error) {
    throw isConflictOn(error, spentPasskeyRule) ? challengeOver() : error;
  }
}
