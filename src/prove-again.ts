import { attempt } from './attempt.ts';
import type { Speech } from './locale.ts';
import { askForCode } from './operations/sign-in.ts';
import type { Visit } from './visit.ts';

/**
 * Sends a code to who is signed in already, before an act that nobody else at their device may do: where it is typed, or what
 * to say where none was sent. It opens a new session in place of the one there is, and leads on to `next`.
 */
export async function proveAgain(
  visit: Pick<Visit, 'ctx' | 'asker' | 'customer'>,
  { speech: { t, to, locale }, next }: { speech: Speech; next: string },
): Promise<{ address: string; cookies: string[] } | { refusal: string }> {
  const email = visit.customer?.email ?? '';
  const asked = await attempt(askForCode(visit, { email, language: locale, nextPath: to(next) }), {
    too_many_requests: t.sign_in_too_many(),
    '.email': t.sign_in_email_wrong(),
  });
  if (!asked.ok) return { refusal: asked.reason };
  const query = new URLSearchParams({ id: asked.output.challengeId, next: to(next) });
  return { address: `${to('/sign-in/code')}?${query}`, cookies: asked.output.cookies };
}
