import { and, eq, sql } from 'drizzle-orm';
import { insertInto, query } from '../../../db/query.ts';
import { idempotencyKeys } from '../../../db/schema/index.ts';
import { isConflictOn } from '../../../db/store.ts';
import { customerIdOf } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { hashOf } from '../../ground/platform/ids.ts';
import { choosePlace, listOwnPlaces } from '../../money/accounts/own-places.ts';
import { getBusiness } from '../../money/business/business.ts';
import { loadVoucher } from '../../money/redemptions/get-voucher.ts';
import { redeem } from '../../money/redemptions/redeem.ts';
import type { VoucherView } from './voucher-types.ts';
import { voucherView } from './voucher-view.ts';

/**
 * Turns credit of the signed-in customer into a voucher, once per `key`: the same form sent twice gives the same one.
 * @throws {AppError} `insufficient_balance`, `not_found`, `currency_not_set`, `idempotency_key_invalid`,
 * `idempotency_key_reused`
 */
export async function turnIntoVoucher(
  ctx: Context,
  asked: { accountId: string | null; amountMinor: bigint; key: string },
): Promise<VoucherView & { code: string }> {
  const customerId = customerIdOf(ctx);
  if (!/^[\x20-\x7e]{1,255}$/.test(asked.key))
    throw new AppError('idempotency_key_invalid', 'The form lacks its key; open it again.');
  const [business, places] = await Promise.all([getBusiness(ctx), listOwnPlaces(ctx)]);
  const { rootId } = await choosePlace(ctx, places, asked.accountId);
  if (business.currency === null)
    throw new AppError('currency_not_set', 'There is no programme whose rewards could be spent yet.');
  const input = {
    customerId,
    accountId: rootId,
    kind: 'voucher' as const,
    amount: asked.amountMinor,
    currency: business.currency,
    reference: null,
  };
  const request = {
    apiKeyId: `customer:${customerId}`,
    key: asked.key,
    requestHash: hashOf(`${rootId} ${asked.amountMinor}`),
  };
  const keep = (code: string) =>
    insertKept({ ...request, status: 201, body: JSON.stringify({ code }), createdAt: ctx.now() });
  try {
    const { voucher } = await redeem(ctx, input, {
      alongside: (answer) => [keep(answer.voucher?.code ?? '')],
    });
    return await viewOf(ctx, voucher?.code ?? '');
  } catch (error) {
    const isOfEarlier = isConflictOn(error, 'idempotency_keys');
    if (!isOfEarlier && !(error instanceof AppError)) throw error;
    const earlier = await findEarlier(ctx, request);
    if (earlier === null) throw error;
    return viewOf(ctx, earlier);
  }
}

const insertKept = insertInto(idempotencyKeys);

const findKept = query((db) =>
  db
    .select({
      hash: idempotencyKeys.requestHash,
      code: sql<string>`${idempotencyKeys.body} ->> 'code'`,
    })
    .from(idempotencyKeys)
    .where(
      and(
        eq(idempotencyKeys.apiKeyId, sql.placeholder('apiKeyId')),
        eq(idempotencyKeys.key, sql.placeholder('key')),
      ),
    ),
);

/** The code of the voucher that the same form made before; null when it made none. */
async function findEarlier(
  ctx: Context,
  { apiKeyId, key, requestHash }: { apiKeyId: string; key: string; requestHash: string },
): Promise<string | null> {
  const [kept] = await findKept(ctx.db.fresh, { apiKeyId, key });
  if (kept === undefined) return null;
  if (kept.hash !== requestHash)
    throw new AppError('idempotency_key_reused', 'This form was sent with another amount before.');
  return kept.code;
}

async function viewOf(ctx: Context, code: string): Promise<VoucherView & { code: string }> {
  return { ...voucherView(await loadVoucher(ctx, code), ctx.now(), true), code };
}
