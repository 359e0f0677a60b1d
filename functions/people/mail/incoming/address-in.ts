import { knownEmail } from '../../../ground/platform/email.ts';

/** Of `Ann <ann@example.com>` the address. */
export function addressIn(written: string): string | null {
  const trimmed = written.trim();
  return knownEmail(trimmed.endsWith('>') ? trimmed.slice(trimmed.lastIndexOf('<') + 1, -1) : trimmed);
}
