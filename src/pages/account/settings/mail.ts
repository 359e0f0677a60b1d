import type { APIRoute } from 'astro';
import { seeOther } from '../../../forms.ts';
import { speechOf } from '../../../locale.ts';

/** Where preferences were about mail alone: who kept the address finds all of them. */
export const GET: APIRoute = (context) => seeOther(speechOf(context).to('/account/settings/preferences'));
