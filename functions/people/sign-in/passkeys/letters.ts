import type { Mail } from '../../../ground/outbox/queue-mail.ts';
import type { KnownPerson } from '../known-person.ts';
import type { PasskeyReader } from './find-reader.ts';

/** The mail that tells somebody that a passkey of theirs was added or removed. */
export function toldTo(
  person: KnownPerson,
  { email, language }: PasskeyReader,
  { isAdded, ...params }: { isAdded: boolean; name: string; device: string; at: number },
): Mail {
  const to = person.kind === 'customer' ? { customerId: person.id } : { address: email, language };
  return {
    template: isAdded ? 'passkey_added' : 'passkey_removed',
    params: { ...params, isStaff: person.kind === 'staff' },
    ...to,
  };
}
