import { Hono } from 'hono';
import { Webhook, WebhookVerificationError } from 'standardwebhooks';
import { type ApiEnv, contextFor } from '../../ground/http/api.ts';
import { readBytes } from '../../ground/http/request-body.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { receiveEvent } from './receive-event.ts';

const BODY_BYTES_MAX = 256 * 1024;
const DELIVERY_LENGTH_MAX = 200;

/**
 * What Resend calls about mail it has taken. The signature is checked over the bytes as they came, before anything is
 * parsed; a delivery that comes twice is answered like the first.
 */
export const webhookRoutes = new Hono<ApiEnv>().post('/webhooks/resend', async (c) => {
  const ctx = contextFor(c, { kind: 'system', name: 'webhook' });
  const { mail } = ctx.config;
  if (mail.kind !== 'resend' || mail.webhookSecret === undefined)
    throw new AppError('not_found', 'There is nothing at this address.');
  const bytes = await readBytes(c.req.raw, BODY_BYTES_MAX);
  const deliveryId = c.req.header('svix-id') ?? '';
  const body = verified(mail.webhookSecret, Buffer.from(bytes), {
    'webhook-id': deliveryId,
    'webhook-timestamp': c.req.header('svix-timestamp') ?? '',
    'webhook-signature': c.req.header('svix-signature') ?? '',
  });
  if (deliveryId.length > DELIVERY_LENGTH_MAX) throw refused();
  await receiveEvent(ctx, { deliveryId, body });
  return c.body(null, 204);
});

function verified(secret: string, bytes: Buffer, headers: Record<string, string>): unknown {
  try {
    return new Webhook(secret).verify(bytes, headers);
  } catch (error) {
    if (error instanceof WebhookVerificationError || error instanceof SyntaxError) throw refused();
    throw error;
  }
}

function refused(): AppError {
  return new AppError('unauthenticated', 'This was not signed by the provider of our mail.');
}
