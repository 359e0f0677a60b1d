import type { Identity } from '../functions/ground/identity/identity.ts';
import type { Caches } from '../functions/ground/platform/caches.ts';
import { sheetOf } from './styles/sheet.ts';

/** Who the business is to the reader of a page, and how that page looks. */
export interface Face {
  identity: Identity;
  /** The whole style sheet, in the colours of the business. */
  sheet: string;
  /** What pages of the console have beside it. */
  deskSheet: string;
  /** The Content-Security-Policy of a page with these sheets. */
  policy: string;
}

export function faceOf(cache: Caches, identity: Identity): Face {
  const { text, desk, policy } = sheetOf(cache, identity.accent);
  return { identity, sheet: text, deskSheet: desk, policy };
}
