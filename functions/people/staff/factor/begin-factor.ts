import type { Context } from '../../../ground/platform/context.ts';
import { qrSquares } from '../../../ground/platform/qr-squares.ts';
import { seal } from '../../../ground/platform/seal.ts';
import { getBusiness } from '../../../money/business/business.ts';
import { factorAddress, newFactorSecret } from './totp.ts';

/** A second factor about to be set up: nothing is kept before its first code was typed. */
export interface FactorOffer {
  /** The secret for this member alone; the form brings it back. */
  sealed: string;
  /** For who types it instead of scanning, in groups of four. */
  manualKey: string;
  /** The dark squares of the QR code, row by row. */
  squares: boolean[][];
}

/** What somebody who signs in needs to set up an authenticator; a new secret at each call. */
export async function beginFactor(
  ctx: Context,
  { id, email }: { id: string; email: string },
): Promise<FactorOffer> {
  const { identity } = await getBusiness(ctx);
  const secret = newFactorSecret();
  const address = factorAddress(secret, { issuer: identity.name, email });
  const offer = JSON.stringify({ secret, at: ctx.now() });
  return {
    sealed: seal(offer, { secret: ctx.config.secret, purpose: 'factor-offer', owner: id }),
    manualKey: secret.match(/.{1,4}/g)?.join(' ') ?? secret,
    squares: qrSquares(address),
  };
}
