import { z } from 'zod';
import { insertInto } from '../../../db/query.ts';
import { referralMarks } from '../../../db/schema/index.ts';
import { type Statement, StoreUnavailable } from '../../../db/store.ts';
import { writeDecision } from '../../ground/decision/write-decision.ts';
import { addressGroup } from '../../ground/http/client-address.ts';
import { allow } from '../../ground/platform/allow.ts';
import type { Alongside } from '../../ground/platform/alongside.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { hashOf, signatureOf } from '../../ground/platform/ids.ts';
import { identifier } from '../../ground/platform/input.ts';
import { getBusiness } from '../../money/business/business.ts';
import { findCustomer } from '../../people/customers/find-customer.ts';
import type { MarkAnswer } from './answer.ts';
import { promiseOf } from './terms.ts';

const toldMarkKinds = ['payment', 'device', 'address'] as const;

/** `POST /customers/{id}/marks`: a card's fingerprint, a device's id, an address on one line; kept as a hash alone. */
export const addMarkInput = z.strictObject({ kind: z.enum(toldMarkKinds), mark: identifier(500) });

const upsertMark = insertInto(referralMarks, 'ON CONFLICT DO UPDATE SET at = max(at, excluded.at)');

type MarkKind = (typeof referralMarks.kind.enumValues)[number];

/**
 * Keeps something that two people should not have in common; see `reasons.ts`. It is looked at before a referral is paid.
 * @throws {AppError} `not_found`, `scope_missing`
 */
export async function addMark(
  ctx: Context,
  { customerId, kind, mark }: z.output<typeof addMarkInput> & { customerId: string },
  options: Alongside<MarkAnswer> = {},
): Promise<MarkAnswer> {
  allow(ctx.actor, 'customers:write');
  const [customer] = await findCustomer(ctx.db.fresh, { id: customerId });
  if (customer === undefined) throw new AppError('not_found', 'There is no such customer.');
  const answer: MarkAnswer = { customerId, kind };
  await writeDecision(ctx, {
    rows: [markStatement(ctx, { customerId, kind, mark })],
    audit: { kind: 'mark.added', subjectKind: 'customer', subjectId: customerId, detail: { kind } },
    beside: options.alongside?.(answer, 201) ?? [],
  });
  return answer;
}

/**
 * The statements that keep from which browser and network somebody signed in, hashed; for the batch of the sign-in. An
 * address that no stranger can have, such as a proxy's that is not trusted, tells nothing.
 */
export function signInMarks(
  ctx: Pick<Context, 'config' | 'now'>,
  seen: { customerId: string; browserHash: string; deviceHash?: string; clientAddress: string },
): Statement[] {
  const { customerId, browserHash, deviceHash = '' } = seen;
  const network = publicGroupOf(seen.clientAddress);
  return [
    ...[browserHash, deviceHash]
      .filter((hash) => hash !== '')
      .map((mark) => markStatement(ctx, { customerId, kind: 'device', mark })),
    ...(network === null ? [] : [markStatement(ctx, { customerId, kind: 'network', mark: network })]),
  ];
}

/**
 * Keeps {@link signInMarks} of somebody who has just signed in, where recommending is rewarded, and says whether it is;
 * nobody waits in vain for it.
 */
export async function keepSignInMarks(
  ctx: Context,
  seen: {
    customerId: string;
    browserToken: string | null;
    deviceToken?: string | null;
    clientAddress: string;
  },
): Promise<boolean> {
  const { customerId, browserToken, deviceToken = null, clientAddress } = seen;
  try {
    if (promiseOf(await getBusiness(ctx)) === null) return false;
    const browserHash = browserToken === null ? '' : hashOf(browserToken);
    const deviceHash = deviceToken === null ? '' : hashOf(deviceToken);
    const marks = signInMarks(ctx, { customerId, browserHash, deviceHash, clientAddress });
    if (marks.length > 0) await ctx.db.write(marks);
    return true;
  } catch (error) {
    if (!(error instanceof StoreUnavailable)) throw error;
    ctx.log.warn('The marks of a sign-in were not kept: {code}', { code: error.code });
    return false;
  }
}

function markStatement(
  { config, now }: Pick<Context, 'config' | 'now'>,
  { customerId, kind, mark }: { customerId: string; kind: MarkKind; mark: string },
): Statement {
  const text = kind === 'address' ? mark.toLowerCase().replace(/[\s,.]+/g, ' ') : mark;
  return upsertMark({
    customerId,
    kind,
    mark: signatureOf(config.secret, `mark:${kind}:${text}`),
    at: now(),
  });
}

const privateAddresses =
  /^(unknown|0\.|10\.|127\.|169\.254\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|::|f[cde])/;

function publicGroupOf(clientAddress: string): string | null {
  const group = addressGroup(clientAddress);
  return privateAddresses.test(group) ? null : group;
}
