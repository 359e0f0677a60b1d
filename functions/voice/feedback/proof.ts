import type { Context } from '../../ground/platform/context.ts';
import { isSameSecret, signatureOf } from '../../ground/platform/ids.ts';
import type { FeedbackRow } from './queries.ts';

const PROOF_LENGTH = 27;

/**
 * What only who wrote unnamed feedback knows: 160 bits that follow from its id and SECRET, part of the address of its
 * page. Nothing of it is stored.
 */
export function proofOf({ config }: Pick<Context, 'config'>, feedbackId: string): string {
  return signatureOf(config.secret, `feedback:${feedbackId}`).slice(0, PROOF_LENGTH);
}

/** Whether a proof opens this feedback: unnamed, and its own. */
export function isProven(ctx: Pick<Context, 'config'>, row: FeedbackRow, proof: string | null): boolean {
  return row.customerId === null && proof !== null && isSameSecret(proof, proofOf(ctx, row.id));
}
