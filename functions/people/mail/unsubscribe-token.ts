import { type ChoosableTopic, choosableTopics } from '../../ground/outbox/letter-kind.ts';
import { isSameSecret, signatureOf } from '../../ground/platform/ids.ts';

export interface Unsubscribing {
  customerId: string;
  topic: ChoosableTopic;
}

/** What the foot of a mail carries: it says whose and which topic, and that we wrote it. It never ends. */
export function unsubscribeTokenOf(secret: string, { customerId, topic }: Unsubscribing): string {
  const claim = `${customerId}.${topic}`;
  return `${claim}.${signatureOf(secret, `unsubscribe:${claim}`)}`;
}

/** Whom a token is about; null when we did not make it. */
export function readUnsubscribeToken(secret: string, token: string): Unsubscribing | null {
  const [customerId = '', name = ''] = token.split('.');
  const topic = choosableTopics.find((one) => one === name);
  if (topic === undefined) return null;
  const given = { customerId, topic };
  return isSameSecret(token, unsubscribeTokenOf(secret, given)) ? given : null;
}
