import { Resend } from 'resend';
import type { Config } from '../platform/config.ts';

/** A mail as it goes out; a retry has to send exactly the same. */
export interface Payload {
  from: string;
  to: string;
  subject: string;
  html: string;
  text: string;
}

export type SendResult =
  | { kind: 'sent'; providerId: string }
  /** Not accepted now, or nobody knows: the same bytes under the same key may be sent again. */
  | { kind: 'later'; reason: string; retry_after_s: number }
  /** Will never be accepted. */
  | { kind: 'refused'; reason: string };

export type Send = (payload: Payload, idempotencyKey: string) => Promise<SendResult>;

const SEND_TIMEOUT_MS = 10_000;
/** Statuses that are about this mail and not about the moment or the account. */
const finalStatuses: readonly unknown[] = [400, 413, 422];

/** Sending by Resend's API. Its SDK never throws: `error` tells, and a `statusCode` of null means an unknown outcome. */
export function resendSender(
  mail: Extract<Config['mail'], { kind: 'resend' }>,
  timeout_ms = SEND_TIMEOUT_MS,
): Send {
  const resend = new Resend(mail.apiKey, { baseUrl: mail.baseUrl });
  return async (payload, idempotencyKey) => {
    const signal = AbortSignal.timeout(timeout_ms);
    const { data, error, headers } = await resend.emails.send(payload, { idempotencyKey, signal });
    if (error === null) return { kind: 'sent', providerId: data.id };
    if (error.name === 'invalid_idempotent_request') return { kind: 'sent', providerId: 'accepted-before' };
    if (finalStatuses.includes(error.statusCode)) return { kind: 'refused', reason: error.name };
    return { kind: 'later', reason: error.name, retry_after_s: waitOf(headers) };
  };
}

function waitOf(headers: Record<string, string> | null): number {
  const seconds = Number(headers?.['retry-after'] ?? 0);
  return Number.isFinite(seconds) && seconds > 0 ? Math.ceil(seconds) : 0;
}
