import { z } from 'zod';
import { roughAddress } from '../../ground/http/client-address.ts';
import type { Mail } from '../../ground/outbox/queue-mail.ts';
import type { Context } from '../../ground/platform/context.ts';
import { deviceName } from './device-name.ts';
import { isKnownBrowser } from './known-browser.ts';
import type { KnownPerson } from './known-person.ts';

/** From where somebody signs in, as the input of an operation. */
export const whence = {
  /** As `clientAddress` tells it. */
  clientAddress: z.string().max(100).default('unknown'),
  /** Two letters, where the platform tells it. */
  country: z.string().max(2).nullable().default(null),
  /** What the browser keeps of earlier sign-ins. */
  knownToken: z.string().max(200).nullable().default(null),
  userAgent: z.string().default(''),
};

export interface Whence {
  clientAddress: string;
  country: string | null;
  knownToken: string | null;
  userAgent: string;
}

/** Whether somebody who signs in with an address has never done so in this browser, as far as it remembers. */
export function isNewDevice(
  { config }: Pick<Context, 'config'>,
  email: string,
  { knownToken }: Whence,
): boolean {
  return !isKnownBrowser(config.secret, email, knownToken);
}

/** The mail that tells somebody when, in what and roughly from where it was. */
export function newDeviceLetter(
  { now }: Pick<Context, 'now'>,
  { kind, id, email, language = null }: KnownPerson & { email: string; language?: string | null },
  { userAgent, clientAddress, country }: Whence,
): Mail {
  const to = kind === 'customer' ? { customerId: id } : { address: email, language };
  return {
    template: 'new_device',
    params: {
      ...{ device: deviceName(userAgent), network: roughAddress(clientAddress), country },
      ...{ at: now(), isStaff: kind === 'staff' },
    },
    ...to,
  };
}
