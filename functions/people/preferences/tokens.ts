import { type ChoosableTopic, mailTopics } from '../../ground/outbox/topics.ts';
import { isSameSecret, signatureOf } from '../../ground/platform/ids.ts';

/** Whose a link in a mail is, and of which address, without naming it; null in mails of earlier releases. */
export interface LinkClaim {
  customerId: string;
  mark: string | null;
}

/** To whom a mail goes. */
interface Addressee {
  customerId: string;
  email: string;
}

/** What the foot of a mail carries to end its topic: it says whose and which, and that we wrote it. Ending never ends. */
export function unsubscribeTokenOf(
  secret: string,
  { customerId, email, topic }: Addressee & { topic: ChoosableTopic },
): string {
  return signed(secret, 'unsubscribe', `${customerId}.${topic}.${markOf(secret, email)}`);
}

/** Whom a token is about; null when we did not make it. */
export function readUnsubscribeToken(
  secret: string,
  token: string,
): (LinkClaim & { topic: ChoosableTopic }) | null {
  const [customerId = '', name, mark = null] = readSigned(secret, 'unsubscribe', token);
  const topic = mailTopics.find((one) => one === name);
  return topic === undefined ? null : { customerId, topic, mark };
}

/** What every mail to a customer carries to all of their preferences; it opens nothing else, as long as the address is theirs. */
export function preferencesTokenOf(secret: string, { customerId, email }: Addressee): string {
  return signed(secret, 'preferences', `${customerId}.${markOf(secret, email)}`);
}

/** Whose preferences a token opens; null when we did not make it. */
export function readPreferencesToken(secret: string, token: string): LinkClaim | null {
  const [customerId = '', mark = null] = readSigned(secret, 'preferences', token);
  return customerId === '' ? null : { customerId, mark };
}

/** By what a link knows an address again. */
export function markOf(secret: string, email: string): string {
  return signatureOf(secret, `address:${email}`).slice(0, 16);
}

function signed(secret: string, kind: string, claim: string): string {
  return `${claim}.${signatureOf(secret, `${kind}:${claim}`)}`;
}

/** The parts of a claim; none when we did not sign it. */
function readSigned(secret: string, kind: string, token: string): string[] {
  const claim = token.split('.').slice(0, -1);
  return isSameSecret(token, signed(secret, kind, claim.join('.'))) ? claim : [];
}
