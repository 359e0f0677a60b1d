import { isSameSecret, signatureOf } from '../../../ground/platform/ids.ts';

const SIGNATURE_LENGTH = 16;

/** Small letters and digits alone: what stands before the sign of an address may lose its capitals on the way. */
const signed = (secret: string, mailId: string) =>
  Buffer.from(signatureOf(secret, `reply to ${mailId}`), 'base64url')
    .toString('hex')
    .slice(0, SIGNATURE_LENGTH);

/** Where answers to one mail of ours go: the address that takes them, with the mail and its proof behind a plus. */
export function replyAddress(
  secret: string,
  { address, mailId }: { address: string; mailId: string },
): string {
  const [local = '', domain = ''] = address.split('@');
  return `${local}+${mailId}${signed(secret, mailId)}@${domain}`;
}

/** The mail of ours that one of some addresses answers; null where none proves that. */
export function answeredMailId(secret: string, addresses: readonly string[]): string | null {
  for (const address of addresses) {
    const [, mailId = '', proof = ''] = /\+([0-9a-f]{32})([0-9a-f]{16})@/.exec(address.toLowerCase()) ?? [];
    if (mailId !== '' && isSameSecret(proof, signed(secret, mailId))) return mailId;
  }
  return null;
}
