import { endOneSession } from '../functions/people/sign-in/end-one-session.ts';
import { signedInPerson } from '../functions/people/sign-in/known-person.ts';
import { listPasskeys } from '../functions/people/sign-in/passkeys/list-passkeys.ts';
import { removePasskey } from '../functions/people/sign-in/passkeys/remove-passkey.ts';
import { signOutEverywhere } from '../functions/people/sign-in/sign-out.ts';
import { attempt } from './attempt.ts';
import type { Messages } from './locale.ts';
import { addPasskeyHere } from './operations/passkeys.ts';
import type { Visit } from './visit.ts';
import type { FormError } from './words/field-errors.ts';

/** What a form of "Passkeys and devices" did: what is told on the way back, what is asked first, or what is wrong. */
export type DevicesOutcome =
  | { told: 'added' | 'removed' | 'ended' | 'others'; cookies?: string[] }
  | { removing: { id: string; name: string } }
  | { error: FormError; name: string }
  /** The device was not asked, since who acts had to prove it first. */
  | { again: true; name: string };

/** Does what one of its forms says, for customers and staff alike; null where there is nothing to do. */
export async function changeDevices(
  visit: Pick<Visit, 'ctx' | 'asker'>,
  fields: ReadonlyMap<string, string>,
  t: Messages,
): Promise<DevicesOutcome | null> {
  const { ctx, asker } = visit;
  const id = fields.get('id') ?? '';
  switch (fields.get('do')) {
    case 'add':
      return add(visit, fields, t);
    case 'remove': {
      if (!fields.has('confirmed')) {
        const asked = (await listPasskeys(ctx)).find((one) => one.id === id);
        return asked === undefined ? null : { removing: asked };
      }
      const removed = await attempt(removePasskey(ctx, { id: id.slice(0, 64), userAgent: asker.userAgent }), {
        last_factor: { field: 'main', text: t.passkey_last_factor() },
      });
      return removed.ok ? { told: 'removed' } : { error: removed.reason, name: '' };
    }
    case 'end':
      await endOneSession(ctx, { person: signedInPerson(ctx.actor), id });
      return { told: 'ended' };
    case 'others':
      await signOutEverywhere(ctx, { person: signedInPerson(ctx.actor), exceptToken: asker.sessionToken });
      return { told: 'others' };
    default:
      return null;
  }
}

async function add(
  visit: Pick<Visit, 'ctx' | 'asker'>,
  fields: ReadonlyMap<string, string>,
  t: Messages,
): Promise<DevicesOutcome> {
  const typed = {
    name: fields.get('name') ?? '',
    challengeId: (fields.get('challenge') ?? '').slice(0, 64),
    answer: (fields.get('passkey') ?? '').slice(0, 60_000),
  };
  const added = await attempt(addPasskeyHere(visit, typed), {
    '.name': { field: 'name', text: t.passkey_name_wrong() },
    validation_failed: { field: 'name', text: t.passkey_not_made() },
    sign_in_again: { field: 'main', text: t.passkey_sign_in_again() },
    challenge_expired: typed.answer === '' ? null : { field: 'name', text: t.passkey_over() },
    passkey_refused: { field: 'name', text: t.passkey_not_made() },
  });
  if (added.ok) return { told: 'added', cookies: added.output.cookies };
  const { reason: error } = added;
  const { name } = typed;
  return error === null ? { again: true, name } : { error, name };
}
