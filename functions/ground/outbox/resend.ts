import { Resend } from 'resend';
import { z } from 'zod';
import type { Config } from '../platform/config.ts';

/** A mail as it goes out; a retry has to send exactly the same. */
export interface Payload {
  from: string;
  /** Where answers go, unless to `from`. */
  replyTo?: string | undefined;
  to: string;
  subject: string;
  /** Left out where its reader wants words alone. */
  html?: string | undefined;
  text: string;
  /** What lets a mail program offer to unsubscribe (RFC 8058). */
  headers?: Record<string, string> | undefined;
  /** Names the row of the outbox to whoever the provider tells about the mail. */
  tags: { name: string; value: string }[];
}

/** `reason` is the provider's name of what went wrong, `message` its sentence, which may name an address. */
export type SendResult =
  /** `pause_s`: how long the provider asks to be left alone. */
  | { kind: 'sent'; providerId: string; pause_s: number }
  /** Not accepted now, or nobody knows: the same bytes under the same key may be sent again. */
  | { kind: 'later'; reason: string; message: string; pause_s: number }
  /** Will never be accepted. */
  | { kind: 'refused'; reason: string; message: string };

export type Send = (payload: Payload, idempotencyKey: string) => Promise<SendResult>;

const SEND_TIMEOUT_MS = 10_000;
const MESSAGE_MAX = 300;
/** Statuses that are about this mail and not about the moment or the account. */
const finalStatuses: readonly unknown[] = [400, 413, 422];

/**
 * Sending by Resend's API. Its SDK tells by `error`, and a `statusCode` of null means an unknown outcome; of an answer
 * that is none of its own it may make anything, also an exception.
 */
export function resendSender(
  mail: Extract<Config['mail'], { kind: 'resend' }>,
  timeout_ms = SEND_TIMEOUT_MS,
): Send {
  const resend = new Resend(mail.apiKey, { baseUrl: mail.baseUrl });
  return async (payload, idempotencyKey) => {
    const signal = AbortSignal.timeout(timeout_ms);
    try {
      return resultOf(await resend.emails.send(sendable(payload), { idempotencyKey, signal }));
    } catch (error) {
      return {
        kind: 'later',
        reason: error instanceof Error ? error.name : 'unknown',
        message: '',
        pause_s: 0,
      };
    }
  };
}

function resultOf({ data, error, headers }: Awaited<ReturnType<Resend['emails']['send']>>): SendResult {
  const pause_s = pauseOf(headers);
  if (error === null) {
    const taken = accepted.safeParse(data);
    if (!taken.success) return { kind: 'later', reason: 'garbled_answer', message: '', pause_s };
    return { kind: 'sent', providerId: taken.data.id, pause_s };
  }
  const reason = String(error.name ?? 'unknown');
  if (reason === 'invalid_idempotent_request')
    return { kind: 'sent', providerId: 'accepted-before', pause_s };
  const message = String(error.message ?? '').slice(0, MESSAGE_MAX);
  if (finalStatuses.includes(error.statusCode)) return { kind: 'refused', reason, message };
  return { kind: 'later', reason, message, pause_s };
}

const accepted = z.object({ id: z.string() });

function sendable({ headers, html, replyTo, ...payload }: Payload) {
  return {
    ...payload,
    ...(headers === undefined ? {} : { headers }),
    ...(html === undefined ? {} : { html }),
    ...(replyTo === undefined ? {} : { replyTo }),
  };
}

/** Its own word for "too many", or that the quota of this second is used up. */
function pauseOf(headers: Record<string, string> | null): number {
  const asked = secondsOf(headers?.['retry-after']);
  if (asked > 0) return asked;
  return headers?.['ratelimit-remaining'] === '0' ? secondsOf(headers['ratelimit-reset']) : 0;
}

function secondsOf(text: string | undefined): number {
  const seconds = Number(text ?? 0);
  return Number.isFinite(seconds) && seconds > 0 ? Math.ceil(seconds) : 0;
}
