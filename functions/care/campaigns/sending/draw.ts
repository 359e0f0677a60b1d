import { signatureOf } from '../../../ground/platform/ids.ts';

/** How finely shares are told apart. */
const PARTS = 10_000;

/**
 * Whether an account is held back: drawn by a keyed hash of campaign and account, so that whoever draws again draws the same.
 */
export function isHeldBack(
  secret: string,
  { campaignId, rootId, percent }: { campaignId: string; rootId: string; percent: number },
): boolean {
  const signature = signatureOf(secret, `campaign control ${campaignId} ${rootId}`);
  return (Buffer.from(signature, 'base64url').readUInt32BE(0) / 2 ** 32) * PARTS < percent * (PARTS / 100);
}
