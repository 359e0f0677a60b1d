import { allow } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { listPlaces } from '../../money/accounts/places.ts';
import { endFailedMail, getFailedMail } from '../../people/mail/incoming/failed-mails.ts';
import { takeMailAsContact } from './take-mail.ts';

/**
 * Says whose a mail is that could not be read: what is known of it, its subject and its time, is a contact with this customer,
 * who waits for an answer.
 * @returns the contact's id
 * @throws {AppError} `not_found` for a mail that is decided or a customer that is not there, `forbidden`
 */
export async function assignMail(
  ctx: Context,
  { mailId, customerId }: { mailId: string; customerId: string },
): Promise<string> {
  allow(ctx.actor, 'contacts:write');
  const { id, at, address, subject } = await getFailedMail(ctx, { id: mailId });
  if ((await listPlaces(ctx.db.fresh, customerId)).length === 0)
    throw new AppError('not_found', 'There is no such customer.');
  const contact = await takeMailAsContact(ctx, {
    ...{
      id,
      at,
      address,
      subject,
      customerId,
      text: '',
      quoted: null,
      files: [],
      leftOut: [],
      answers: null,
    },
  });
  await endFailedMail(ctx, { id, contactId: contact.id });
  return contact.id;
}
