import { z } from 'zod';
import { insertInto } from '../../../../db/query.ts';
import { sessions } from '../../../../db/schema/index.ts';
import { isConflictOn } from '../../../../db/store.ts';
import { writeDecision } from '../../../ground/decision/write-decision.ts';
import type { Actor, Context } from '../../../ground/platform/context.ts';
import { hashOf, newToken } from '../../../ground/platform/ids.ts';
import { parseInput } from '../../../ground/platform/parse-input.ts';
import { deviceName } from '../device-name.ts';
import { endSession } from '../end-sessions.ts';
import { knownTokenOf } from '../known-browser.ts';
import type { KnownPerson } from '../known-person.ts';
import { isNewDevice, newDeviceLetter, whence as whenceInput } from '../new-device.ts';
import type { SignedIn } from '../open-session.ts';
import { findActiveStaff } from '../queries.ts';
import { challengeOver } from '../refusals.ts';
import { sessionTerms } from '../session-terms.ts';
import { checkPasskey } from './check-passkey.ts';
import { findReader } from './find-reader.ts';
import { countUse, spentPasskeyRule } from './passkey-rows.ts';

const insertSession = insertInto(sessions);

const input = z.strictObject({
  challengeId: z.string().max(64),
  /** JSON as the browser wrote it. */
  answer: z.string().max(60_000),
  browserToken: z.string().max(200).nullable(),
  ...whenceInput,
  /** The session the browser has until now; it ends. */
  sessionToken: z.string().max(200).nullable().default(null),
});

/**
 * Signs in who holds a passkey. Their device has asked who they are, so that for staff it counts as both factors.
 * @throws {AppError} `challenge_expired`, `passkey_refused`
 */
export async function signInByPasskey(ctx: Context, typed: z.input<typeof input>): Promise<SignedIn> {
  const { sessionToken, challengeId, answer, browserToken, ...whence } = parseInput(input, typed);
  const { userAgent } = whence;
  const sent = { challengeId, answer, browserToken };
  const { passkey, counter } = await checkPasskey(ctx, sent);
  const person: KnownPerson = { kind: passkey.kind, id: passkey.subjectId };
  const [{ email, language }, actor] = await Promise.all([findReader(ctx, person), actorFor(ctx, person)]);
  const now = ctx.now();
  const token = newToken();
  const { absolute_ms } = sessionTerms[person.kind];
  const session = insertSession({
    tokenHash: hashOf(token),
    kind: person.kind,
    subjectId: person.id,
    createdAt: now,
    lastSeenAt: now,
    expiresAt: now + absolute_ms,
    browser: deviceName(userAgent),
    factorAt: person.kind === 'staff' ? now : null,
  });
  const use = countUse({ id: passkey.id, counter }, { challengeId: sent.challengeId, now });
  const isNew = isNewDevice(ctx, email, whence);
  try {
    await writeDecision(
      { ...ctx, actor },
      {
        rows: [...use, session, ...(sessionToken === null ? [] : [endSession(sessionToken)])],
        letters: isNew ? [newDeviceLetter(ctx, { ...person, email, language }, whence)] : [],
        audit:
          person.kind === 'staff'
            ? {
                kind: 'staff.signed-in',
                subjectKind: 'staff',
                subjectId: person.id,
                detail: { by: 'passkey' },
              }
            : null,
      },
    );
  } catch (error) {
    throw isConflictOn(error, spentPasskeyRule) ? challengeOver() : error;
  }
  if (isNew) ctx.wakeMail('now');
  ctx.log.info('Signed in {kind} {subjectId} by a passkey', { kind: person.kind, subjectId: person.id });
  const knownToken = knownTokenOf(ctx.config.secret, email);
  return { token, kind: person.kind, subjectId: person.id, max_age_s: absolute_ms / 1000, knownToken };
}

async function actorFor(ctx: Context, { kind, id }: KnownPerson): Promise<Actor> {
  if (kind === 'customer') return { kind, id };
  const [member] = await findActiveStaff(ctx.db.fresh, { id });
  if (member === undefined) throw challengeOver();
  return { kind, id, role: member.role };
}
