import { randomBytes } from 'node:crypto';
import { Webhook } from 'standardwebhooks';

/** What a portal is opened with so that mail may come in. */
export const receivingSettings = {
  RESEND_WEBHOOK_SECRET: `whsec_${randomBytes(24).toString('base64')}`,
  MAIL_REPLY_TO: 'replies@in.x.example',
};

/** Tells a portal of a mail that came in, as Resend signs it; the status of its answer. */
export async function tellReceived(
  { origin, settings }: { origin: string; settings: Record<string, string> },
  data: Record<string, unknown>,
): Promise<number> {
  const [id, at] = [`d-${data.email_id}`, new Date()];
  const body = JSON.stringify({ type: 'email.received', created_at: at.toISOString(), data });
  const response = await fetch(`${origin}/webhooks/resend`, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      'svix-id': id,
      'svix-timestamp': String(Math.floor(at.getTime() / 1000)),
      'svix-signature': new Webhook(settings.RESEND_WEBHOOK_SECRET ?? '').sign(id, at, body),
    },
    body,
  });
  return response.status;
}
