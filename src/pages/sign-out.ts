import type { APIRoute } from 'astro';
import { readForm, seeOther } from '../forms.ts';
import { speechOf } from '../locale.ts';
import { leaveSession } from '../operations/sign-in.ts';

/** Ends this session, or with `everywhere` every session of whoever it is. */
export const POST: APIRoute = async ({ request, locals }) => {
  const { visit } = locals;
  const form = await readForm(request);
  const isEverywhere = form.has('everywhere') && (visit.customer !== null || visit.staff !== null);
  const { cookies } = await leaveSession(visit, { isEverywhere });
  return seeOther(`${speechOf({ locals }).to('/sign-in')}?out`, cookies);
};
