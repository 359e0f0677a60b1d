import type { APIRoute } from 'astro';
import { attempt } from '../../../attempt.ts';
import { readForm } from '../../../forms.ts';
import { speechOf } from '../../../locale.ts';
import { beginInBrowser } from '../../../operations/passkeys.ts';

/** What a passkey form hands to the device, as JSON, or in words why not now; only its script asks. */
export const POST: APIRoute = async (context) => {
  const { t } = speechOf(context);
  const purpose = (await readForm(context.request)).get('for') === 'new' ? 'new' : 'sign-in';
  const began = await attempt(beginInBrowser(context.locals.visit, purpose), {
    too_many_requests: t.sign_in_too_many(),
    sign_in_again: t.passkey_sign_in_again(),
  });
  const headers = new Headers({ 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
  if (!began.ok) {
    const { reason: words, retry_after_s } = began;
    if (retry_after_s !== null) headers.set('Retry-After', String(retry_after_s));
    return new Response(JSON.stringify({ words }), { status: retry_after_s === null ? 403 : 429, headers });
  }
  for (const cookie of began.output.cookies) headers.append('Set-Cookie', cookie);
  return new Response(JSON.stringify(began.output.begun), { headers });
};
