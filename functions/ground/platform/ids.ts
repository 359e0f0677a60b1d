import { createHash, createHmac, hash, randomBytes, timingSafeEqual } from 'node:crypto';
import { uuidv7obj } from 'uuidv7';

/** A new internal id: UUIDv7 as 32 hexadecimal digits, growing with time, not guessable. */
export function newId(): string {
  return uuidv7obj().toHex();
}

/** The smallest id that can be made at a time in epoch milliseconds: what bounds a walk by ids. */
export function firstIdAt(at: number): string {
  return `${Math.max(0, at).toString(16).padStart(12, '0')}${'0'.repeat(20)}`;
}

const alphabet = '23456789ABCDEFGHJKMNPQRSTVWXYZ';

/** A random code that people type: no look-alikes, in groups of four, such as `K7QX-M2PD`. */
export function newCode(groups: number): string {
  return Array.from({ length: groups }, () => randomGroup()).join('-');
}

/** What a typed code means: upper case, look-alikes mended, groups of four. */
export function normalCode(typed: string): string {
  const letters = typed.toUpperCase().replace(/[^0-9A-Z]/g, '');
  return (letters.match(/.{1,4}/g) ?? []).join('-');
}

/** A new secret of 256 random bits, base64url. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** SHA-256, base64url: how tokens and keys are kept. */
export function hashOf(text: string): string {
  return hash('sha256', text, 'base64url');
}

/** HMAC-SHA-256 under the deployment's secret, base64url. */
export function signatureOf(secret: string, text: string): string {
  return createHmac('sha256', secret).update(text).digest('base64url');
}

/** Compares two secrets in a time that tells nothing about where they differ. */
export function isSameSecret(left: string, right: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(left), digest(right));
}

function randomGroup(): string {
  const letters: string[] = [];
  while (letters.length < 4) {
    for (const byte of randomBytes(8)) {
      const letter = alphabet[byte & 31];
      if (letter !== undefined && letters.length < 4) letters.push(letter);
    }
  }
  return letters.join('');
}
