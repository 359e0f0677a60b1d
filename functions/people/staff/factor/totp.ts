import { randomBytes } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';

const PERIOD_S = 30;
const SECRET_BYTES = 20;
/** A clock half a minute off, in either direction, still gets in (RFC 6238, 5.2). */
const WINDOW = 1;

/** A new secret for an authenticator, in base32 as people type it. */
export function newFactorSecret(): string {
  const { buffer, byteOffset, byteLength } = new Uint8Array(randomBytes(SECRET_BYTES));
  return new Secret({ buffer: buffer.slice(byteOffset, byteOffset + byteLength) }).base32;
}

/** The address behind the QR code: whose account it is, and at which business. What it leaves out is everybody's standard. */
export function factorAddress(secret: string, { issuer, email }: { issuer: string; email: string }): string {
  const name = encodeURIComponent(issuer);
  return `otpauth://totp/${name}:${encodeURIComponent(email)}?secret=${secret}&issuer=${name}`;
}

/** The time step whose code was typed (RFC 6238), or null. It counts once: whoever accepts it has to write it down. */
export function stepOf(secret: string, code: string, now: number): number | null {
  const delta = TOTP.validate({
    token: code,
    secret: Secret.fromBase32(secret),
    period: PERIOD_S,
    window: WINDOW,
    timestamp: now,
  });
  return delta === null ? null : Math.floor(now / 1000 / PERIOD_S) + delta;
}
