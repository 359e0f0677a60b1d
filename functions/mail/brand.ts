import { portal } from '../../src/portal.config.ts';

/** How the business looks, as far as mail shows it. */
export interface Brand {
  name: string;
  /** `#rrggbb`. */
  accent: string;
  contact: { email: string; phone: string; address: string };
}

/** The business of this build. */
export const portalBrand: Brand = portal;
