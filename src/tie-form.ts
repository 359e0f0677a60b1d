import type { Context } from '../functions/ground/platform/context.ts';
import { tieName, untieName } from '../functions/voice/feedback/set-server.ts';
import { attempt } from './attempt.ts';
import type { Messages } from './locale.ts';
import type { FormError } from './words/field-errors.ts';

/** What became of a form that says whom a name means. */
type Tied =
  | { ok: true; done: 'tied' | 'untied'; name: string; who: string; errors: [] }
  | { ok: false; errors: FormError[] };

/** Ties a name that customers wrote to a member of the team, or takes that back; what is wrong with it, at its field. */
export async function postTie(
  ctx: Context,
  { fields, t }: { fields: ReadonlyMap<string, string>; t: Messages },
): Promise<Tied> {
  const [name, who] = [fields.get('name') ?? '', fields.get('staff') ?? ''];
  const isUntied = fields.get('do') === 'untie';
  const work = isUntied ? untieName : tieName;
  const problem = { field: 'staff', text: t.areas_untied_wrong() };
  const done = await attempt(work(ctx, { name, staff: who }), { otherwise: null, forbidden: null });
  if (!done.ok) return { ok: false, errors: [problem] };
  return { ok: true, done: isUntied ? 'untied' : 'tied', name, who, errors: [] };
}
