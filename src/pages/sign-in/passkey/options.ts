import type { APIRoute } from 'astro';
import { readForm } from '../../../forms.ts';
import { beginInBrowser } from '../../../operations/passkeys.ts';

/** What a passkey form hands to the device, as JSON; only its script asks. */
export const POST: APIRoute = async ({ request, locals }) => {
  const purpose = (await readForm(request)).get('for') === 'new' ? 'new' : 'sign-in';
  const { begun, cookies } = await beginInBrowser(locals.visit, purpose);
  const headers = new Headers({ 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
  for (const cookie of cookies) headers.append('Set-Cookie', cookie);
  return new Response(JSON.stringify(begun), { headers });
};
