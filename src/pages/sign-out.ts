import type { APIRoute } from 'astro';
import { noCookie } from '../cookies.ts';
import { readForm, seeOther } from '../forms.ts';
import { speechOf } from '../locale.ts';

/** Ends this session, or with `everywhere` every session of the customer. */
export const POST: APIRoute = async ({ request, url, locals }) => {
  const { operations, isSecure } = locals.visit;
  const form = await readForm(request);
  if (form.has('everywhere')) await operations.signOutEverywhere();
  else await operations.signOut();
  return seeOther(`${speechOf(url.pathname).to('/sign-in')}?out`, [noCookie('session', isSecure)]);
};
