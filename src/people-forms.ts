import type { Context } from '../functions/ground/platform/context.ts';
import { answerInvitation } from '../functions/people/households/answer-invitation.ts';
import { changePerson } from '../functions/people/households/change-person.ts';
import { foundHousehold } from '../functions/people/households/found-household.ts';
import { invitePerson } from '../functions/people/households/invite-person.ts';
import { removePerson } from '../functions/people/households/remove-person.ts';
import { withdrawPersonInvitation } from '../functions/people/households/withdraw-person-invitation.ts';
import { attempt, type Refused } from './attempt.ts';
import type { Speech } from './locale.ts';
import type { FormError } from './words/field-errors.ts';

/** Does what a form about an account's people asks for. */
export async function managePeople(
  ctx: Context,
  form: Map<string, string>,
  { speech: { t, locale }, ownId }: { speech: Speech; ownId: string | null },
): Promise<'done' | Refused<FormError>> {
  const value = (name: string) => form.get(name) ?? '';
  const accountId = value('account');
  const customerId = value('person');
  const field = form.get('do') === 'found' ? 'name' : `email-${accountId}`;
  const gone = { field: 'main', text: t.joining_people_gone() };
  const away = { not_found: gone, forbidden: gone };
  const often = { too_many_requests: { field, text: t.joining_invited_too_many() } };
  const told = await work();
  return told === null || told.ok ? 'done' : told;

  async function work() {
    switch (form.get('do')) {
      case 'found': {
        const wrongName = { field, text: t.joining_found_wrong() };
        return attempt(foundHousehold(ctx, { name: value('name') }), { ...often, '.name': wrongName });
      }
      case 'invite': {
        const email = value(`email-${accountId}`);
        const person = { accountId, email, mayRedeem: value('may') === 'yes', language: locale };
        return attempt(invitePerson(ctx, person), {
          ...often,
          ...away,
          '.email': { field, text: t.sign_in_email_wrong() },
          already_member: { field, text: t.joining_already_member() },
        });
      }
      case 'accept':
      case 'decline': {
        const how = form.get('do') === 'accept' ? 'accepted' : 'declined';
        const answering = answerInvitation(ctx, { invitationId: value('id'), how });
        return attempt(answering, { invitation_over: { field, text: t.joining_invitation_gone() } });
      }
      case 'withdraw':
        return attempt(withdrawPersonInvitation(ctx, { accountId, invitationId: value('id') }), away);
      case 'allow':
      case 'forbid':
        return change({ mayRedeem: form.get('do') === 'allow' });
      case 'manage':
      case 'unmanage':
        return change({ isManager: form.get('do') === 'manage' });
      case 'remove':
        return attempt(removePerson(ctx, { accountId, customerId: customerId || (ownId ?? '') }), away);
      default:
        return null;
    }
  }

  function change(what: { mayRedeem: boolean } | { isManager: boolean }) {
    return attempt(changePerson(ctx, { accountId, customerId, ...what }), away);
  }
}
