import type { APIRoute } from 'astro';
import { readForm, seeOther } from '../forms.ts';
import { speechOf } from '../locale.ts';

/** Ends this session, or with `everywhere` every session of the customer. */
export const POST: APIRoute = async ({ request, url, locals }) => {
  const { operations, customer } = locals.visit;
  const form = await readForm(request);
  const isEverywhere = form.has('everywhere') && customer !== null;
  const { cookies } = await (isEverywhere ? operations.signOutEverywhere() : operations.signOut());
  return seeOther(`${speechOf({ url, locals }).to('/sign-in')}?out`, cookies);
};
