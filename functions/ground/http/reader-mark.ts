import type { Config } from '../platform/config.ts';
import { signatureOf } from '../platform/ids.ts';
import { NOBODY } from './reader-header.ts';

/**
 * By what a browser tells one customer from another without knowing who they are: 22 characters, the same for as long as SECRET is.
 * It opens nothing.
 */
export function readerMark({ secret }: Pick<Config, 'secret'>, customerId: string | null): string {
  return customerId === null ? NOBODY : signatureOf(secret, `reader\n${customerId}`).slice(0, 22);
}
