import type { Languages, Locale } from './languages.ts';

/** Who the business is to whoever reads its pages and mail. */
export interface Identity {
  name: string;
  /** One line under the name, by language; empty or left out for none. */
  tagline: Readonly<Partial<Record<Locale, string>>>;
  /** `#rrggbb`: legible tones of it are derived for light and dark. */
  accent: string;
  /**
   * The inside of a 32 × 32 SVG, drawn in `currentColor`; null for a monogram of the name. It is trusted: only a deployment
   * names it.
   */
  logo: string | null;
  /** The picture that is shown in place of `logo` and name, by the last part of its address; null where none was given. */
  logoFile: string | null;
  /** What pages and mail are written in; the first, its own, stands at `/`, the others under their code. */
  languages: Languages;
  /** Phone and address may be empty. */
  contact: { readonly email: string; readonly phone: string; readonly address: string };
  shopUrl: string;
}
