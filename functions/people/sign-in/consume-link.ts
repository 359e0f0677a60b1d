import { z } from 'zod';
import type { Context } from '../../ground/platform/context.ts';
import { parseInput } from '../../ground/platform/parse-input.ts';
import { type Challenge, challengeIdOf, isAskingBrowser, isOpen } from './challenge.ts';
import { checkCodeBesideLink } from './check-code.ts';
import { whence } from './new-device.ts';
import { openSession, type SignedIn } from './open-session.ts';
import { findChallenge } from './queries.ts';
import { challengeOver, codeRequired } from './refusals.ts';

const input = z.strictObject({
  token: z.string().max(300),
  /** What another browser than the asking one has to add. */
  code: z.string().max(40).nullable().default(null),
  browserToken: z.string().max(200).nullable(),
  ...whence,
  /** The session the browser has until now; it ends. */
  sessionToken: z.string().max(200).nullable().default(null),
  userAgent: z.string().default(''),
  language: z.string().max(35).nullable().default(null),
});

/**
 * Signs in by a link, whose token works once. The browser that asked needs nothing else; another one types the code
 * as well, so that whoever merely opens links in mail gets no session. Staff links of the command line have no
 * asking browser.
 * @throws {AppError} `validation_failed` (`code_required`, `wrong_code`), `challenge_expired`
 */
export async function consumeLink(ctx: Context, given: z.input<typeof input>): Promise<SignedIn> {
  const { token, code, ...proven } = parseInput(input, given);
  const { browserToken } = proven;
  const id = challengeIdOf(ctx.config.secret, token);
  if (id === null) throw challengeOver();
  const [challenge] = await findChallenge(ctx.db.fresh, { id });
  if (challenge === undefined || !isOpen(challenge, ctx.now())) throw challengeOver();
  if (challenge.purpose !== 'sign_in' && challenge.purpose !== 'staff') throw challengeOver();
  if (needsCode(challenge, browserToken)) {
    if (code === null) throw codeRequired();
    await checkCodeBesideLink(ctx, { challenge, code });
  }
  return openSession(ctx, { challenge, ...proven });
}

function needsCode(challenge: Challenge, browserToken: string | null): boolean {
  return challenge.browserHash !== '' && !isAskingBrowser(challenge, browserToken);
}
