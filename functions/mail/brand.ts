import type { Locale } from '../../src/locale.ts';
import { portal } from '../../src/portal.config.ts';

/** How the business looks and what it speaks, as far as mail shows it. */
export interface Brand {
  name: string;
  /** `#rrggbb`. */
  accent: string;
  /** The first is the business's own. */
  languages: readonly [Locale, ...Locale[]];
  contact: { email: string; phone: string; address: string };
}

/** The business of this build. */
export const portalBrand: Brand = portal;

/** The offered language nearest to what was asked for. */
export function languageOf(brand: Brand, asked: string | null): Locale {
  return brand.languages.find((language) => language === asked) ?? brand.languages[0];
}
