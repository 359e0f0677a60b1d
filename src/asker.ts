import type { Role } from '../functions/ground/platform/context.ts';

/** The browser that asks, as its request tells. */
export interface Asker {
  clientAddress: string;
  /** Two letters, where the platform tells it. */
  country: string | null;
  userAgent: string;
  browserToken: string | null;
  sessionToken: string | null;
  /** What the browser kept from an earlier sign-in; see `known-browser.ts`. */
  knownToken: string | null;
  /** What the browser of somebody who writes unnamed is known by. */
  writerToken: string | null;
  /** What a browser is known by for longer than one sign-in, where recommending is rewarded. */
  deviceToken: string | null;
  /** Of a link that was opened. */
  linkToken: string | null;
  /** The page that signing in leads on to, as the browser kept it; anybody may have written it. */
  nextPath: string | null;
  /** Whether what was typed into a form of the console may wait for whoever signs in. */
  mayHaveDraft: boolean;
  /** Empty while nobody is signed in. */
  customerId: string;
  /** Who of the business is signed in, with or without a second factor. */
  member: { id: string; email: string; role: Role } | null;
}
