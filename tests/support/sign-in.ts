import type { Context } from '../../functions/ground/platform/context.ts';
import { newToken } from '../../functions/ground/platform/ids.ts';
import { consentText } from '../../functions/people/joining/consent-texts.ts';
import { finishJoining } from '../../functions/people/joining/finish-joining.ts';
import { codeOf, linkTokenOf } from '../../functions/people/sign-in/challenge.ts';
import { requestSignIn } from '../../functions/people/sign-in/request-sign-in.ts';
import { verifyCode } from '../../functions/people/sign-in/verify-code.ts';
import { testSecret } from './test-context.ts';

/** What a customer has in hand after asking: what the browser keeps, and what the mail says. */
export interface Asked {
  challengeId: string;
  browserToken: string;
  code: string;
  token: string;
  clientAddress: string;
}

export async function ask(
  ctx: Context,
  email: string,
  clientAddress = '192.0.2.1',
  knownToken: string | null = null,
): Promise<Asked> {
  const browserToken = newToken();
  const asking = { email, language: 'en', browserToken, clientAddress, knownToken };
  const { challengeId } = await requestSignIn(ctx, asking);
  return {
    challengeId,
    browserToken,
    code: codeOf(testSecret, challengeId),
    token: linkTokenOf(testSecret, challengeId),
    clientAddress,
  };
}

/** Signs a person in by the code, who joins if they have not; returns the session's token and whose it is. */
export async function signIn(
  ctx: Context,
  email: string,
  clientAddress?: string,
): Promise<{ token: string; subjectId: string; knownToken: string }> {
  const { token: _link, ...asked } = await ask(ctx, email, clientAddress);
  const opened = await verifyCode(ctx, asked);
  const { knownToken } = opened;
  return opened.kind === 'joining' ? { ...(await joinWith(ctx, opened.token)), knownToken } : opened;
}

/** Does the last step of joining in a session that has proven an email. */
export async function joinWith(
  ctx: Context,
  sessionToken: string,
  name = 'Ann',
): Promise<{ token: string; subjectId: string }> {
  const termsVersion = consentText(ctx.defaults, { kind: 'terms', language: 'en' }).version;
  const guest: Context = { ...ctx, actor: { kind: 'anonymous' } };
  const joined = await finishJoining(guest, { sessionToken, name, language: 'en', termsVersion });
  if (joined.outcome !== 'joined') throw new Error(`did not join: ${joined.outcome}`);
  return { token: joined.token, subjectId: joined.customerId };
}

/** Another code than the right one. */
export function wrongCodeFor(code: string): string {
  return String((Number(code) + 1) % 1_000_000).padStart(6, '0');
}

/** Everything the database holds, as text. */
export async function dumpOf({ db }: Pick<Context, 'db'>): Promise<string> {
  const tables = await db.read({ sql: "SELECT name FROM sqlite_master WHERE type = 'table'", args: [] });
  const rows = await Promise.all(
    tables.map(([name]) => db.read({ sql: `SELECT * FROM "${name}"`, args: [] })),
  );
  return rows.flat(2).map(String).join('\n');
}
