import type { Messages } from './locale.ts';
import type { Rooms } from './operations/rooms.ts';

interface Refusal {
  reason: 'too_many' | 'invalid_email' | 'invalid_name' | 'already_member' | 'invitation_over' | 'gone';
  /** The id of the field it is about. */
  field: string;
  retry_after_s: number | null;
}

/** Does what a form about an account's people asks for; what is no longer so is told as `gone`. */
export async function managePeople(
  households: Rooms['households'],
  form: Map<string, string>,
  { locale, ownId }: { locale: string; ownId: string | null },
): Promise<'done' | Refusal> {
  const value = (name: string) => form.get(name) ?? '';
  const accountId = value('account');
  const customerId = value('person');
  const field = form.get('do') === 'found' ? 'name' : `email-${accountId}`;
  const told = await work();
  if (told === null || told.ok) return 'done';
  const reason = told.reason === 'not_found' || told.reason === 'forbidden' ? 'gone' : told.reason;
  return { reason, field: reason === 'gone' ? 'main' : field, retry_after_s: told.retry_after_s };

  async function work() {
    switch (form.get('do')) {
      case 'found':
        return households.found({ name: value('name') });
      case 'invite':
        return households.invite({
          accountId,
          email: value(`email-${accountId}`),
          mayRedeem: value('may') === 'yes',
          language: locale,
        });
      case 'accept':
      case 'decline':
        return households.answerInvitation({
          invitationId: value('id'),
          how: form.get('do') === 'accept' ? 'accepted' : 'declined',
        });
      case 'withdraw':
        return households.withdrawInvitation({ accountId, invitationId: value('id') });
      case 'allow':
      case 'forbid':
        return households.change({ accountId, customerId, mayRedeem: form.get('do') === 'allow' });
      case 'manage':
      case 'unmanage':
        return households.change({ accountId, customerId, isManager: form.get('do') === 'manage' });
      case 'remove':
        return households.remove({ accountId, customerId: customerId || (ownId ?? '') });
      default:
        return null;
    }
  }
}

export function refusalWords(t: Messages, { reason }: Refusal): string {
  switch (reason) {
    case 'too_many':
      return t.joining_invited_too_many();
    case 'invalid_email':
      return t.sign_in_email_wrong();
    case 'invalid_name':
      return t.joining_found_wrong();
    case 'already_member':
      return t.joining_already_member();
    case 'invitation_over':
      return t.joining_invitation_gone();
    case 'gone':
      return t.joining_people_gone();
  }
}
